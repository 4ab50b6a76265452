package dev.ordo.models.translation;

import dev.ordo.models.AttentionPart;
import dev.ordo.models.AttentionWeights;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import java.util.Arrays;
import java.util.Optional;

/**
 * One source on its way through {@link EncoderDecoder}, and the target that is made of it.
 *
 * <p>The length is that of the source and of the target after its start token together.
 */
public final class EncoderDecoderSession implements Session {

  private static final String ENCODED = "encoder_last_hidden_state";

  private final EncoderDecoder model;
  private final Encoder encoder;
  private final Decoder decoder;
  private final int d;
  private final int vocabulary;
  private final int capacity;

  /** The target from its start token on. */
  private final int[] target;

  /** Shape (chunk, d): what the head reads. */
  private final float[] normed;

  /** Shape (V). */
  private final float[] logits;

  private int source;

  /** Positions of the target taken in, the start token among them; 0 before there is a source. */
  private int taken;

  private boolean stepped;

  EncoderDecoderSession(
      EncoderDecoder model, Encoder encoder, Decoder decoder, int capacity, int targets) {
    this.model = model;
    this.encoder = encoder;
    this.decoder = decoder;
    this.capacity = capacity;
    d = model.architecture().width();
    vocabulary = model.architecture().vocabulary();
    target = new int[targets];
    normed = new float[Math.min(Pass.CHUNK, targets) * d];
    logits = new float[vocabulary];
  }

  @Override
  public int length() {
    return source + Math.max(0, taken - 1);
  }

  /**
   * Starts anew: encodes a source, and decodes the start token.
   *
   * @param tokens the source; shape (S), S ≥ 1, not modified
   * @return the logits of the first token of the target; shape (V), owned by the session and valid
   *     until its next call
   */
  @Override
  public float[] prefill(int[] tokens) {
    Tokens.check(tokens, vocabulary, capacity);
    encode(tokens);
    taken = 1;
    decoder.decode(target, 0, 1);
    return lastLogits(0);
  }

  /**
   * Starts anew: encodes the tokens as a source, and takes in as many of them as a target.
   *
   * @throws IllegalArgumentException as {@link #prefill}, or if a target cannot be that long
   */
  @Override
  public float[] prime(int[] tokens) {
    Tokens.check(tokens, vocabulary, Math.min(capacity, target.length - 1));
    encode(tokens);
    System.arraycopy(tokens, 0, target, 1, tokens.length);
    taken = tokens.length + 1;
    decoder.decode(target, 0, taken);
    return lastLogits(taken - 1);
  }

  /**
   * Takes in one more token of the target.
   *
   * @param token a token id
   * @return the logits of the token that follows in the target; shape (V), owned by the session and
   *     valid until its next call
   * @throws IllegalArgumentException if the target is full or the id is outside 0 … V−1
   * @throws IllegalStateException if there is no source yet
   */
  @Override
  public float[] step(int token) {
    if (taken == 0) {
      throw new IllegalStateException("step must follow a prefill, which reads the source");
    }
    if (taken == target.length) {
      throw new IllegalArgumentException(
          "length ("
              + (taken - 1)
              + ") of the target must be less than its capacity ("
              + (target.length - 1)
              + ")");
    }
    Tokens.check(token, vocabulary);
    target[taken++] = token;
    stepped = true;
    int first = model.cached() ? taken - 1 : 0;
    decoder.decode(target, first, taken);
    return lastLogits(taken - 1 - first);
  }

  @Override
  public void rewind() {
    if (!stepped) {
      throw new IllegalStateException("rewind must follow a step");
    }
    stepped = false;
    taken--;
  }

  /**
   * Starts anew with tokens that are source and target at once, and writes the logits at every
   * position.
   *
   * @param tokens shape (L), L ≥ 1, not modified
   * @param out where the logits go; shape (L, V), row-major; row i predicts token i of the target
   */
  @Override
  public void score(int[] tokens, float[] out) {
    score(tokens, tokens, out);
  }

  /**
   * Starts anew with a source and writes the logits of every token of a target.
   *
   * @param tokens the source; shape (S), S ≥ 1, not modified
   * @param labels the target without its start token; shape (T), T ≥ 1, not modified. The last
   *     token is only predicted
   * @param out where the logits go; shape (T, V), row-major; row i predicts token i of the target
   * @throws IllegalArgumentException if source or target have no tokens, more than the session's
   *     capacity or an id outside 0 … V−1, or if {@code out} is shorter than T·V
   */
  public void score(int[] tokens, int[] labels, float[] out) {
    Tokens.check(tokens, vocabulary, capacity);
    Tokens.check(labels, vocabulary, target.length);
    if (out.length < (long) labels.length * vocabulary) {
      throw new IllegalArgumentException(
          "logits ("
              + out.length
              + " values) must have at least L × V = "
              + (long) labels.length * vocabulary);
    }
    encode(tokens);
    taken = labels.length;
    System.arraycopy(labels, 0, target, 1, taken - 1);
    decoder.decode(target, 0, taken);
    for (int row = 0; row < taken; row += Pass.CHUNK) {
      head(row, Math.min(Pass.CHUNK, taken - row), out, row * vocabulary);
    }
  }

  /**
   * Returns {@code encoder_last_hidden_state}, what the encoder made of the source, shape (S, d).
   */
  @Override
  public Optional<float[]> state(String name) {
    return name.equals(ENCODED) && source > 0
        ? Optional.of(Arrays.copyOf(encoder.x, source * d))
        : Optional.empty();
  }

  @Override
  public Optional<AttentionWeights> attention(
      AttentionPart part, int[] tokens, int[] labels, int layer, int head) {
    Tokens.check(tokens, vocabulary, capacity);
    model.heads(part).check(layer, head);
    if (part == AttentionPart.ENCODER) {
      checkCount(tokens.length, tokens.length);
      forget();
      float[] weights = encoder.weights(tokens, layer, head);
      return Optional.of(new AttentionWeights(tokens.clone(), tokens.clone(), weights));
    }
    Tokens.check(labels, vocabulary, Math.min(capacity, target.length - 1));
    boolean cross = part == AttentionPart.CROSS;
    int rows = labels.length + 1;
    checkCount(rows, cross ? tokens.length : rows);
    encode(tokens);
    forget();
    System.arraycopy(labels, 0, target, 1, labels.length);
    float[] weights = decoder.weights(target, rows, cross, layer, head);
    int[] positions = Arrays.copyOf(target, rows);
    return Optional.of(
        new AttentionWeights(positions, cross ? tokens.clone() : positions.clone(), weights));
  }

  /** Is empty: what lies in the layers above the one that was asked is of another sequence. */
  private void forget() {
    source = 0;
    taken = 0;
    stepped = false;
  }

  private static void checkCount(int rows, int columns) {
    long count = (long) rows * columns;
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("rows × columns (" + count + ") must be less than 2³¹");
    }
  }

  @Override
  public long stateBytes() {
    Architecture.Stack stack = model.architecture().decoder();
    long position = 2L * Float.BYTES * stack.layers().size() * stack.attentionWidth();
    return position * source + (model.cached() ? position : Integer.BYTES) * taken;
  }

  private void encode(int[] tokens) {
    encoder.encode(tokens);
    source = tokens.length;
    decoder.readSource(encoder.x, source);
    target[0] = model.start();
    stepped = false;
  }

  private float[] lastLogits(int row) {
    head(row, 1, logits, 0);
    return logits;
  }

  private void head(int row, int rows, float[] out, int offset) {
    if (model.outputNorm() == null) {
      model.head().apply(decoder.x, row * d, rows, out, offset);
    } else {
      model.outputNorm().apply(decoder.x, row * d, rows, normed, 0);
      model.head().apply(normed, 0, rows, out, offset);
    }
  }
}
