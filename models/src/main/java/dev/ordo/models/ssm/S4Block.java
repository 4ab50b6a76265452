package dev.ordo.models.ssm;

import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.Gelu;
import dev.ordo.models.kernel.Glu;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.LongConvolution;

/**
 * An S4 block: state space, GELU, gated linear map. Immutable.
 *
 * <p>Names and numbers as in {@code S4Block} of the repository state-spaces/s4, with mode {@code
 * dplr} or {@code diag}: see {@link DplrSpace} and {@link DiagonalSpace}. For each channel
 *
 * <pre>
 * s = k ∗ u + D·u,  y = a · σ(b)  with  a, b = output_linear(gelu(s))
 * </pre>
 */
final class S4Block {

  /** Rows that go through output_linear at a time. */
  static final int ROWS = 128;

  /** What stands before the names of the state space's parameters. */
  static final String KERNEL = "layer.kernel.";

  private static final int LONGEST = 1 << 24;

  /** What a forward pass writes to besides its output; used by one thread at a time. */
  static final class Scratch {

    private final float[] kernel;
    private final float[] wide;
    private final LongConvolution convolution;
    private final KernelScratch makers;

    Scratch(int capacity, SpaceOptions options) {
      int width = options.width();
      kernel = new float[capacity * width];
      wide = new float[Math.min(capacity, ROWS) * 2 * width];
      convolution = new LongConvolution(capacity);
      makers = new KernelScratch(options, capacity);
    }

    KernelScratch makers() {
      return makers;
    }
  }

  private final int width;
  private final StateSpace space;
  private final float[] skip;
  private final Linear output;

  /**
   * Makes a block.
   *
   * @param weights tensors under the names of the reference
   * @param prefix what stands before the names
   * @param options how the state space is stored
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  S4Block(Tensors weights, String prefix, SpaceOptions options) {
    width = options.width();
    String kernel = prefix + KERNEL;
    SpaceValues values =
        SpaceValues.of(options, (name, shape) -> weights.get(kernel + name, shape));
    space = StateSpace.of(values, attuned(weights, kernel, options));
    skip = weights.get(prefix + "layer.D", 1, width);
    output =
        Linear.ofRows(
            weights.get(prefix + "output_linear.0.weight", 2 * width, width),
            2 * width,
            width,
            weights.get(prefix + "output_linear.0.bias", 2 * width));
  }

  /**
   * Returns the length for which C is C̃, the tensor {@code l_kernel}; 0 where there is none.
   *
   * @throws IllegalArgumentException if it is no length
   */
  static int attuned(Tensors weights, String kernel, SpaceOptions options) {
    String name = kernel + "l_kernel";
    if (!options.lowRank() || !weights.has(name)) {
      return 0;
    }
    double length = weights.number(name);
    if (length != Math.rint(length) || length < 0 || length > LONGEST) {
      throw new IllegalArgumentException(
          weights.source()
              + ": tensor '"
              + name
              + "': expected a whole number in 0.."
              + LONGEST
              + ", found "
              + length);
    }
    return (int) length;
  }

  /**
   * Adds the random weights of a block as the reference draws them: C complex normal, D normal, Δ
   * log-uniform in 0.001 … 0.1, and a linear map uniform in ±1/√d. With a low-rank term A, B and p
   * are those of {@link HippoLegs} ({@code legs}); without, A = −½ + πni (S4D-Lin, equation 9, as
   * {@code diag-lin}) and B = 1, frequencies being at least 1e-4, as there.
   */
  static void random(RandomTensors weights, String prefix, SpaceOptions options) {
    int width = options.width();
    int half = options.half();
    String kernel = prefix + KERNEL;
    double bound = 1 / Math.sqrt(width);
    weights.constant(kernel + "A_real", Math.log(0.5), width, half);
    if (options.lowRank()) {
      HippoLegs legs = HippoLegs.of(options.states());
      weights
          .fill(kernel + "A_imag", i -> legs.frequencies()[i % half], width, half)
          .fill(kernel + "B", i -> i % 2 == 0 ? legs.inputs()[i / 2 % half] : 0, 1, width, half, 2)
          .fill(
              kernel + "P",
              i -> i % 2 == 0 ? legs.corrections()[i / 2 % half] : 0,
              1,
              width,
              half,
              2);
    } else {
      weights
          .fill(kernel + "A_imag", i -> Math.max(1e-4, Math.PI * (i % half)), width, half)
          .fill(kernel + "B", i -> 1 - i % 2, 1, width, half, 2);
    }
    weights
        .normal(kernel + "C", Math.sqrt(0.5), 1, width, half, 2)
        .logarithms(kernel + "inv_dt", 0.001, 0.1, width, 1)
        .normal(prefix + "layer.D", 1, 1, width)
        .uniform(prefix + "output_linear.0.weight", bound, 2 * width, width)
        .uniform(prefix + "output_linear.0.bias", bound, 2 * width);
  }

  /** Returns the number of values in the real part of a state, and in the imaginary part. */
  int stateSize() {
    return space.recurrence().stateSize();
  }

  /**
   * Prepares to make convolution kernels, without D.
   *
   * @param capacity the longest
   * @param scratch memory to work in
   */
  StateSpace.KernelMaker kernelMaker(int capacity, KernelScratch scratch) {
    return space.kernelMaker(capacity, scratch);
  }

  /**
   * Runs the block over a sequence in its convolution form. Allocates nothing.
   *
   * @param u shape (L, d), row-major, overwritten with gelu(s)
   * @param steps the number of steps, L, at most the capacity of {@code scratch}
   * @param re where the real part of the last state goes
   * @param im where the imaginary part of the last state goes
   * @param maker this block's
   * @param scratch memory to work in
   * @param y shape (L, d), row-major; the block's output is added to it
   */
  void forward(
      float[] u,
      int steps,
      float[] re,
      float[] im,
      StateSpace.KernelMaker maker,
      Scratch scratch,
      float[] y) {
    maker.make(steps, scratch.kernel);
    for (int c = 0; c < width; c++) {
      scratch.kernel[c] += skip[c];
    }
    space.recurrence().finalState(u, steps, re, im);
    scratch.convolution.apply(u, scratch.kernel, steps, width, u);
    Gelu.erf(u, 0, steps * width);
    for (int t = 0; t < steps; t += ROWS) {
      int rows = Math.min(ROWS, steps - t);
      output.apply(u, t * width, rows, scratch.wide, 0);
      Glu.add(scratch.wide, rows, width, y, t * width);
    }
  }

  /**
   * Runs the block over one step of a sequence in its recurrent form. Allocates nothing.
   *
   * @param u shape (d), overwritten
   * @param fromRe the real part of the state before; zeros at the start of a sequence
   * @param fromIm the imaginary part of the state before
   * @param toRe where the real part of the state after goes
   * @param toIm where the imaginary part of the state after goes
   * @param scratch memory to work in
   * @param y shape (d); the block's output is added to it
   */
  void step(
      float[] u,
      float[] fromRe,
      float[] fromIm,
      float[] toRe,
      float[] toIm,
      Scratch scratch,
      float[] y) {
    float[] s = scratch.kernel;
    space.recurrence().step(u, s, fromRe, fromIm, toRe, toIm);
    for (int c = 0; c < width; c++) {
      s[c] += skip[c] * u[c];
    }
    Gelu.erf(s, 0, width);
    output.apply(s, 0, 1, scratch.wide, 0);
    Glu.add(scratch.wide, 1, width, y, 0);
  }
}
