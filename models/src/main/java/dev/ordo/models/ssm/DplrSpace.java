package dev.ordo.models.ssm;

import dev.ordo.models.kernel.DplrRecurrence;

/**
 * The state space of S4: a state matrix A = diag(a) − p·p* in discrete time by the bilinear
 * transform. Immutable.
 *
 * <p>Source: Gu, Goel and Ré, <a href="https://arxiv.org/abs/2111.00396">Efficiently Modeling Long
 * Sequences with Structured State Spaces</a> (2022). Equation 3 with A as above,
 *
 * <pre>
 * h[t] = (1 − Δ/2·A)⁻¹ ((1 + Δ/2·A)·h[t−1] + Δ·B·u[t]),  y[t] = 2·Re Σₙ C·h[t]
 * </pre>
 *
 * <p>becomes by the Woodbury identity (appendix C.2), with E = (1 + α/2)/(1 − α/2), α = Δ·a, D =
 * (Δ/2)/(1 − α/2) and r = 1/(1 + 2 Σₙ |p|²·Re D), a recurrence of {@link DplrRecurrence}:
 *
 * <pre>
 * h[t] = E·h[t−1] + (2DB − Dp·σ)·u[t] − Dp·Re Σₙ q·h[t−1],  q = 2r·p̄·(E + 1),  σ = 2r·Re Σₙ p̄·2DB
 * </pre>
 *
 * <p>The kernel comes from its generating function at the roots of unity: see {@link DplrKernel}.
 * What that takes in place of C, C̃ = C·(1 − Āᴸ), is found by L steps of the recurrence transposed,
 * when a kernel maker is made and not in inference.
 */
final class DplrSpace implements StateSpace {

  private final SpaceValues values;
  private final double[][] constants = new double[10][];
  private final DplrRecurrence recurrence;

  /**
   * Makes a state space.
   *
   * @param values its parameters; kept, not modified
   * @param attuned the length L for which {@code values} have C̃ in place of C, or 0 where they
   *     have C
   * @throws IllegalArgumentException if C does not follow from C̃
   */
  DplrSpace(SpaceValues values, int attuned) {
    this.values = values;
    SpaceOptions options = values.options();
    int size = values.step.length;
    for (int i = 0; i < constants.length; i++) {
      constants[i] = new double[size];
    }
    for (int channel = 0; channel < options.width(); channel++) {
      discretise(channel * options.half(), (channel + 1) * options.half());
    }
    double[] cRe = constants[8];
    double[] cIm = constants[9];
    System.arraycopy(values.cRe, 0, cRe, 0, size);
    System.arraycopy(values.cIm, 0, cIm, 0, size);
    if (attuned > 0) {
      for (int channel = 0; channel < options.width(); channel++) {
        new DenseTransition(constants, channel, options.half()).original(attuned, cRe, cIm);
      }
    }
    double[][] stepping = constants.clone();
    stepping[8] = doubled(cRe);
    stepping[9] = doubled(cIm);
    recurrence = new DplrRecurrence(stepping, options.width(), options.half());
  }

  private static double[] doubled(double[] x) {
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] *= 2;
    }
    return y;
  }

  /** Computes the constants of the states of one channel. */
  private void discretise(int first, int end) {
    double norm = 1;
    for (int i = first; i < end; i++) {
      Complex p = new Complex(values.pRe[i], values.pIm[i]);
      norm += 2 * (p.re() * p.re() + p.im() * p.im()) * resolvent(i).re();
    }
    double sum = 0;
    for (int i = first; i < end; i++) {
      Complex p = new Complex(values.pRe[i], values.pIm[i]);
      Complex half = new Complex(values.aRe[i], values.aIm[i]).times(values.step[i] / 2);
      Complex inverse = Complex.ONE.minus(half).inverse();
      Complex input = resolvent(i).times(new Complex(values.bRe[i], values.bIm[i])).times(2);
      put(0, i, Complex.ONE.plus(half).times(inverse));
      put(2, i, input);
      put(4, i, resolvent(i).times(p));
      // E + 1 = 2/(1 − α/2)
      put(6, i, p.conjugate().times(inverse).times(4 / norm));
      sum += 2 / norm * p.conjugate().times(input).re();
    }
    for (int i = first; i < end; i++) {
      constants[2][i] -= constants[4][i] * sum;
      constants[3][i] -= constants[5][i] * sum;
    }
  }

  /** Returns D of one state. */
  private Complex resolvent(int i) {
    double half = values.step[i] / 2;
    return new Complex(1 - half * values.aRe[i], -half * values.aIm[i]).inverse().times(half);
  }

  private void put(int constant, int i, Complex value) {
    constants[constant][i] = value.re();
    constants[constant + 1][i] = value.im();
  }

  /**
   * Returns C̃ for lengths 1, 2, 4 … up to the last that is asked for.
   *
   * @param levels the number of lengths
   * @return for each length its real parts and its imaginary parts
   */
  double[][][] attuned(int levels) {
    double[] re = constants[8].clone();
    double[] im = constants[9].clone();
    double[][][] attuned = new double[levels][][];
    long length = 0;
    for (int level = 0; level < levels; level++) {
      for (; length < 1L << level; length++) {
        transpose(re, im);
      }
      attuned[level] = difference(re, im);
    }
    return attuned;
  }

  /**
   * Returns C̃ for one length.
   *
   * @param length L
   * @return its real parts and its imaginary parts
   */
  double[][] attunedTo(int length) {
    double[] re = constants[8].clone();
    double[] im = constants[9].clone();
    for (int t = 0; t < length; t++) {
      transpose(re, im);
    }
    return difference(re, im);
  }

  /** Returns C less a row. */
  private double[][] difference(double[] re, double[] im) {
    double[][] difference = {constants[8].clone(), constants[9].clone()};
    for (int i = 0; i < re.length; i++) {
      difference[0][i] -= re[i];
      difference[1][i] -= im[i];
    }
    return difference;
  }

  /** Multiplies a row from the left to the transition: c ← c·Ā. */
  private void transpose(double[] re, double[] im) {
    int half = values.options().half();
    for (int first = 0; first < re.length; first += half) {
      // A row c stands for the functional Re Σ 2c·h, and Σ over conjugate pairs is 2 Re Σ.
      double sum = 0;
      for (int i = first; i < first + half; i++) {
        sum += re[i] * constants[4][i] - im[i] * constants[5][i];
      }
      for (int i = first; i < first + half; i++) {
        double r = re[i] * constants[0][i] - im[i] * constants[1][i] - sum * constants[6][i];
        im[i] = re[i] * constants[1][i] + im[i] * constants[0][i] - sum * constants[7][i];
        re[i] = r;
      }
    }
  }

  /** Returns the smallest k with 2ᵏ at least {@code steps}. */
  static int level(int steps) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(steps - 1);
  }

  @Override
  public KernelMaker kernelMaker(int capacity, KernelScratch scratch) {
    double[][][] attuned = attuned(level(capacity) + 1);
    return (steps, kernel) -> {
      int level = level(steps);
      scratch.kernels[level].make(values, attuned[level][0], attuned[level][1], steps, kernel);
    };
  }

  @Override
  public DplrRecurrence recurrence() {
    return recurrence;
  }
}
