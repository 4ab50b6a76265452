package dev.ordo.models.ssm;

import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.checkpoint.Tensors;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One S4 block as a map from sequences to sequences, in the layout of the reference: (d, L),
 * row-major. Immutable.
 *
 * <p>The reference is {@code S4Block} of the repository state-spaces/s4 with mode {@code dplr} (S4)
 * or {@code diag} (S4D), one channel a feature, GELU and a gated linear map.
 */
public final class S4Operator {

  private final Tensors weights;
  private final SpaceOptions options;
  private final S4Block block;
  private final int width;

  /** The longest kernel that a convolution uses. */
  private final int longest;

  private S4Operator(Tensors weights, SpaceOptions options, int longest) {
    this.weights = weights;
    this.options = options;
    this.longest = longest;
    block = new S4Block(weights, "", options);
    width = options.width();
  }

  /**
   * Makes the block of a checkpoint.
   *
   * @param checkpoint a configuration with {@code d_model} and {@code d_state}, and weights. With
   *     {@code l_max}, a convolution uses no more of its kernel, as in the reference
   * @throws IOException if the configuration lacks a field, asks for what is not implemented, or a
   *     file cannot be read
   * @throws IllegalArgumentException if a tensor is missing or has another shape than the
   *     configuration says
   */
  public static S4Operator load(Checkpoint checkpoint) throws IOException {
    SpaceOptions options = options(checkpoint, checkpoint.modelType().equals("s4"));
    int longest = checkpoint.size("l_max", Integer.MAX_VALUE);
    return new S4Operator(checkpoint.weights(), options, longest);
  }

  /**
   * Says whether a checkpoint holds one block, of type {@code s4} or {@code s4d}, and not a model
   * with a vocabulary.
   */
  public static boolean loads(Checkpoint checkpoint) {
    return Set.of("s4", "s4d").contains(checkpoint.modelType()) && !checkpoint.has("vocab_size");
  }

  /** Reads what a configuration says of a block, or of all blocks of a model. */
  static SpaceOptions options(Checkpoint checkpoint, boolean lowRank) throws IOException {
    if (lowRank) {
      checkpoint.require("mode", "dplr", "nplr", "s4");
    } else {
      checkpoint.require("mode", "diag", "s4d");
    }
    checkpoint.require("activation", "gelu");
    checkpoint.require("final_act", "glu");
    checkpoint.require("mult_act", "id", "identity", "linear");
    checkpoint.require("bidirectional", false);
    checkpoint.require("transposed", true);
    SpaceOptions.only(checkpoint, "channels", 1);
    for (String field : List.of("gate", "bottleneck", "postact")) {
      if (checkpoint.has(field)) {
        throw new CheckpointException(
            checkpoint.folder(), "field '" + field + "': expected null, which is implemented");
      }
    }
    return SpaceOptions.of(checkpoint, lowRank);
  }

  /** Returns d, the number of channels. */
  public int width() {
    return width;
  }

  /**
   * Returns the number of steps after which a convolution leaves its kernel off; a recurrence goes
   * on.
   */
  public int longest() {
    return longest;
  }

  /**
   * Returns the convolution kernel, without D.
   *
   * @param length L, positive
   * @return shape (d, L)
   */
  public float[] kernel(int length) {
    float[] kernel = new float[length * width];
    block.kernelMaker(length, new KernelScratch(options, length)).make(length, kernel);
    return transposed(kernel, length, width);
  }

  /**
   * Runs the block as a convolution.
   *
   * @param u shape (d, L), L ≥ 1, not modified
   * @return y, shape (d, L)
   */
  public float[] convolve(float[] u) {
    int length = u.length / width;
    float[] y = new float[u.length];
    S4Block.Scratch scratch = new S4Block.Scratch(length, options);
    StateSpace.KernelMaker maker = block.kernelMaker(length, scratch.makers());
    block.forward(
        transposed(u, width, length),
        length,
        new float[block.stateSize()],
        new float[block.stateSize()],
        (steps, kernel) -> {
          maker.make(steps, kernel);
          if (steps > longest) {
            Arrays.fill(kernel, longest * width, steps * width, 0);
          }
        },
        scratch,
        y);
    return transposed(y, length, width);
  }

  /**
   * Runs the block as a recurrence, one step after the other.
   *
   * @param u shape (d, L), L ≥ 1, not modified
   * @return y, shape (d, L)
   */
  public float[] step(float[] u) {
    int length = u.length / width;
    float[] rows = transposed(u, width, length);
    float[] re = new float[block.stateSize()];
    float[] im = new float[block.stateSize()];
    S4Block.Scratch scratch = new S4Block.Scratch(1, options);
    float[] y = new float[u.length];
    for (int t = 0; t < length; t++) {
      float[] row = new float[width];
      float[] input = Arrays.copyOfRange(rows, t * width, (t + 1) * width);
      block.step(input, re, im, re, im, scratch, row);
      System.arraycopy(row, 0, y, t * width, width);
    }
    return transposed(y, length, width);
  }

  /**
   * Differentiates y with respect to u and all parameters.
   *
   * <p>With a low-rank term, the parameter C is C̃ for the length n that {@code l_kernel} says, as
   * in the reference; where it says none, n is {@code l_max}, or L; and n is doubled while a kernel
   * needs to be longer.
   *
   * @param u shape (batch, d, L), L ≥ 1, not modified
   * @param dy the gradient of a loss with respect to y, in the same way
   * @param length L
   * @return gradients in the shapes of the reference, by the names of the parameters; that of u has
   *     the name {@code u}
   */
  public Map<String, float[]> gradients(float[] u, float[] dy, int length) {
    int steps = Math.min(length, longest);
    int points = S4Block.attuned(weights, S4Block.KERNEL, options);
    if (points == 0) {
      points = longest < Integer.MAX_VALUE ? longest : length;
    }
    while (points < steps) {
      points = Math.multiplyExact(2, points);
    }
    Tensors attuned = S4BlockTraining.attuned(weights, "", options, points);
    int batch = u.length / (width * length);
    Tensors.Builder all = Tensors.builder(weights.source());
    for (String name : attuned.names()) {
      all.put("block." + name, attuned.get(name, attuned.shape(name)), attuned.shape(name));
    }
    all.put("u", batches(u, batch, width, length), batch * length, width);
    Parameters parameters = new Parameters(all.build());
    S4BlockTraining block =
        new S4BlockTraining(
            parameters,
            "block.",
            options,
            longest,
            new S4BlockTraining.Scratch(options, length, points));
    Tape tape = new Tape();
    Tensor input = parameters.get("u", batch * length, width);
    tape.backward(block.apply(tape, input, length), batches(dy, batch, width, length));
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (String name : parameters.names()) {
      float[] gradient = parameters.find(name).gradient();
      if (name.equals("u")) {
        gradients.put(name, batches(gradient, batch, length, width));
      } else {
        gradients.put(name.substring("block.".length()), gradient);
      }
    }
    return gradients;
  }

  /** Transposes each matrix of a batch. */
  private static float[] batches(float[] x, int batch, int rows, int columns) {
    float[] y = new float[x.length];
    int size = rows * columns;
    for (int b = 0; b < batch; b++) {
      float[] part = Arrays.copyOfRange(x, b * size, (b + 1) * size);
      System.arraycopy(transposed(part, rows, columns), 0, y, b * size, size);
    }
    return y;
  }

  private static float[] transposed(float[] x, int rows, int columns) {
    float[] y = new float[x.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        y[c * rows + r] = x[r * columns + c];
      }
    }
    return y;
  }
}
