package dev.ordo.models.kernel;

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

  /** The capacity rounded up to whole panels. */
  private final int positions;

  /** A vector more than {@code positions}: rows a power of two apart would evict each other. */
  private final int scoreStride;

  /** One a thread. */
  private final Scratch[] scratch;

  private final float[] zeros = new float[Gemm.PANEL];

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
    long valueWidth = roundUp(headWidth, Gemm.LANES);
    long padded = roundUp(capacity, Gemm.PANEL);
    if (Math.max(padded * heads * valueWidth, (padded + Gemm.LANES) * BLOCK)
        > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "capacity ("
              + capacity
              + ") must be smaller for "
              + heads
              + " heads of width "
              + headWidth);
    }
    valueStride = (int) valueWidth;
    positions = (int) padded;
    scoreStride = positions + Gemm.LANES;
    scratch = new Scratch[Math.min(heads, Workers.threads())];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Scratch(BLOCK * scoreStride, BLOCK * valueStride);
    }
  }

  private static long roundUp(int count, int unit) {
    return ((long) count + unit - 1) / unit * unit;
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

  /** Keys and values, for use with the {@link BiasedAttention} that made them. */
  public static final class KeyValues {

    /** Shape (heads, capacity / PANEL, headWidth, PANEL): panels of Kᵀ. */
    private final float[] keys;

    /**
     * For each head panels of V: all but the last (capacity, PANEL), the last at need (capacity,
     * LANES).
     */
    private final float[] values;

    private KeyValues(int keys, int values) {
      this.keys = new float[keys];
      this.values = new float[values];
    }
  }

  /** A bias for every head and every distance from query to key. Immutable. */
  public static final class Bias {

    private final int reach;
    private final int stride;
    private final float[] values;

    /**
     * Makes a bias for positions 0 … reach−1 of queries and keys.
     *
     * @param heads H, the number of heads
     * @param reach the number of positions
     * @param table shape (H, 2·reach − 1), row-major, copied: the bias of a head for key − query =
     *     −(reach − 1) … reach − 1
     * @throws IllegalArgumentException if a size is not positive or the table has another length
     */
    public Bias(int heads, int reach, float[] table) {
      if (heads < 1 || reach < 1) {
        throw new IllegalArgumentException(
            "heads (" + heads + ") and reach (" + reach + ") must be positive");
      }
      long length = heads * (2L * reach - 1);
      if (table.length != length) {
        throw new IllegalArgumentException(
            "table (" + table.length + " values) must have heads × (2·reach − 1) = " + length);
      }
      this.reach = reach;
      // The last panel of keys may go beyond the last key.
      stride = 2 * reach - 1 + Gemm.PANEL;
      values = new float[Math.multiplyExact(heads, stride)];
      for (int h = 0; h < heads; h++) {
        System.arraycopy(table, h * (2 * reach - 1), values, h * stride, 2 * reach - 1);
      }
    }

    /** Returns where the bias of a query and the key at position 0 is. */
    private int row(int head, int query) {
      return head * stride + reach - 1 - query;
    }
  }

  /** Makes room for keys and values. */
  public KeyValues keyValues() {
    return new KeyValues(heads * positions * headWidth, heads * positions * valueStride);
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
    checkPositions(position, rows, capacity);
    for (int h = 0; h < heads; h++) {
      for (int r = 0; r < rows; r++) {
        int p = position + r;
        int row = r * stride + h * headWidth;
        int key = panel(h, p / Gemm.PANEL) + p % Gemm.PANEL;
        for (int j = 0; j < headWidth; j++) {
          to.keys[key + j * Gemm.PANEL] = x[keyOffset + row + j];
        }
        for (int column = 0, width; column < headWidth; column += width) {
          width = width(column);
          System.arraycopy(
              x,
              valueOffset + row + column,
              to.values,
              values(h, column) + p * width,
              Math.min(width, headWidth - column));
        }
      }
    }
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
      Bias bias,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride,
      float[] y,
      int yOffset,
      int yStride) {
    checkPositions(0, keys, capacity);
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
      Bias bias,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride,
      float[] y,
      int yOffset,
      int yStride) {
    checkPositions(position, rows, capacity);
    int keys = position + rows;
    split(true, from, keys, bias, position, rows, q, qOffset, qStride, y, yOffset, yStride);
  }

  /** Shares the heads out among the threads. */
  private void split(
      boolean causal,
      KeyValues from,
      int keys,
      Bias bias,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride,
      float[] y,
      int yOffset,
      int yStride) {
    if (bias != null) {
      checkPositions(0, Math.max(keys, position + rows), bias.reach);
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
      Bias bias,
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
        score(work, from, h, seen, bias, first, count, q, query, qStride);
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

  /** Computes the scores of a block of queries into its scores. */
  private void score(
      Scratch work,
      KeyValues from,
      int head,
      int keys,
      Bias bias,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride) {
    for (int column = 0; column < keys; column += Gemm.PANEL) {
      Gemm.panel(
          2,
          q,
          qOffset,
          qStride,
          rows,
          from.keys,
          panel(head, column / Gemm.PANEL),
          headWidth,
          bias == null ? zeros : bias.values,
          bias == null ? 0 : bias.row(head, position) + column,
          bias == null ? 0 : -1,
          work.scores,
          column,
          scoreStride);
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
    for (int column = 0, width; column < headWidth; column += width) {
      width = width(column);
      Gemm.panel(
          width / Gemm.LANES,
          work.scores,
          0,
          scoreStride,
          rows,
          from.values,
          values(head, column),
          keys,
          zeros,
          0,
          0,
          work.outputs,
          column,
          valueStride);
    }
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < headWidth; j++) {
        y[yOffset + r * yStride + j] = work.outputs[r * valueStride + j] * work.inverses[r];
      }
    }
  }

  /** Returns where a panel of keys begins. */
  private int panel(int head, int panel) {
    return (head * positions + panel * Gemm.PANEL) * headWidth;
  }

  /** Returns where the panel of values begins whose first column is {@code column}. */
  private int values(int head, int column) {
    return (head * valueStride + column) * positions;
  }

  /** Returns the width of the panel of values whose first column is {@code column}. */
  private int width(int column) {
    return valueStride - column >= Gemm.PANEL ? Gemm.PANEL : Gemm.LANES;
  }

  private static void checkPositions(int position, int rows, int limit) {
    if (position < 0 || rows < 0 || rows > limit - position) {
      throw new IndexOutOfBoundsException(
          "positions "
              + position
              + ".."
              + ((long) position + rows - 1)
              + " must be in 0.."
              + (limit - 1));
    }
  }
}
