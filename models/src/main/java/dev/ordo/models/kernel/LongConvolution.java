package dev.ordo.models.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A causal convolution of each channel with a kernel as long as the sequence, by fast Fourier
 * transform: y[t] = Σₛ k[s]·u[t−s] for s = 0 … t.
 *
 * <p>A cyclic convolution of length n wraps the second half of the result onto the first. Scaling
 * element j of both inputs by ωʲ, ω = exp(πi/2n), and the result by ω⁻ʲ turns the wrapped half by
 * ωⁿ = i: for real inputs it lands in the imaginary part, and the real part is the result wanted.
 * So three complex transforms of n ≥ L points do the work, with no padding to 2L (the right-angle
 * convolution: Nussbaumer, Fast Fourier Transform and Convolution Algorithms, 1982).
 *
 * <p>Holds scratch memory for its longest convolution, 16 · n · lanes bytes for each of the {@link
 * Workers}: used by one caller at a time.
 */
public final class LongConvolution {

  private static final int LANES = Lanes.COUNT;

  private final int longest;
  private final Fft fft;
  private final float[] turnRe;
  private final float[] turnIm;
  private final Scratch[] scratch = new Scratch[Workers.threads()];

  /**
   * Makes convolutions of any length up to a capacity.
   *
   * @param capacity the largest number of steps
   * @throws IllegalArgumentException if {@code capacity} is not in 1 … 2²⁴
   */
  public LongConvolution(int capacity) {
    if (capacity < 1 || capacity > 1 << 24) {
      throw new IllegalArgumentException("capacity (" + capacity + ") must be in 1..16777216");
    }
    longest = points(capacity);
    fft = new Fft(longest);
    turnRe = new float[longest];
    turnIm = new float[longest];
    for (int j = 0; j < longest; j++) {
      turnRe[j] = (float) Math.cos(Math.PI * j / (2.0 * longest));
      turnIm[j] = (float) Math.sin(Math.PI * j / (2.0 * longest));
    }
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(longest * LANES);
    }
  }

  /**
   * Convolves all channels. Allocates nothing.
   *
   * @param u shape (steps, channels), row-major, not modified
   * @param kernel k, shape (steps, channels), row-major, not modified
   * @param steps the number of steps, L
   * @param channels the number of channels
   * @param y shape (steps, channels), row-major, overwritten; may be u or kernel
   * @throws IllegalArgumentException if there are more steps than the capacity
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void apply(float[] u, float[] kernel, int steps, int channels, float[] y) {
    if (steps < 1) {
      return;
    }
    int n = points(steps);
    if (n > longest) {
      throw new IllegalArgumentException("steps (" + steps + ") must be at most " + longest);
    }
    double operations = Operations.longConvolution(steps) * channels;
    int parts = Workers.parts(operations, (channels + LANES - 1) / LANES);
    if (parts == 1) {
      channels(0, channels, scratch[0], u, kernel, steps, channels, y, n);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int first = Workers.start(part, parts, channels, LANES);
          int end = Workers.start(part + 1, parts, channels, LANES);
          channels(first, end, scratch[part], u, kernel, steps, channels, y, n);
        });
  }

  private void channels(
      int first,
      int end,
      Scratch with,
      float[] u,
      float[] kernel,
      int steps,
      int channels,
      float[] y,
      int n) {
    for (int c = first; c < end; c += LANES) {
      int lanes = Math.min(LANES, end - c);
      turn(u, steps, channels, c, lanes, with.uRe, with.uIm, n);
      turn(kernel, steps, channels, c, lanes, with.kRe, with.kIm, n);
      fft.forward(with.uRe, with.uIm, n);
      fft.forward(with.kRe, with.kIm, n);
      multiply(with, n);
      fft.inverse(with.uRe, with.uIm, n);
      turnBack(with, y, steps, channels, c, lanes, n);
    }
  }

  private void turn(
      float[] x, int steps, int channels, int c, int lanes, float[] re, float[] im, int n) {
    int stride = longest / n;
    for (int t = 0; t < steps; t++) {
      int from = t * channels + c;
      int to = t * LANES;
      float wr = turnRe[t * stride];
      float wi = turnIm[t * stride];
      if (Lanes.VECTORS && lanes == LANES) {
        Vectors.turn(x, from, wr, wi, re, im, to);
        continue;
      }
      for (int i = 0; i < LANES; i++) {
        float v = i < lanes ? x[from + i] : 0;
        re[to + i] = v * wr;
        im[to + i] = v * wi;
      }
    }
    Arrays.fill(re, steps * LANES, n * LANES, 0);
    Arrays.fill(im, steps * LANES, n * LANES, 0);
  }

  private static void multiply(Scratch with, int n) {
    if (Lanes.VECTORS) {
      Vectors.multiply(with, n);
      return;
    }
    for (int i = 0; i < n * LANES; i++) {
      float ar = with.uRe[i];
      float ai = with.uIm[i];
      with.uRe[i] = ar * with.kRe[i] - ai * with.kIm[i];
      with.uIm[i] = ar * with.kIm[i] + ai * with.kRe[i];
    }
  }

  private void turnBack(Scratch with, float[] y, int steps, int channels, int c, int lanes, int n) {
    int stride = longest / n;
    float scale = 1f / n;
    for (int t = 0; t < steps; t++) {
      int from = t * LANES;
      int to = t * channels + c;
      float wr = turnRe[t * stride] * scale;
      float wi = turnIm[t * stride] * scale;
      if (Lanes.VECTORS && lanes == LANES) {
        Vectors.turnBack(with, from, wr, wi, y, to);
        continue;
      }
      for (int i = 0; i < lanes; i++) {
        y[to + i] = with.uRe[from + i] * wr + with.uIm[from + i] * wi;
      }
    }
  }

  /** Returns the smallest power of two that is at least {@code steps}. */
  private static int points(int steps) {
    return Integer.highestOneBit(2 * steps - 1);
  }

  /** The spectra of one vector of channels and of their kernels, shape (n, lanes) each. */
  private static final class Scratch {
    final float[] uRe;
    final float[] uIm;
    final float[] kRe;
    final float[] kIm;

    Scratch(int size) {
      uRe = new float[size];
      uIm = new float[size];
      kRe = new float[size];
      kIm = new float[size];
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static void turn(float[] x, int from, float wr, float wi, float[] re, float[] im, int to) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, from);
      v.mul(wr).intoArray(re, to);
      v.mul(wi).intoArray(im, to);
    }

    static void multiply(Scratch with, int n) {
      float[] uRe = with.uRe;
      float[] uIm = with.uIm;
      float[] kRe = with.kRe;
      float[] kIm = with.kIm;
      for (int i = 0; i < n * LANES; i += LANES) {
        FloatVector ar = FloatVector.fromArray(SPECIES, uRe, i);
        FloatVector ai = FloatVector.fromArray(SPECIES, uIm, i);
        FloatVector br = FloatVector.fromArray(SPECIES, kRe, i);
        FloatVector bi = FloatVector.fromArray(SPECIES, kIm, i);
        ar.mul(br).sub(ai.mul(bi)).intoArray(uRe, i);
        ar.mul(bi).add(ai.mul(br)).intoArray(uIm, i);
      }
    }

    static void turnBack(Scratch with, int from, float wr, float wi, float[] y, int to) {
      FloatVector.fromArray(SPECIES, with.uRe, from)
          .mul(wr)
          .add(FloatVector.fromArray(SPECIES, with.uIm, from).mul(wi))
          .intoArray(y, to);
    }
  }
}
