package dev.ordo.models.kernel;

/**
 * The keys and values of one layer, head after head, in the panels that {@link Gemm} reads; made by
 * {@link Attention#keyValues} or {@link BiasedAttention#keyValues}, for which alone they are.
 */
public final class KeyValues {

  private final int heads;
  private final int headWidth;

  /** The head width rounded up to whole vectors. */
  private final int valueStride;

  /** The capacity rounded up to whole panels. */
  private final int positions;

  /** Shape (heads, positions / PANEL, headWidth, PANEL): panels of Kᵀ. */
  private final float[] keys;

  /**
   * For each head panels of V: all but the last (positions, PANEL), the last at need (positions,
   * LANES).
   */
  private final float[] values;

  private final float[] zeros = new float[Gemm.PANEL];

  KeyValues(int heads, int headWidth, int capacity) {
    this.heads = heads;
    this.headWidth = headWidth;
    valueStride = roundUp(headWidth, Gemm.LANES);
    positions = roundUp(capacity, Gemm.PANEL);
    keys = new float[heads * positions * headWidth];
    values = new float[heads * positions * valueStride];
  }

  /** Returns how many floats the larger array takes. */
  static long floats(int heads, int headWidth, int capacity) {
    long width = ((long) headWidth + Gemm.LANES - 1) / Gemm.LANES * Gemm.LANES;
    long rows = ((long) capacity + Gemm.PANEL - 1) / Gemm.PANEL * Gemm.PANEL;
    return width * rows > Integer.MAX_VALUE ? Long.MAX_VALUE : heads * width * rows;
  }

  /** Rounds up to a multiple. */
  static int roundUp(int count, int unit) {
    return (count + unit - 1) / unit * unit;
  }

  /** Stores keys and values of some positions: see {@link Attention#store}. */
  void store(int position, int rows, float[] x, int keyOffset, int valueOffset, int stride) {
    for (int h = 0; h < heads; h++) {
      for (int r = 0; r < rows; r++) {
        int p = position + r;
        int row = r * stride + h * headWidth;
        int key = panel(h, p / Gemm.PANEL) + p % Gemm.PANEL;
        for (int j = 0; j < headWidth; j++) {
          keys[key + j * Gemm.PANEL] = x[keyOffset + row + j];
        }
        for (int column = 0, width; column < headWidth; column += width) {
          width = width(column);
          System.arraycopy(
              x,
              valueOffset + row + column,
              values,
              values(h, column) + p * width,
              Math.min(width, headWidth - column));
        }
      }
    }
  }

  /**
   * Computes scores Q·Kᵀ, not scaled.
   *
   * @param head the key-value head
   * @param from the first key, a multiple of {@link Gemm#PANEL}
   * @param count the number of keys; scores are written up to the next multiple of PANEL, and mean
   *     nothing from {@code count} on
   * @param q queries of {@code headWidth} floats, {@code qStride} floats from row to row
   * @param scores shape (rows, count), {@code stride} floats from row to row
   */
  void score(
      int head,
      int from,
      int count,
      float[] q,
      int qOffset,
      int qStride,
      int rows,
      float[] scores,
      int offset,
      int stride) {
    score(head, from, count, q, qOffset, qStride, rows, null, 0, scores, offset, stride);
  }

  /**
   * Computes scores Q·Kᵀ + b, not scaled.
   *
   * @param bias b for the distances from queries to keys; null for none
   * @param position the position of the first query; of no meaning without bias
   */
  void score(
      int head,
      int from,
      int count,
      float[] q,
      int qOffset,
      int qStride,
      int rows,
      DistanceBias bias,
      int position,
      float[] scores,
      int offset,
      int stride) {
    for (int column = 0; column < count; column += Gemm.PANEL) {
      int panel = panel(head, (from + column) / Gemm.PANEL);
      Gemm.panel(
          2,
          q,
          qOffset,
          qStride,
          rows,
          keys,
          panel,
          headWidth,
          bias == null ? zeros : bias.values(),
          bias == null ? 0 : bias.row(head, position) + from + column,
          bias == null ? 0 : -1,
          scores,
          offset + column,
          stride);
    }
  }

  /**
   * Computes mixed values P·V, or adds them to what there is.
   *
   * @param head the key-value head
   * @param from the first position of V
   * @param count the number of positions, at least 1
   * @param weights P, shape (rows, count), {@code stride} floats from row to row
   * @param add whether to add
   * @param y shape (rows, {@link #valueStride}), row-major, from index 0 on
   */
  void mix(
      int head,
      int from,
      int count,
      float[] weights,
      int offset,
      int stride,
      int rows,
      boolean add,
      float[] y) {
    for (int column = 0, width; column < headWidth; column += width) {
      width = width(column);
      Gemm.panel(
          width / Gemm.LANES,
          weights,
          offset,
          stride,
          rows,
          values,
          values(head, column) + from * width,
          count,
          add ? y : zeros,
          add ? column : 0,
          add ? valueStride : 0,
          y,
          column,
          valueStride);
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
}
