package dev.ordo.models.ssm;

import dev.ordo.models.kernel.Fft;
import dev.ordo.models.kernel.Resolvent;
import dev.ordo.models.kernel.Workers;
import java.util.Arrays;

/**
 * The convolution kernel of {@link DplrSpace} from its generating function at the n-th roots of
 * unity, by Cauchy products, the Woodbury identity and an inverse Fourier transform.
 *
 * <p>Source: Gu, Goel and Ré (2022), appendix C.3, and {@code SSMKernelDPLR.forward} of the
 * repository state-spaces/s4. With the sums T of {@link Resolvent}, C̃ = C·(1 − Āⁿ) and c = cos ½θ
 * at the frequency θ = 2πj/n:
 *
 * <pre>
 * k̂[j] = e^{iθ/2} (T(BC̃Δ) − c·T(Bp̄Δ)·T(pC̃Δ) / (1 + c·T(pp̄Δ)))
 * k[t] = 1/n Σⱼ k̂[j]·e^{iθt}
 * </pre>
 *
 * <p>which is the reference's formula without the poles that its factors have at θ = π. Where n is
 * no power of two the transform is a plain sum of n² terms; only blocks that a reference attuned to
 * such a length ask for that.
 *
 * <p>Holds scratch memory for each of the {@link Workers}: used by one caller at a time.
 */
final class DplrKernel {

  /** The order of the four weights. */
  private static final int BC = 0;

  private static final int BP = 1;
  private static final int PC = 2;
  private static final int PP = 3;

  /** About how many operations a state takes at a frequency, and its gradient. */
  private static final double OPERATIONS = 41;

  private static final double GRADIENT_OPERATIONS = 142;

  private final int points;
  private final int half;
  private final int count;
  private final double[] sin;
  private final double[] cos;

  /** Null where the number of points is no power of two. */
  private final Fft fft;

  /** cos 2πj/n and sin 2πj/n, where there is no fast transform. */
  private final double[] rootRe;

  private final double[] rootIm;

  private final Part[] parts = new Part[Workers.threads()];

  /**
   * Makes a kernel maker.
   *
   * @param points n
   * @param half the number of complex states of a channel
   */
  DplrKernel(int points, int half) {
    this.points = points;
    this.half = half;
    count = points / 2 + 1;
    sin = new double[count];
    cos = new double[count];
    for (int j = 0; j < count; j++) {
      sin[j] = Math.sin(Math.PI * j / points);
      cos[j] = 2 * j == points ? 0 : Math.cos(Math.PI * j / points);
    }
    boolean power = Integer.bitCount(points) == 1;
    fft = power ? new Fft(points) : null;
    rootRe = new double[power ? 0 : points];
    rootIm = new double[rootRe.length];
    for (int j = 0; j < rootRe.length; j++) {
      rootRe[j] = Math.cos(2 * Math.PI * j / points);
      rootIm[j] = Math.sin(2 * Math.PI * j / points);
    }
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part();
    }
  }

  /**
   * Computes the kernel. Allocates nothing.
   *
   * @param values the parameters, but for C
   * @param cRe Re C̃, shape (d, N/2), not modified
   * @param cIm Im C̃
   * @param steps the number of steps that are wanted, at most n
   * @param kernel shape (steps, d), row-major, overwritten
   */
  void make(SpaceValues values, double[] cRe, double[] cIm, int steps, float[] kernel) {
    int width = values.options().width();
    int cut = cut(OPERATIONS, width);
    if (cut == 1) {
      parts[0].make(0, width, values, cRe, cIm, steps, kernel);
      return;
    }
    Workers.each(
        cut,
        part ->
            parts[part].make(
                Workers.start(part, cut, width, Fft.COLUMNS),
                Workers.start(part + 1, cut, width, Fft.COLUMNS),
                values,
                cRe,
                cIm,
                steps,
                kernel));
  }

  /** Returns into how many parts channels are cut; vectors of them stay together. */
  private int cut(double operations, int width) {
    return Workers.parts(
        operations * count * half * width, (width + Fft.COLUMNS - 1) / Fft.COLUMNS);
  }

  /**
   * Returns the gradient of a loss with respect to the parameters, C̃ being one of them, given that
   * with respect to the kernel.
   *
   * @param values the parameters, with C̃ in place of C
   * @param gradient shape (steps, d), row-major, not modified
   * @param steps the number of steps of the kernel, at most n
   */
  SpaceValues gradient(SpaceValues values, float[] gradient, int steps) {
    int width = values.options().width();
    SpaceValues to = new SpaceValues(values.options());
    int cut = cut(GRADIENT_OPERATIONS, width);
    Workers.each(
        cut,
        part ->
            parts[part].gradient(
                Workers.start(part, cut, width, Fft.COLUMNS),
                Workers.start(part + 1, cut, width, Fft.COLUMNS),
                values,
                gradient,
                steps,
                to));
    return to;
  }

  /** What works on some of the channels, and its memory. */
  private final class Part {

    private final double[] constants = new double[10 * half];
    private final double[] sums = new double[2 * Resolvent.SUMS * count];
    private final double[] spectrumRe = new double[count];
    private final double[] spectrumIm = new double[count];
    private final float[] re = new float[fft == null ? 0 : Math.multiplyExact(points, Fft.COLUMNS)];
    private final float[] im = new float[re.length];

    /** Computes the kernels of the channels begin … end − 1. */
    void make(
        int begin,
        int end,
        SpaceValues values,
        double[] cRe,
        double[] cIm,
        int steps,
        float[] kernel) {
      int width = values.options().width();
      for (int first = begin; first < end; first += Fft.COLUMNS) {
        int columns = Math.min(Fft.COLUMNS, end - first);
        for (int column = 0; column < columns; column++) {
          spectrum(values, cRe, cIm, first + column);
          if (fft == null) {
            transform(first + column, width, steps, kernel);
          } else {
            place(column);
          }
        }
        if (fft != null) {
          fft.inverse(re, im, points);
          for (int t = 0; t < steps; t++) {
            System.arraycopy(re, t * Fft.COLUMNS, kernel, t * width + first, columns);
          }
        }
      }
    }

    /** Computes k̂/n of one channel for the frequencies from 0 to π. */
    private void spectrum(SpaceValues values, double[] cRe, double[] cIm, int channel) {
      pack(values, cRe, cIm, channel);
      Resolvent.sums(constants, 0, half, sin, cos, count, sums);
      double scale = 1.0 / points;
      for (int j = 0; j < count; j++) {
        double c = cos[j];
        double ar = sums[(2 * BP) * count + j];
        double ai = sums[(2 * BP + 1) * count + j];
        double br = sums[(2 * PC) * count + j] * c;
        double bi = sums[(2 * PC + 1) * count + j] * c;
        double dr = 1 + c * sums[(2 * PP) * count + j];
        double di = c * sums[(2 * PP + 1) * count + j];
        double norm = 1 / (dr * dr + di * di);
        double xr = ar * br - ai * bi;
        double xi = ar * bi + ai * br;
        double kr = sums[(2 * BC) * count + j] - (xr * dr + xi * di) * norm;
        double ki = sums[(2 * BC + 1) * count + j] - (xi * dr - xr * di) * norm;
        kr *= scale;
        ki *= scale;
        spectrumRe[j] = kr * c - ki * sin[j];
        spectrumIm[j] = kr * sin[j] + ki * c;
      }
    }

    /** Writes what {@link Resolvent#sums} needs of one channel. */
    private void pack(SpaceValues values, double[] cRe, double[] cIm, int channel) {
      for (int n = 0, i = channel * half; n < half; n++, i++) {
        double step = values.step[i];
        double aRe = values.aRe[i] * step;
        double aIm = values.aIm[i] * step;
        int at = 10 * n;
        constants[at] = 2 * aRe;
        constants[at + 1] = aRe * aRe + aIm * aIm;
        double bRe = 2 * values.bRe[i] * step;
        double bIm = 2 * values.bIm[i] * step;
        double pRe = values.pRe[i];
        double pIm = values.pIm[i];
        weigh(at + 2 + 2 * BC, bRe * cRe[i] - bIm * cIm[i], bRe * cIm[i] + bIm * cRe[i], aRe, aIm);
        weigh(at + 2 + 2 * BP, bRe * pRe + bIm * pIm, bIm * pRe - bRe * pIm, aRe, aIm);
        pRe *= 2 * step;
        pIm *= 2 * step;
        weigh(at + 2 + 2 * PC, pRe * cRe[i] - pIm * cIm[i], pRe * cIm[i] + pIm * cRe[i], aRe, aIm);
        weigh(at + 2 + 2 * PP, pRe * values.pRe[i] + pIm * values.pIm[i], 0, aRe, aIm);
      }
    }

    /** Writes 2 Re v and −2 Re(v·ᾱ), given 2v. */
    private void weigh(int at, double vRe, double vIm, double aRe, double aIm) {
      constants[at] = vRe;
      constants[at + 1] = -(vRe * aRe + vIm * aIm);
    }

    /** Spreads a spectrum over all frequencies, in the order that the transform starts from. */
    private void place(int column) {
      int bits = Integer.numberOfTrailingZeros(points);
      for (int j = 0; j < count; j++) {
        int row = bits == 0 ? 0 : Integer.reverse(j) >>> (Integer.SIZE - bits);
        // Of the frequencies 0 and π only the real part counts, as for a real sequence.
        boolean real = j == 0 || 2 * j == points;
        re[row * Fft.COLUMNS + column] = (float) spectrumRe[j];
        im[row * Fft.COLUMNS + column] = real ? 0 : (float) spectrumIm[j];
        if (!real) {
          int mirror = Integer.reverse(points - j) >>> (Integer.SIZE - bits);
          re[mirror * Fft.COLUMNS + column] = (float) spectrumRe[j];
          im[mirror * Fft.COLUMNS + column] = (float) -spectrumIm[j];
        }
      }
    }

    /** Transforms by the definition. */
    private void transform(int channel, int width, int steps, float[] kernel) {
      for (int t = 0; t < steps; t++) {
        double sum = 0;
        for (int j = 0; j < count; j++) {
          int root = (int) ((long) j * t % points);
          double term = spectrumRe[j] * rootRe[root] - spectrumIm[j] * rootIm[root];
          sum += j == 0 || 2 * j == points ? term : 2 * term;
        }
        kernel[t * width + channel] = (float) sum;
      }
    }

    /** Computes the gradients of the channels begin … end − 1. */
    void gradient(
        int begin, int end, SpaceValues values, float[] gradient, int steps, SpaceValues to) {
      int width = values.options().width();
      DplrGradient each = new DplrGradient(half, sin, cos, sums);
      for (int first = begin; first < end; first += Fft.COLUMNS) {
        int columns = Math.min(Fft.COLUMNS, end - first);
        if (fft != null) {
          Arrays.fill(im, 0);
          Arrays.fill(re, 0);
          for (int t = 0; t < steps; t++) {
            System.arraycopy(gradient, t * width + first, re, t * Fft.COLUMNS, columns);
          }
          fft.forward(re, im, points);
        }
        for (int column = 0; column < columns; column++) {
          if (fft == null) {
            analyse(gradient, steps, width, first + column);
          } else {
            gather(column);
          }
          pack(values, values.cRe, values.cIm, first + column);
          Resolvent.sums(constants, 0, half, sin, cos, count, sums);
          each.add(values, first + column, spectrumRe, spectrumIm, to);
        }
      }
    }

    /** Reads dk̂, of which the frequencies between 0 and π count twice: (1/n) Σₜ g[t]·e^{iθt}. */
    private void gather(int column) {
      int bits = Integer.numberOfTrailingZeros(points);
      for (int j = 0; j < count; j++) {
        int row = bits == 0 ? 0 : Integer.reverse(j) >>> (Integer.SIZE - bits);
        double scale = (j == 0 || 2 * j == points ? 1.0 : 2.0) / points;
        spectrumRe[j] = re[row * Fft.COLUMNS + column] * scale;
        spectrumIm[j] = -im[row * Fft.COLUMNS + column] * scale;
      }
    }

    private void analyse(float[] gradient, int steps, int width, int channel) {
      for (int j = 0; j < count; j++) {
        double sumRe = 0;
        double sumIm = 0;
        for (int t = 0; t < steps; t++) {
          int root = (int) ((long) j * t % points);
          sumRe += gradient[t * width + channel] * rootRe[root];
          sumIm += gradient[t * width + channel] * rootIm[root];
        }
        double scale = (j == 0 || 2 * j == points ? 1.0 : 2.0) / points;
        spectrumRe[j] = sumRe * scale;
        spectrumIm[j] = sumIm * scale;
      }
    }
  }
}
