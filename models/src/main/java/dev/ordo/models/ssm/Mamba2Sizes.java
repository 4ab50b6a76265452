package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.kernel.Ssd;
import java.io.IOException;

/**
 * What fixes a {@link Mamba2} besides its weights.
 *
 * @param shape d, M, N and V, and H where it divides d
 * @param heads H
 * @param headWidth P
 * @param groups G; divides H
 * @param taps K, the length of the convolution
 * @param chunk Q, the most positions that are computed at once
 * @param shortest the smallest Δ
 * @param longest the largest Δ
 * @param convolutionBias whether the convolution has a bias
 * @param projectionBias whether in_proj and out_proj have one
 * @param tied whether the head is the embedding
 * @param epsilon ε of the norms
 */
record Mamba2Sizes(
    ModelShape shape,
    int heads,
    int headWidth,
    int groups,
    int taps,
    int chunk,
    float shortest,
    float longest,
    boolean convolutionBias,
    boolean projectionBias,
    boolean tied,
    float epsilon) {

  /**
   * The longest chunk: here, work within a chunk grows faster than what a longer one saves on
   * passing the state on.
   */
  static final int CHUNK = 64;

  /** Inner width ÷ width. */
  static final int EXPANSION = 2;

  static final int TAPS = 4;

  private static final float EPSILON = 1e-5f;

  /** Returns D = 2d, P = 2d ÷ H, K = 4, one group, a tied head. */
  static Mamba2Sizes of(ModelShape shape) {
    return new Mamba2Sizes(
        shape,
        shape.heads(),
        Math.multiplyExact(EXPANSION, shape.width()) / shape.heads(),
        1,
        TAPS,
        CHUNK,
        0,
        Float.POSITIVE_INFINITY,
        true,
        false,
        true,
        EPSILON);
  }

  /**
   * Reads the configuration of a checkpoint; what it leaves out is as in Hugging Face's {@code
   * Mamba2Config}. Chunks are no longer than {@code chunk_size}. {@code rms_norm} means nothing
   * there: the gated norm is always applied, after the gate.
   *
   * @throws IOException if a field is missing, is not of its type or asks for what is not
   *     implemented
   */
  static Mamba2Sizes of(Checkpoint checkpoint) throws IOException {
    checkpoint.require("hidden_act", "silu", "swish");
    int d = checkpoint.size("hidden_size");
    int states = checkpoint.size("state_size", 128);
    if (states % 2 != 0) {
      throw new CheckpointException(
          checkpoint.folder(), "field 'state_size': expected an even number, found " + states);
    }
    int heads = checkpoint.size("num_heads", 128);
    int headWidth = checkpoint.size("head_dim", 64);
    double inner = Math.floor(checkpoint.number("expand", EXPANSION) * d);
    if (inner > Checkpoint.LARGEST_SIZE || (double) heads * headWidth != inner) {
      throw new CheckpointException(
          checkpoint.folder(),
          "num_heads × head_dim: expected expand × hidden_size = "
              + inner
              + " of at most "
              + Checkpoint.LARGEST_SIZE
              + ", found "
              + (long) heads * headWidth);
    }
    int groups = checkpoint.size("n_groups", 8);
    if (heads % groups != 0 || (long) groups * states > Checkpoint.LARGEST_SIZE) {
      throw new CheckpointException(
          checkpoint.folder(),
          "field 'n_groups': expected a divisor of num_heads (" + heads + "), found " + groups);
    }
    double[] limits = checkpoint.range("time_step_limit", 0, Double.POSITIVE_INFINITY);
    int layers = checkpoint.size("num_hidden_layers");
    return new Mamba2Sizes(
        new ModelShape(
            d, layers, d % heads == 0 ? heads : 1, states, checkpoint.size("vocab_size")),
        heads,
        headWidth,
        groups,
        checkpoint.size("conv_kernel", TAPS),
        Math.min(CHUNK, checkpoint.size("chunk_size", CHUNK)),
        (float) limits[0],
        (float) limits[1],
        checkpoint.flag("use_conv_bias", true),
        checkpoint.flag("use_bias", false),
        checkpoint.flag("tie_word_embeddings", false),
        checkpoint.epsilon("layer_norm_epsilon", EPSILON));
  }

  /** Returns D, the number of channels. */
  int inner() {
    return heads * headWidth;
  }

  /** Returns D + 2GN, the channels that are convolved: x, B and C. */
  int convolved() {
    return inner() + 2 * groups * shape.state();
  }

  /**
   * Makes the operator of one layer.
   *
   * @param logA A_log, shape (H)
   * @param skip D, shape (H)
   */
  Ssd operator(float[] logA, float[] skip) {
    return new Ssd(logA, skip, headWidth, groups, shape.state(), chunk);
  }

  /** Says whether Δ is limited at all. */
  boolean limited() {
    return shortest > 0 || longest < Float.POSITIVE_INFINITY;
  }
}
