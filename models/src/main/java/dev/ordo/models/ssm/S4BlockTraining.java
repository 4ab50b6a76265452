package dev.ordo.models.ssm;

import dev.ordo.models.autograd.Affine;
import dev.ordo.models.autograd.Elementwise;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.LongConvolution;
import java.util.Arrays;

/**
 * An {@link S4Block} in training.
 *
 * <p>With a low-rank term the parameter is C̃ = C·(1 − Āⁿ) for a fixed number n of points, as in
 * the reference: the kernel for n steps or fewer is a function of it and of the present A, B, p and
 * Δ, and no gradient goes through Āⁿ.
 */
final class S4BlockTraining {

  /** What all blocks of a model share; used by one thread at a time. */
  static final class Scratch {

    private final LongConvolution convolution;
    private final KernelScratch makers;

    /** Null where there is no low-rank term. */
    private final DplrKernel kernel;

    /**
     * Allocates.
     *
     * @param options of all blocks
     * @param capacity the longest sequence
     * @param points n, at least as many as a kernel has steps
     */
    Scratch(SpaceOptions options, int capacity, int points) {
      convolution = new LongConvolution(capacity);
      makers = new KernelScratch(options, 1);
      kernel = options.lowRank() ? new DplrKernel(points, options.half()) : null;
    }
  }

  private final Parameters parameters;
  private final String prefix;
  private final SpaceOptions options;
  private final int longest;
  private final Scratch scratch;
  private final Tensor skip;
  private final Tensor weight;
  private final Tensor bias;

  /**
   * Makes a block's training.
   *
   * @param parameters all of the block's; C attuned to the number of points
   * @param prefix what stands before the names
   * @param options how the state space is stored
   * @param longest the number of steps after which the kernel is left off
   * @param scratch memory to work in
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  S4BlockTraining(
      Parameters parameters, String prefix, SpaceOptions options, int longest, Scratch scratch) {
    this.parameters = parameters;
    this.prefix = prefix;
    this.options = options;
    this.longest = longest;
    this.scratch = scratch;
    int width = options.width();
    values();
    skip = parameters.get(prefix + "layer.D", 1, width);
    weight = parameters.get(prefix + "output_linear.0.weight", 2 * width, width);
    bias = parameters.get(prefix + "output_linear.0.bias", 2 * width);
  }

  /**
   * Returns weights with C̃ in place of C.
   *
   * @param weights of a model or a block
   * @param prefix what stands before a block's names
   * @param options how its state space is stored
   * @param points n
   */
  static Tensors attuned(Tensors weights, String prefix, SpaceOptions options, int points) {
    String kernel = prefix + S4Block.KERNEL;
    int present = S4Block.attuned(weights, kernel, options);
    if (!options.lowRank() || present == points) {
      return weights;
    }
    SpaceValues values =
        SpaceValues.of(options, (name, shape) -> weights.get(kernel + name, shape));
    double[][] attuned = new DplrSpace(values, present).attunedTo(points);
    float[] c = new float[2 * attuned[0].length];
    for (int i = 0; i < c.length; i++) {
      c[i] = (float) attuned[i % 2][i / 2];
    }
    Tensors.Builder changed = Tensors.builder(weights.source());
    for (String name : weights.names()) {
      int[] shape = weights.shape(name);
      if (name.equals(kernel + "C")) {
        changed.put(name, c, shape);
      } else if (name.equals(kernel + "l_kernel")) {
        changed.put(name, new float[] {points}, shape);
      } else {
        changed.put(name, weights.get(name, shape), shape);
      }
    }
    if (!weights.has(kernel + "l_kernel")) {
      changed.put(kernel + "l_kernel", new float[] {points});
    }
    return changed.build();
  }

  /**
   * Runs the block.
   *
   * @param u shape (batch · length, d)
   * @param length the number of steps of each sequence
   * @return y, shape (batch · length, d)
   */
  Tensor apply(Tape tape, Tensor u, int length) {
    Tensor filtered = LongFilter.apply(tape, u, kernel(tape, length), skip, scratch.convolution);
    Tensor wide = Affine.ofRows(tape, Elementwise.geluErf(tape, filtered), weight, bias);
    return GatedUnit.apply(tape, wide);
  }

  private SpaceValues values() {
    return SpaceValues.of(options, this::value);
  }

  private float[] value(String name, int... shape) {
    return parameters.get(prefix + S4Block.KERNEL + name, shape).value();
  }

  private float[] gradient(String name, int... shape) {
    return parameters.get(prefix + S4Block.KERNEL + name, shape).gradient();
  }

  private Tensor kernel(Tape tape, int length) {
    int steps = Math.min(length, longest);
    Tensor kernel = tape.tensor(length, options.width());
    SpaceValues present = values();
    if (options.lowRank()) {
      scratch.kernel.make(present, present.cRe, present.cIm, steps, kernel.value());
    } else {
      new DiagonalSpace(present).kernelMaker(steps, scratch.makers).make(steps, kernel.value());
    }
    Arrays.fill(kernel.value(), steps * options.width(), kernel.size(), 0);
    tape.record(
        kernel,
        () -> {
          SpaceValues again = values();
          SpaceValues gradients =
              options.lowRank()
                  ? scratch.kernel.gradient(again, kernel.gradient(), steps)
                  : new DiagonalSpace(again).kernelGradient(kernel.gradient(), steps);
          gradients.addTo(this::value, this::gradient);
        });
    return kernel;
  }
}
