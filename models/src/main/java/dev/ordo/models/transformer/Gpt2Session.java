package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.kernel.Attention;
import dev.ordo.models.kernel.KeyValues;
import dev.ordo.models.kernel.Gelu;
import java.util.List;

/**
 * One sequence on its way through {@link Gpt2}, with or without a cache.
 *
 * <p>Both kinds run the same forward pass over a range of positions, layer after layer: with a
 * cache from the first position that is new, without one from position 0. Without a cache the
 * layers share one set of keys and values, which holds nothing that a later call reads.
 */
final class Gpt2Session implements Session {

  /** Positions that go through a layer together: their activations stay in the cache. */
  private static final int CHUNK = 128;

  private final Gpt2 model;
  private final int d;
  private final int inner;
  private final int vocabulary;
  private final int capacity;
  private final boolean cached;
  private final float[] positions;
  private final Attention attention;
  private final KeyValues[] keyValues;

  /** All token ids taken in; with a cache, only those of the present call are read. */
  private final int[] tokens;

  /** The residual stream, shape (capacity, d); the first row is the first position computed. */
  private final float[] x;

  /** Shape (CHUNK, d): what a layer reads. */
  private final float[] normed;

  /** Shape (CHUNK, 3d): queries, keys and values. */
  private final float[] qkv;

  /** Shape (CHUNK, inner). */
  private final float[] hidden;

  /** Shape (CHUNK, d): what a layer adds to the residual stream. */
  private final float[] update;

  /** Shape (V). */
  private final float[] logits;

  private int length;
  private boolean stepped;

  Gpt2Session(Gpt2 model, int capacity, boolean cached) {
    this.model = model;
    this.capacity = capacity;
    this.cached = cached;
    ModelShape shape = model.shape();
    d = shape.width();
    inner = model.inner();
    vocabulary = shape.vocabulary();
    positions = model.positionRows().first(capacity);
    attention = new Attention(shape.heads(), d / shape.heads(), capacity);
    keyValues = new KeyValues[cached ? shape.layers() : 1];
    for (int i = 0; i < keyValues.length; i++) {
      keyValues[i] = attention.keyValues();
    }
    tokens = new int[capacity];
    x = new float[capacity * d];
    int chunk = Math.min(CHUNK, capacity);
    normed = new float[chunk * d];
    qkv = new float[chunk * 3 * d];
    hidden = new float[chunk * inner];
    update = new float[chunk * d];
    logits = new float[vocabulary];
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public float[] prefill(int[] sequence) {
    start(sequence);
    forward(0);
    return lastLogits(length - 1);
  }

  @Override
  public float[] step(int token) {
    if (length == capacity) {
      throw new IllegalArgumentException(
          "length (" + length + ") must be less than capacity (" + capacity + ")");
    }
    Tokens.check(token, vocabulary);
    tokens[length++] = token;
    stepped = true;
    int first = cached ? length - 1 : 0;
    forward(first);
    return lastLogits(length - 1 - first);
  }

  @Override
  public void rewind() {
    if (!stepped) {
      throw new IllegalStateException("rewind must follow a step");
    }
    stepped = false;
    length--;
  }

  @Override
  public void score(int[] sequence, float[] out) {
    Tokens.check(sequence, vocabulary, capacity);
    if (out.length < (long) sequence.length * vocabulary) {
      throw new IllegalArgumentException(
          "logits ("
              + out.length
              + " values) must have at least L × V = "
              + (long) sequence.length * vocabulary);
    }
    start(sequence);
    forward(0);
    for (int row = 0; row < length; row += CHUNK) {
      int rows = Math.min(CHUNK, length - row);
      model.finalNorm().apply(x, row * d, rows, normed, 0);
      model.head().apply(normed, 0, rows, out, row * vocabulary);
    }
  }

  @Override
  public long stateBytes() {
    return cached
        ? 2L * Float.BYTES * keyValues.length * d * length
        : (long) Integer.BYTES * length;
  }

  private void start(int[] sequence) {
    Tokens.check(sequence, vocabulary, capacity);
    System.arraycopy(sequence, 0, tokens, 0, sequence.length);
    length = sequence.length;
    stepped = false;
  }

  /** Computes the residual stream of the positions {@code first … length−1}. */
  private void forward(int first) {
    for (int position = first; position < length; position++) {
      int token = tokens[position] * d;
      int row = (position - first) * d;
      for (int j = 0; j < d; j++) {
        x[row + j] = model.embedding()[token + j] + positions[position * d + j];
      }
    }
    List<Gpt2.Block> blocks = model.blocks();
    for (int layer = 0; layer < blocks.size(); layer++) {
      for (int position = first; position < length; position += CHUNK) {
        int rows = Math.min(CHUNK, length - position);
        block(blocks.get(layer), keyValues[cached ? layer : 0], position, rows, position - first);
      }
    }
  }

  /** Computes one block for a chunk of positions, which begin at row {@code row} of x. */
  private void block(Gpt2.Block block, KeyValues kept, int position, int rows, int row) {
    block.attentionNorm().apply(x, row * d, rows, normed, 0);
    block.queriesKeysValues().apply(normed, 0, rows, qkv, 0);
    attention.store(kept, position, rows, qkv, d, 2 * d, 3 * d);
    attention.apply(kept, position, rows, qkv, 0, 3 * d, normed, 0, d);
    block.attentionProjection().apply(normed, 0, rows, update, 0);
    add(row * d, rows * d);
    block.innerNorm().apply(x, row * d, rows, normed, 0);
    block.expansion().apply(normed, 0, rows, hidden, 0);
    Gelu.tanh(hidden, 0, rows * inner);
    block.innerProjection().apply(hidden, 0, rows, update, 0);
    add(row * d, rows * d);
  }

  private void add(int offset, int count) {
    for (int i = 0; i < count; i++) {
      x[offset + i] += update[i];
    }
  }

  private float[] lastLogits(int row) {
    model.finalNorm().apply(x, row * d, 1, normed, 0);
    model.head().apply(normed, 0, 1, logits, 0);
    return logits;
  }
}
