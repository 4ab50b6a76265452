package dev.ordo.models.transformer;

import dev.ordo.models.AttentionHeads;
import dev.ordo.models.AttentionPart;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.kernel.Attention;
import dev.ordo.models.kernel.KeyValues;
import java.util.Optional;

/**
 * One sequence on its way through a decoder-only Transformer, with or without a cache.
 *
 * <p>Both kinds run the same forward pass over a range of positions, layer after layer: with a
 * cache from the first position that is new, without one from position 0. Without a cache the
 * layers share one set of keys and values, which holds nothing that a later call reads.
 */
abstract class DecoderSession implements Session {

  /** Positions that go through an affine map together: their activations stay in the cache. */
  static final int CHUNK = 128;

  /** Shape (CHUNK, d): what an affine map reads. */
  final float[] normed;

  /** Shape (CHUNK, d): what a layer adds to the residual stream. */
  final float[] update;

  private final ModelShape shape;
  private final int capacity;
  private final boolean cached;

  /** The width of all queries of a position: heads × head width. */
  private final int queryWidth;

  /** The width of all keys, and of all values, of a position. */
  private final int keyWidth;

  private final Attention attention;
  private final KeyValues[] keyValues;

  /** All token ids taken in; with a cache, only those of the present call are read. */
  private final int[] tokens;

  /** The residual stream, shape (capacity, d); the first row is the first position computed. */
  private final float[] x;

  /** Shape (capacity, queryWidth): queries, then mixed values in their places. */
  private final float[] mixed;

  /** Shape (CHUNK, queryWidth + 2·keyWidth): queries, keys and values. */
  private final float[] projected;

  /** Shape (V). */
  private final float[] logits;

  private int length;
  private boolean stepped;

  DecoderSession(
      ModelShape shape, Variant variant, int keyValueHeads, int headWidth, int capacity) {
    this.shape = shape;
    this.capacity = capacity;
    cached = variant.cached();
    queryWidth = shape.heads() * headWidth;
    keyWidth = keyValueHeads * headWidth;
    attention =
        new Attention(variant.attention(), shape.heads(), keyValueHeads, headWidth, capacity);
    keyValues = new KeyValues[cached ? shape.layers() : 1];
    for (int i = 0; i < keyValues.length; i++) {
      keyValues[i] = attention.keyValues();
    }
    tokens = new int[capacity];
    x = new float[capacity * shape.width()];
    mixed = new float[capacity * queryWidth];
    int chunk = Math.min(CHUNK, capacity);
    normed = new float[chunk * shape.width()];
    update = new float[chunk * shape.width()];
    projected = new float[chunk * (queryWidth + 2 * keyWidth)];
    logits = new float[shape.vocabulary()];
  }

  /** Returns which heads of attention a model of that shape has. */
  static AttentionHeads heads(ModelShape shape) {
    return new AttentionHeads(AttentionPart.DECODER, shape.layers(), shape.heads());
  }

  /**
   * Computes what goes into the first layer.
   *
   * @param out shape (d) from {@code offset} on, overwritten
   */
  abstract void embed(int token, int position, float[] out, int offset);

  /**
   * Computes what a layer's attention reads.
   *
   * @param position the first position
   * @param rows how many, at most CHUNK
   * @param in the residual stream of these positions, from {@code offset} on; not modified
   * @param out shape (rows, queryWidth + 2·keyWidth): queries, keys and values; overwritten
   */
  abstract void project(int layer, int position, int rows, float[] in, int offset, float[] out);

  /**
   * Computes the rest of a layer.
   *
   * @param rows how many positions, at most CHUNK
   * @param attended mixed values, shape (rows, queryWidth) from {@code attendedOffset} on
   * @param stream the residual stream of these positions, from {@code offset} on; updated
   */
  abstract void finish(
      int layer, int rows, float[] attended, int attendedOffset, float[] stream, int offset);

  /**
   * Computes logits.
   *
   * @param stream the residual stream of some positions, from {@code offset} on; not modified
   * @param rows how many, at most CHUNK
   * @param out shape (rows, V) from {@code outOffset} on, overwritten
   */
  abstract void predict(float[] stream, int offset, int rows, float[] out, int outOffset);

  @Override
  public final int length() {
    return length;
  }

  @Override
  public final float[] prefill(int[] sequence) {
    start(sequence);
    forward(0);
    return lastLogits(length - 1);
  }

  @Override
  public final float[] step(int token) {
    if (length == capacity) {
      throw new IllegalArgumentException(
          "length (" + length + ") must be less than capacity (" + capacity + ")");
    }
    Tokens.check(token, shape.vocabulary());
    tokens[length++] = token;
    stepped = true;
    int first = cached ? length - 1 : 0;
    forward(first);
    return lastLogits(length - 1 - first);
  }

  @Override
  public final void rewind() {
    if (!stepped) {
      throw new IllegalStateException("rewind must follow a step");
    }
    stepped = false;
    length--;
  }

  @Override
  public final void score(int[] sequence, float[] out) {
    Tokens.check(sequence, shape.vocabulary(), capacity);
    long values = (long) sequence.length * shape.vocabulary();
    if (out.length < values) {
      throw new IllegalArgumentException(
          "logits (" + out.length + " values) must have at least L × V = " + values);
    }
    start(sequence);
    forward(0);
    for (int row = 0; row < length; row += CHUNK) {
      int rows = Math.min(CHUNK, length - row);
      predict(x, row * shape.width(), rows, out, row * shape.vocabulary());
    }
  }

  @Override
  public final Optional<float[]> attention(int[] sequence, int layer, int head) {
    heads(shape).check(layer, head);
    start(sequence);
    embed(0);
    for (int i = 0; i < layer; i++) {
      layer(i, 0);
    }
    queriesKeysValues(layer, 0);
    int rows = length;
    // The layers above have not seen the sequence.
    length = 0;
    return Optional.of(
        attention.weights(keyValues[cached ? layer : 0], head, 0, rows, mixed, 0, queryWidth));
  }

  @Override
  public final long stateBytes() {
    return cached
        ? 2L * Float.BYTES * keyValues.length * keyWidth * length
        : (long) Integer.BYTES * length;
  }

  private void start(int[] sequence) {
    Tokens.check(sequence, shape.vocabulary(), capacity);
    System.arraycopy(sequence, 0, tokens, 0, sequence.length);
    length = sequence.length;
    stepped = false;
  }

  /** Computes the residual stream of the positions {@code first … length−1}. */
  private void forward(int first) {
    embed(first);
    for (int layer = 0; layer < shape.layers(); layer++) {
      layer(layer, first);
    }
  }

  private void embed(int first) {
    for (int position = first; position < length; position++) {
      embed(tokens[position], position, x, (position - first) * shape.width());
    }
  }

  private void layer(int layer, int first) {
    queriesKeysValues(layer, first);
    KeyValues kept = keyValues[cached ? layer : 0];
    attention.apply(kept, first, length - first, mixed, 0, queryWidth, mixed, 0, queryWidth);
    for (int row = 0; row < length - first; row += CHUNK) {
      int rows = Math.min(CHUNK, length - first - row);
      finish(layer, rows, mixed, row * queryWidth, x, row * shape.width());
    }
  }

  /** Adds {@link #update} to rows of the residual stream. */
  final void add(float[] stream, int offset, int rows) {
    for (int i = 0; i < rows * shape.width(); i++) {
      stream[offset + i] += update[i];
    }
  }

  /** Stores a layer's keys and values, and leaves its queries in {@link #mixed}. */
  private void queriesKeysValues(int layer, int first) {
    int stride = queryWidth + 2 * keyWidth;
    for (int position = first; position < length; position += CHUNK) {
      int rows = Math.min(CHUNK, length - position);
      int row = position - first;
      project(layer, position, rows, x, row * shape.width(), projected);
      attention.store(
          keyValues[cached ? layer : 0],
          position,
          rows,
          projected,
          queryWidth,
          queryWidth + keyWidth,
          stride);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(projected, r * stride, mixed, (row + r) * queryWidth, queryWidth);
      }
    }
  }

  private float[] lastLogits(int row) {
    predict(x, row * shape.width(), 1, logits, 0);
    return logits;
  }
}
