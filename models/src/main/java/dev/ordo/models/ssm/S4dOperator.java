package dev.ordo.models.ssm;

import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import java.io.IOException;
import java.util.Arrays;

/**
 * One S4D block as a map from sequences to sequences, in the layout of the reference: (d, L),
 * row-major. Immutable.
 *
 * <p>The reference is {@code S4Block} of the repository state-spaces/s4 with mode {@code diag}.
 */
public final class S4dOperator {

  /** The {@code model_type} of a checkpoint that holds one such block. */
  public static final String MODEL_TYPE = "s4d";

  private final S4dBlock block;
  private final int width;

  private S4dOperator(S4dBlock block, int width) {
    this.block = block;
    this.width = width;
  }

  /**
   * Makes the block of a checkpoint.
   *
   * @param checkpoint a configuration with {@code d_model} and {@code d_state}, and weights
   * @throws IOException if the configuration lacks a field, asks for what is not implemented, or a
   *     file cannot be read
   * @throws IllegalArgumentException if a tensor is missing or has another shape than the
   *     configuration says
   */
  public static S4dOperator load(Checkpoint checkpoint) throws IOException {
    checkpoint.require("mode", "diag");
    checkpoint.require("disc", "zoh");
    checkpoint.require("activation", "gelu");
    checkpoint.require("final_act", "glu");
    checkpoint.require("bidirectional", false);
    int width = checkpoint.size("d_model");
    int states = checkpoint.size("d_state");
    if (states % 2 != 0) {
      throw new CheckpointException(
          checkpoint.folder(), "field 'd_state': expected an even number, found " + states);
    }
    return new S4dOperator(new S4dBlock(checkpoint.weights(), "", width, states), width);
  }

  /** Returns d, the number of channels. */
  public int width() {
    return width;
  }

  /**
   * Returns the convolution kernel, without D.
   *
   * @param length L, positive
   * @return shape (d, L)
   */
  public float[] kernel(int length) {
    float[] kernel = new float[length * width];
    block.kernel(length, kernel, new float[block.stateSize()], new float[block.stateSize()]);
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
    block.forward(
        transposed(u, width, length),
        length,
        new float[block.stateSize()],
        new float[block.stateSize()],
        new S4dBlock.Scratch(length, width),
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
    S4dBlock.Scratch scratch = new S4dBlock.Scratch(1, width);
    float[] y = new float[u.length];
    for (int t = 0; t < length; t++) {
      float[] row = new float[width];
      float[] input = Arrays.copyOfRange(rows, t * width, (t + 1) * width);
      block.step(input, re, im, re, im, scratch, row);
      System.arraycopy(row, 0, y, t * width, width);
    }
    return transposed(y, length, width);
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
