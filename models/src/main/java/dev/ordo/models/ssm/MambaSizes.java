package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import java.io.IOException;

/**
 * What fixes a {@link Mamba} besides its weights.
 *
 * @param shape d, M, N and V
 * @param inner D, the number of channels
 * @param rank R, the rank of Δ
 * @param taps K, the length of the convolution
 * @param convolutionBias whether the convolution has a bias
 * @param projectionBias whether in_proj and out_proj have one
 * @param tied whether the head is the embedding
 * @param epsilon ε of the norms
 */
record MambaSizes(
    ModelShape shape,
    int inner,
    int rank,
    int taps,
    boolean convolutionBias,
    boolean projectionBias,
    boolean tied,
    float epsilon) {

  private static final float EPSILON = 1e-5f;

  /** Returns the sizes of the paper: D = 2d, R = ⌈d/16⌉, K = 4. */
  static MambaSizes of(ModelShape shape, boolean tied) {
    return new MambaSizes(
        shape,
        Math.multiplyExact(MambaWeights.EXPANSION, shape.width()),
        MambaWeights.rank(shape.width()),
        MambaWeights.TAPS,
        true,
        false,
        tied,
        EPSILON);
  }

  /**
   * Reads the configuration of a checkpoint; what it leaves out is as in Hugging Face's {@code
   * MambaConfig}.
   *
   * @throws IOException if a field is missing, is not of its type or asks for what is not
   *     implemented
   */
  static MambaSizes of(Checkpoint checkpoint) throws IOException {
    checkpoint.require("hidden_act", "silu", "swish");
    int d = checkpoint.size("hidden_size");
    int states = checkpoint.size("state_size");
    if (states % 2 != 0) {
      throw new CheckpointException(
          checkpoint.folder(), "field 'state_size': expected an even number, found " + states);
    }
    double inner = checkpoint.number("expand", MambaWeights.EXPANSION) * d;
    if (!(inner >= 1 && inner <= Checkpoint.LARGEST_SIZE)) {
      throw new CheckpointException(
          checkpoint.folder(),
          "expand × hidden_size: expected 1.." + Checkpoint.LARGEST_SIZE + ", found " + inner);
    }
    boolean automatic =
        !checkpoint.has("time_step_rank") || checkpoint.isText("time_step_rank", "auto");
    return new MambaSizes(
        new ModelShape(
            d, checkpoint.size("num_hidden_layers"), 1, states, checkpoint.size("vocab_size")),
        (int) inner,
        automatic ? MambaWeights.rank(d) : checkpoint.size("time_step_rank"),
        checkpoint.size("conv_kernel", MambaWeights.TAPS),
        checkpoint.flag("use_conv_bias", true),
        checkpoint.flag("use_bias", false),
        checkpoint.flag("tie_word_embeddings", true),
        checkpoint.epsilon("layer_norm_epsilon", EPSILON));
  }
}
