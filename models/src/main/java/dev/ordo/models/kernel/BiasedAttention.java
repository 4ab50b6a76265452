package dev.ordo.models.kernel;

import java.util.Objects;

/**
 * Multi-head attention in which a query sees all keys, or those up to its own position, with an
 * optional bias for the distance between query and key; and the working memory for it.
 *
 * <p>Source: Vaswani et al., <a href="https://arxiv.org/abs/1706.03762">Attention Is All You
 * Need</a> (2017), equation 1 and section 3.2.2; the bias as in Raffel et al., <a
 * href="https://arxiv.org/abs/1910.10683">Exploring the Limits of Transfer Learning with a Unified
 * Text-to-Text Transformer</a> (2020), section 2.1: weights are softmax(s·(q·k + b)). Queries are
 * taken in blocks: one block's scores against all keys that it may see are one matrix product, as
 * are its outputs. The bias depends on the distance alone, so that the row of biases of the next
 * query is the same row one value earlier: it is what the sums of that matrix product start from,
 * and costs nothing.
 *
 * <p>Used by one thread at a time.
 */
public final class BiasedAttention {

  /** Queries in a block: enough to use a panel of keys several times while it is in the cache. */
  private static final int BLOCK = 32;

  private final int heads;
  private final int headWidth;
  private final int capacity;
  private final float scale;

  /** The head width rounded up to whole vectors. */
  private final int valueStride;

  /** A vector more than whole panels: rows a power of two apart would evict each other. */
  private final int scoreStride;

  /** One a thread. */
  private final Scratch[] scratch;

  /**
   * Makes room for attention to at most {@code capacity} keys.
   *
   * @param heads H, the number of heads
   * @param headWidth w, the width of a head
   * @param capacity the largest number of keys
   * @param scale s, positive: the factor of all scores
   * @throws IllegalArgumentException if an argument is not positive, or an array for that many keys
   *     would be too long for a JVM
   */
  public BiasedAttention(int heads, int headWidth, int capacity, float scale) {
    if (heads < 1 || headWidth < 1 || capacity < 1 || !(scale > 0)) {
      throw new IllegalArgumentException(
          "heads ("
              + heads
              + "), headWidth ("
              + headWidth
              + "), capacity ("
              + capacity
              + ") and scale ("
              + scale
              + ") must be positive");
    }
    this.heads = heads;
    this.headWidth = headWidth;
    this.capacity = capacity;
    this.scale = scale;
    long padded = ((long) capacity + Gemm.PANEL - 1) / Gemm.PANEL * Gemm.PANEL;
    if (Math.max(KeyValues.floats(heads, headWidth, capacity), (padded + Gemm.LANES) * BLOCK)
        > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "capacity ("
              + capacity
              + ") must be smaller for "
              + heads
              + " heads of width "
              + headWidth);
    }
    valueStride = KeyValues.roundUp(headWidth, Gemm.LANES);
    scoreStride = (int) padded + Gemm.LANES;
    scratch = new Scratch[Math.min(heads, Workers.threads())];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(BLOCK * scoreStride, BLOCK * valueStride);
    }
  }

  /** What a thread works in. */
  private static final class Scratch {

    /** Shape (BLOCK, scoreStride): scores, then weights before they are divided by their sum. */
    final float[] scores;

    /** Shape (BLOCK): one over the sums of the weights. */
    final float[] inverses = new float[BLOCK];

    /** Shape (BLOCK, valueStride). */
    final float[] outputs;

    Scratch(int scores, int outputs) {
      this.scores = new float[scores];
      this.outputs = new float[outputs];
    }
  }

  /** Makes room for keys and values. */
  public KeyValues keyValues() {
    return new KeyValues(heads, headWidth, capacity);
  }

  /**
   * Stores keys and values of some positions. Allocates nothing.
   *
   * @param to where to store them
   * @param position the first position
   * @param rows the number of positions
   * @param x holds a key and a value of H·w floats a position, head after head; not modified
   * @param keyOffset where the first key begins
   * @param valueOffset where the first value begins
   * @param stride floats from one position's key to the next one's, and likewise for values
   * @throws IndexOutOfBoundsException if the positions are not in 0 … capacity−1 or x is too short
   */
  public void store(
      KeyValues to, int position, int rows, float[] x, int keyOffset, int valueOffset, int stride) {
    PositionRange.check(position, rows, capacity);
    to.store(position, rows, x, keyOffset, valueOffset, stride);
  }

  /**
   * Attends from every query to the same keys. Allocates nothing.
   *
   * @param from keys and values
   * @param keys how many of them there are, at least 1
   * @param bias added to the scores before they are scaled; null for none
   * @param position the position of the first query; of no meaning without bias
   * @param rows the number of queries
   * @param q queries, H·w floats each, head after head; not modified
   * @param qOffset where the first query begins
   * @param qStride floats from query to query
   * @param y outputs, H·w floats each, head after head, overwritten; must not overlap q
   * @param yOffset where the first output begins
   * @param yStride floats from output to output
   * @throws IndexOutOfBoundsException if there are more keys than the capacity, if positions of
   *     queries or keys are beyond the reach of the bias, or if an array is too short
   */
  public void all(
      KeyValues from,
      int keys,
      DistanceBias bias,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride,
      float[] y,
      int yOffset,
      int yStride) {
    PositionRange.check(0, keys, capacity);
    split(false, from, keys, bias, position, rows, q, qOffset, qStride, y, yOffset, yStride);
  }

  /**
   * Attends from some positions to all up to and including each; their own keys and values must be
   * stored. Allocates nothing.
   *
   * @param from keys and values
   * @param bias added to the scores before they are scaled; null for none
   * @param position the position of the first query
   * @param rows the number of queries
   * @param q queries, H·w floats each, head after head; not modified
   * @param qOffset where the first query begins
   * @param qStride floats from query to query
   * @param y outputs, H·w floats each, head after head, overwritten; must not overlap q
   * @param yOffset where the first output begins
   * @param yStride floats from output to output
   * @throws IndexOutOfBoundsException if the positions are not in 0 … capacity−1 or beyond the
   *     reach of the bias, or if an array is too short
   */
  public void causal(
      KeyValues from,
      DistanceBias bias,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride,
      float[] y,
      int yOffset,
      int yStride) {
    PositionRange.check(position, rows, capacity);
    int keys = position + rows;
    split(true, from, keys, bias, position, rows, q, qOffset, qStride, y, yOffset, yStride);
  }

  /**
   * Computes with which weights a head mixes the values for one query. Allocates nothing.
   *
   * @param from keys and values
   * @param head the head, from 0
   * @param keys how many keys the query sees, at least 1
   * @param bias added to the scores before they are scaled; null for none
   * @param position the position of the query; of no meaning without bias
   * @param q the query, H·w floats from {@code qOffset} on; not modified
   * @param weights where the weights go, shape (keys) from {@code offset} on
   * @throws IndexOutOfBoundsException as {@link #all}, or if there is no such head
   */
  public void weights(
      KeyValues from,
      int head,
      int keys,
      DistanceBias bias,
      int position,
      float[] q,
      int qOffset,
      float[] weights,
      int offset) {
    PositionRange.check(0, keys, capacity);
    PositionRange.check(
        Math.max(keys - 1, position), 1, bias == null ? Integer.MAX_VALUE : bias.reach());
    int query = qOffset + Objects.checkIndex(head, heads) * headWidth;
    Scratch work = scratch[0];
    from.score(head, 0, keys, q, query, headWidth, 1, bias, position, work.scores, 0, scoreStride);
    Softmax.causal(work.scores, 0, scoreStride, 1, keys, keys, scale, work.inverses, 0);
    for (int k = 0; k < keys; k++) {
      weights[offset + k] = work.scores[k] * work.inverses[0];
    }
  }

  /** Shares the heads out among the threads. */
  private void split(
      boolean causal,
      KeyValues from,
      int keys,
      DistanceBias bias,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride,
      float[] y,
      int yOffset,
      int yStride) {
    if (bias != null) {
      PositionRange.check(0, Math.max(keys, position + rows), bias.reach());
    }
    int parts = Workers.parts(4.0 * heads * headWidth * keys * rows, scratch.length);
    if (parts == 1) {
      heads(
          scratch[0],
          0,
          heads,
          causal,
          from,
          keys,
          bias,
          position,
          rows,
          q,
          qOffset,
          qStride,
          y,
          yOffset,
          yStride);
      return;
    }
    Workers.each(
        parts,
        part ->
            heads(
                scratch[part],
                Workers.start(part, parts, heads, 1),
                Workers.start(part + 1, parts, heads, 1),
                causal,
                from,
                keys,
                bias,
                position,
                rows,
                q,
                qOffset,
                qStride,
                y,
                yOffset,
                yStride));
  }

  private void heads(
      Scratch work,
      int firstHead,
      int endHead,
      boolean causal,
      KeyValues from,
      int keys,
      DistanceBias bias,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride,
      float[] y,
      int yOffset,
      int yStride) {
    for (int h = firstHead; h < endHead; h++) {
      for (int r = 0; r < rows; r += BLOCK) {
        int count = Math.min(BLOCK, rows - r);
        int first = position + r;
        int seen = causal ? first + count : keys;
        int query = qOffset + r * qStride + h * headWidth;
        from.score(h, 0, seen, q, query, qStride, count, bias, first, work.scores, 0, scoreStride);
        if (causal) {
          Softmax.causal(
              work.scores, 0, scoreStride, count, first + 1, seen, scale, work.inverses, 0);
        } else {
          for (int i = 0; i < count; i++) {
            Softmax.causal(
                work.scores, i * scoreStride, scoreStride, 1, seen, seen, scale, work.inverses, i);
          }
        }
        mix(work, from, h, seen, count, y, yOffset + r * yStride + h * headWidth, yStride);
      }
    }
  }

  /** Computes the outputs of a block of queries from their weights. */
  private void mix(
      Scratch work,
      KeyValues from,
      int head,
      int keys,
      int rows,
      float[] y,
      int yOffset,
      int yStride) {
    from.mix(head, 0, keys, work.scores, 0, scoreStride, rows, false, work.outputs);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < headWidth; j++) {
        y[yOffset + r * yStride + j] = work.outputs[r * valueStride + j] * work.inverses[r];
      }
    }
  }
}
