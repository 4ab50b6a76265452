package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;

/**
 * What fixes a {@link Llama} besides its weights.
 *
 * @param shape d, N, H and V
 * @param inner m, the width inside the gated unit
 * @param keyValueHeads G, the number of heads of keys and values
 * @param headWidth w
 * @param attentionBias whether the four affine maps of attention have a bias
 * @param innerBias whether the three affine maps of the gated unit have one
 * @param tied whether the head is the embedding
 * @param epsilon ε of the norms
 * @param padding the token whose embedding learns nothing from being read; −1 for none
 * @param rotation how positions turn queries and keys
 */
record LlamaSizes(
    ModelShape shape,
    int inner,
    int keyValueHeads,
    int headWidth,
    boolean attentionBias,
    boolean innerBias,
    boolean tied,
    float epsilon,
    int padding,
    Rotation rotation) {

  private static final float EPSILON = 1e-6f;
  private static final int NO_PADDING = -1;

  /** Random models have inner widths that are a multiple of this: two vectors of 512 bits. */
  private static final int UNIT = 32;

  LlamaSizes {
    if (headWidth % 2 != 0) {
      throw new IllegalArgumentException("the width of a head (" + headWidth + ") must be even");
    }
    if (shape.heads() % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "key-value heads (" + keyValueHeads + ") must divide heads (" + shape.heads() + ")");
    }
    if ((long) shape.heads() * headWidth > Checkpoint.LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "heads ("
              + shape.heads()
              + ") × their width ("
              + headWidth
              + ") must be at most "
              + Checkpoint.LARGEST_SIZE);
    }
  }

  /**
   * Returns the sizes of a model with random weights: m is 8d/3, rounded up to a multiple of 32, as
   * many weights as without a gate at 4d (Touvron et al., 2023, section 2.2); two heads share keys
   * and values where the number of heads is even; the head is a matrix of its own.
   *
   * @throws IllegalArgumentException if the width of a head is odd
   */
  static LlamaSizes of(ModelShape shape) {
    int heads = shape.heads();
    int width = (int) ((8L * shape.width() + 2) / 3);
    return new LlamaSizes(
        shape,
        (width + UNIT - 1) / UNIT * UNIT,
        heads % 2 == 0 ? heads / 2 : heads,
        shape.width() / heads,
        false,
        false,
        false,
        EPSILON,
        NO_PADDING,
        Rotation.DEFAULT);
  }

  /**
   * Reads the configuration of a checkpoint; what it leaves out is as in Hugging Face's {@code
   * LlamaConfig}.
   *
   * @throws IOException if a field is missing, is not of its type or asks for what is not
   *     implemented
   * @throws IllegalArgumentException if sizes do not fit each other
   */
  static LlamaSizes of(Checkpoint checkpoint) throws IOException {
    checkpoint.require("hidden_act", "silu", "swish");
    int d = checkpoint.size("hidden_size");
    int heads = checkpoint.size("num_attention_heads");
    ModelShape shape =
        new ModelShape(
            d,
            checkpoint.size("num_hidden_layers"),
            heads,
            ModelShape.DEFAULT.state(),
            checkpoint.size("vocab_size"));
    return new LlamaSizes(
        shape,
        checkpoint.size("intermediate_size"),
        checkpoint.size("num_key_value_heads", heads),
        checkpoint.size("head_dim", d / heads),
        checkpoint.flag("attention_bias", false),
        checkpoint.flag("mlp_bias", false),
        checkpoint.flag("tie_word_embeddings", false),
        checkpoint.epsilon("rms_norm_eps", EPSILON),
        padding(checkpoint, shape.vocabulary()),
        Rotation.of(checkpoint));
  }

  /** A negative id counts from the end of the vocabulary, as in torch.nn.Embedding. */
  private static int padding(Checkpoint checkpoint, int vocabulary) throws IOException {
    String field = "pad_token_id";
    if (!checkpoint.has(field)) {
      return NO_PADDING;
    }
    int id = checkpoint.integer(field);
    if (id < -vocabulary || id >= vocabulary) {
      throw checkpoint.refusal(field, -vocabulary + ".." + (vocabulary - 1));
    }
    return id < 0 ? id + vocabulary : id;
  }

  /** H·w, the width of all queries of a position. */
  int queryWidth() {
    return shape.heads() * headWidth;
  }

  /** G·w, the width of all keys of a position, and of all values. */
  int keyWidth() {
    return keyValueHeads * headWidth;
  }
}
