package dev.ordo.models.translation;

import dev.ordo.models.AttentionHeads;
import dev.ordo.models.AttentionPart;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.translation.Weights.Norm;
import java.util.List;

/**
 * An encoder-decoder Transformer: reads a source as a whole and writes a target token by token.
 *
 * <p>Source: Vaswani et al., <a href="https://arxiv.org/abs/1706.03762">Attention Is All You
 * Need</a> (2017), section 3.1; {@link T5} and {@link Marian} make the two kinds that there are.
 * With S tokens of source and T positions of target, the first of which is the start token:
 *
 * <pre>
 * encoder   x = embedding[source]                       (S, d)
 *   each layer: x += attention(x, x), x += maps(x)
 * decoder   y = embedding[start, target]                (T, d)
 *   each layer: y += causal attention(y, y), y += attention(y, x), y += maps(y)
 * logits = y · head                                     (T, V)
 * </pre>
 *
 * <p>What the {@link dev.ordo.models.Phase phases} at length L are: PREFILL encodes L tokens,
 * computes every layer's keys and values of the source, and decodes the start token. DECODE takes
 * in the next token of a target of which L are taken in, of a source of L. GENERATE translates L
 * tokens into L tokens. TRAIN takes sources of L and targets of L tokens.
 *
 * <p>The model comes in two kinds with equal results, and in both the keys and values of the source
 * are computed once. With a cache, a session keeps the keys and values of the target too, and a
 * step computes one position of it. Without, a step computes every position of the target anew.
 */
public final class EncoderDecoder implements SequenceModel {

  private final Architecture architecture;
  private final ModelShape shape;
  private final boolean cached;
  private final Weights encoder;
  private final Weights decoder;
  private final Norm outputNorm;
  private final Linear head;

  /** Makes a model of weights under the names of the reference. */
  EncoderDecoder(Architecture architecture, ModelShape shape, Tensors tensors, boolean cached) {
    this.architecture = architecture;
    this.shape = shape;
    this.cached = cached;
    Weights.Reader reader = new Weights.Reader(tensors, architecture);
    encoder = reader.stack(architecture.encoder());
    decoder = reader.stack(architecture.decoder());
    outputNorm = decoder.finalNorm() == null ? null : reader.outputNorm();
    head = reader.head();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of a checkpoint, layers and heads are those of the decoder; where the number of heads does
   * not divide the width, the largest common divisor of both.
   */
  @Override
  public ModelShape shape() {
    return shape;
  }

  /**
   * Returns the most tokens of a target after its start token; a source may have one more. As many
   * as fit an int unless position embeddings limit them.
   */
  @Override
  public int positions() {
    return architecture.positions() == Integer.MAX_VALUE
        ? Integer.MAX_VALUE
        : Math.max(1, architecture.positions() - 1);
  }

  /** Returns {@code length}: the source of L new tokens has L tokens. */
  @Override
  public int promptLength(int length) {
    return length;
  }

  @Override
  public List<AttentionHeads> attentionHeads() {
    return List.of(
        heads(AttentionPart.ENCODER), heads(AttentionPart.DECODER), heads(AttentionPart.CROSS));
  }

  /** Returns how many heads a part has; those of cross-attention lie in the decoder's layers. */
  AttentionHeads heads(AttentionPart part) {
    Architecture.Stack stack =
        part == AttentionPart.ENCODER ? architecture.encoder() : architecture.decoder();
    return new AttentionHeads(part, stack.layers().size(), stack.heads());
  }

  /** Returns the token that every target starts with. */
  public int start() {
    return architecture.start();
  }

  /** Returns the token that stands in a target for one that does not count. */
  public int padding() {
    return architecture.padding();
  }

  /**
   * Opens a session.
   *
   * @param capacity the largest number of tokens of a source, and of a target after its start token
   *     as far as there are positions
   * @throws IllegalArgumentException if {@code capacity} is not positive or larger than the number
   *     of positions
   */
  @Override
  public EncoderDecoderSession open(int capacity) {
    // A target has one token more than its capacity, and arrays end before that.
    int limit = Math.min(architecture.positions(), Integer.MAX_VALUE - 1);
    if (capacity < 1 || capacity > limit) {
      throw new IllegalArgumentException(
          "capacity (" + capacity + ") must be in 1.." + limit + ", the model's positions");
    }
    int targets = Math.min(capacity + 1, limit);
    return new EncoderDecoderSession(
        this,
        new Encoder(architecture, encoder, capacity),
        new Decoder(architecture, decoder, targets, capacity, cached),
        capacity,
        targets);
  }

  boolean cached() {
    return cached;
  }

  Architecture architecture() {
    return architecture;
  }

  /** Returns the norm before the head, with the scale of the output in its gain; null for none. */
  Norm outputNorm() {
    return outputNorm;
  }

  Linear head() {
    return head;
  }
}
