package dev.ordo.models.kernel;

/**
 * Causal multi-head attention over keys and values kept from earlier positions, and the working
 * memory for it.
 *
 * <p>Source: Vaswani et al., <a href="https://arxiv.org/abs/1706.03762">Attention Is All You
 * Need</a> (2017), equation 1 and section 3.2.2; position i sees positions 0 … i. Queries are taken
 * in blocks: one block's scores against all keys that it may see are one matrix product, as are its
 * outputs; scores above the diagonal are computed only within a block's last panel.
 *
 * <p>Used by one thread at a time.
 */
public final class Attention {

  /** Queries in a block: enough to use a panel of keys several times while it is in the cache. */
  private static final int BLOCK = 32;

  private final int heads;
  private final int headWidth;
  private final int capacity;

  /** The head width rounded up to whole vectors. */
  private final int valueStride;

  /** The capacity rounded up to whole panels. */
  private final int positions;

  /** A vector more than {@code positions}: rows a power of two apart would evict each other. */
  private final int scoreStride;

  private final float scale;

  /** Shape (BLOCK, scoreStride): scores, then weights before they are divided by their sum. */
  private final float[] scores;

  /** Shape (BLOCK): one over the sums of the weights. */
  private final float[] inverses = new float[BLOCK];

  /** Shape (BLOCK, valueStride). */
  private final float[] outputs;

  private final float[] zeros = new float[Gemm.PANEL];

  /**
   * Makes room for attention over at most {@code capacity} positions.
   *
   * @param heads H, the number of heads
   * @param headWidth w, the width of a head; scores are divided by √w
   * @param capacity the largest number of positions
   * @throws IllegalArgumentException if an argument is not positive, or an array for that many
   *     positions would be too long for a JVM
   */
  public Attention(int heads, int headWidth, int capacity) {
    if (heads < 1 || headWidth < 1 || capacity < 1) {
      throw new IllegalArgumentException(
          "heads ("
              + heads
              + "), headWidth ("
              + headWidth
              + ") and capacity ("
              + capacity
              + ") must be positive");
    }
    this.heads = heads;
    this.headWidth = headWidth;
    this.capacity = capacity;
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
    scale = (float) (1 / Math.sqrt(headWidth));
    scores = new float[Math.min(BLOCK, capacity) * scoreStride];
    outputs = new float[Math.min(BLOCK, capacity) * valueStride];
  }

  private static long roundUp(int count, int unit) {
    return ((long) count + unit - 1) / unit * unit;
  }

  /** The keys and values of one layer, for use with the {@link Attention} that made them. */
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

  /** Makes room for the keys and values of one layer. */
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
    checkPositions(position, rows);
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
   * Attends from some positions to all up to and including each; their own keys and values must be
   * stored. Allocates nothing.
   *
   * @param from keys and values
   * @param position the first position
   * @param rows the number of positions
   * @param q queries, H·w floats a position, head after head; not modified
   * @param qOffset where the first query begins
   * @param qStride floats from query to query
   * @param y outputs, H·w floats a position, head after head, overwritten; must not overlap q
   * @param yOffset where the first output begins
   * @param yStride floats from output to output
   * @throws IndexOutOfBoundsException if the positions are not in 0 … capacity−1 or an array is too
   *     short
   */
  public void apply(
      KeyValues from,
      int position,
      int rows,
      float[] q,
      int qOffset,
      int qStride,
      float[] y,
      int yOffset,
      int yStride) {
    checkPositions(position, rows);
    for (int h = 0; h < heads; h++) {
      for (int r = 0; r < rows; r += BLOCK) {
        int count = Math.min(BLOCK, rows - r);
        score(from, h, position + r, count, q, qOffset + r * qStride + h * headWidth, qStride);
        mix(from, h, position + r, count, y, yOffset + r * yStride + h * headWidth, yStride);
      }
    }
  }

  /** Computes the attention weights of a block of queries into {@link #scores}. */
  private void score(
      KeyValues from, int head, int position, int rows, float[] q, int qOffset, int qStride) {
    int seen = position + rows;
    for (int column = 0; column < seen; column += Gemm.PANEL) {
      int panel = panel(head, column / Gemm.PANEL);
      Gemm.panel(
          2,
          q,
          qOffset,
          qStride,
          rows,
          from.keys,
          panel,
          headWidth,
          zeros,
          0,
          0,
          scores,
          column,
          scoreStride);
    }
    int width = (seen + Gemm.LANES - 1) / Gemm.LANES * Gemm.LANES;
    Softmax.causal(scores, 0, scoreStride, rows, position + 1, width, scale, inverses, 0);
  }

  /** Computes the outputs of a block of queries from their weights. */
  private void mix(
      KeyValues from, int head, int position, int rows, float[] y, int yOffset, int yStride) {
    int seen = position + rows;
    for (int column = 0, width; column < headWidth; column += width) {
      width = width(column);
      Gemm.panel(
          width / Gemm.LANES,
          scores,
          0,
          scoreStride,
          rows,
          from.values,
          values(head, column),
          seen,
          zeros,
          0,
          0,
          outputs,
          column,
          valueStride);
    }
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < headWidth; j++) {
        y[yOffset + r * yStride + j] = outputs[r * valueStride + j] * inverses[r];
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

  private void checkPositions(int position, int rows) {
    if (position < 0 || rows < 0 || rows > capacity - position) {
      throw new IndexOutOfBoundsException(
          "positions "
              + position
              + ".."
              + ((long) position + rows - 1)
              + " must be in 0.."
              + (capacity - 1));
    }
  }
}
