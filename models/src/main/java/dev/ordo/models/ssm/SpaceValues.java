package dev.ordo.models.ssm;

/**
 * The parameters of a state space in continuous time, or the gradient of a loss with respect to
 * each of their real and imaginary parts.
 *
 * <p>Arrays have the shape (d, N/2), row-major. The state matrix of a channel is diag(a) − p·p*,
 * each state standing for itself and its conjugate.
 */
final class SpaceValues {

  /** Finds an array by the reference's name and shape. */
  @FunctionalInterface
  interface Source {

    /**
     * Returns the array.
     *
     * @throws IllegalArgumentException if there is none of that shape
     */
    float[] get(String name, int... shape);
  }

  final double[] step;
  final double[] aRe;
  final double[] aIm;
  final double[] bRe;
  final double[] bIm;
  final double[] cRe;
  final double[] cIm;

  /** Zeros where there is no low-rank term. */
  final double[] pRe;

  final double[] pIm;

  private final SpaceOptions options;

  /** Makes zeros. */
  SpaceValues(SpaceOptions options) {
    this.options = options;
    int size = Math.multiplyExact(options.width(), options.half());
    step = new double[size];
    aRe = new double[size];
    aIm = new double[size];
    bRe = new double[size];
    bIm = new double[size];
    cRe = new double[size];
    cIm = new double[size];
    pRe = new double[size];
    pIm = new double[size];
  }

  /**
   * Reads parameters.
   *
   * @param options how they are stored
   * @param source where they are, by the names of {@code SSMKernel}
   * @throws IllegalArgumentException if one is missing or has another shape
   */
  static SpaceValues of(SpaceOptions options, Source source) {
    // What is stored comes first: sizes that it does not have must not cost memory.
    Stored stored = new Stored(options, source);
    SpaceValues values = new SpaceValues(options);
    for (int i = 0; i < values.step.length; i++) {
      int copy = values.copy(i);
      values.step[i] = options.step().value(stored.step[values.stepOf(i)]);
      values.aRe[i] = -options.decay().value(stored.decay[copy]);
      values.aIm[i] = -options.frequency().value(stored.frequency[copy]);
      values.bRe[i] = stored.b[2 * copy];
      values.bIm[i] = stored.b[2 * copy + 1];
      values.cRe[i] = stored.c[2 * i];
      values.cIm[i] = stored.c[2 * i + 1];
      if (options.lowRank()) {
        values.pRe[i] = stored.p[2 * copy];
        values.pIm[i] = stored.p[2 * copy + 1];
      }
    }
    return values;
  }

  /**
   * Adds these gradients to those of the stored parameters.
   *
   * @param parameters where the parameters are
   * @param gradients where their gradients are
   */
  void addTo(Source parameters, Source gradients) {
    Stored stored = new Stored(options, parameters);
    Stored to = new Stored(options, gradients);
    for (int i = 0; i < step.length; i++) {
      int copy = copy(i);
      int at = stepOf(i);
      to.step[at] += (float) (step[i] * options.step().slope(stored.step[at]));
      to.decay[copy] -= (float) (aRe[i] * options.decay().slope(stored.decay[copy]));
      to.frequency[copy] -= (float) (aIm[i] * options.frequency().slope(stored.frequency[copy]));
      to.b[2 * copy] += (float) bRe[i];
      to.b[2 * copy + 1] += (float) bIm[i];
      to.c[2 * i] += (float) cRe[i];
      to.c[2 * i + 1] += (float) cIm[i];
      if (options.lowRank()) {
        to.p[2 * copy] += (float) pRe[i];
        to.p[2 * copy + 1] += (float) pIm[i];
      }
    }
  }

  SpaceOptions options() {
    return options;
  }

  private int copy(int i) {
    int half = options.half();
    return i / half % options.copies() * half + i % half;
  }

  private int stepOf(int i) {
    return options.tied() ? i / options.half() : i;
  }

  /** The arrays as they are stored. */
  private static final class Stored {
    final float[] step;
    final float[] decay;
    final float[] frequency;
    final float[] b;
    final float[] c;
    final float[] p;

    Stored(SpaceOptions options, Source source) {
      int half = options.half();
      int copies = options.copies();
      decay = source.get("A_real", copies, half);
      frequency = source.get("A_imag", copies, half);
      b = source.get("B", 1, copies, half, 2);
      c = source.get("C", 1, options.width(), half, 2);
      step = source.get("inv_dt", options.width(), options.tied() ? 1 : half);
      p = options.lowRank() ? source.get("P", 1, copies, half, 2) : null;
    }
  }
}
