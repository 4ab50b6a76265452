package dev.ordo.models.kernel;

import java.util.function.IntConsumer;

/**
 * Causal multi-head attention over keys and values kept from earlier positions, and the working
 * memory for it.
 *
 * <p>Source: Vaswani et al., <a href="https://arxiv.org/abs/1706.03762">Attention Is All You
 * Need</a> (2017), equation 1 and section 3.2.2; position i sees positions 0 … i. Heads may share
 * keys and values in groups, as in Ainslie et al., <a href="https://arxiv.org/abs/2305.13245">GQA:
 * Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints</a> (2023): of H
 * heads and G key-value heads, head h reads key-value head ⌊h·G/H⌋. It comes in two {@link Kind}s
 * with equal results.
 *
 * <p>Used by one thread at a time; groups of heads are split over the threads of {@link Workers}.
 */
public final class Attention {

  /** A way of computing the same attention. */
  public enum Kind {
    /**
     * The textbook's: all scores of a head in one matrix, those above the diagonal computed and
     * masked. Working memory grows as queries × keys.
     */
    FULL_MATRIX,
    /**
     * A block of queries meets a block of keys at a time, the softmax runs along, and blocks above
     * the diagonal are skipped. Working memory does not depend on the number of positions.
     */
    TILED
  }

  /** Computes the outputs of some queries of one head. */
  interface Form {

    /**
     * Attends with some rows of queries; row r sees keys 0 … {@code seen + r·step − 1}.
     *
     * @param from keys and values
     * @param head the key-value head
     * @param seen the number of keys that row 0 sees
     * @param step 1 for successive positions, 0 for several heads at one position
     * @param rows the number of rows
     * @param q queries of w floats, {@code qStride} floats from row to row
     * @param y outputs of w floats, {@code yStride} floats from row to row; may be q
     */
    void apply(
        KeyValues from,
        int head,
        int seen,
        int step,
        int rows,
        float[] q,
        int qOffset,
        int qStride,
        float[] y,
        int yOffset,
        int yStride);
  }

  private final int heads;
  private final int keyValueHeads;
  private final int headWidth;
  private final int capacity;
  private final float scale;

  /** One for each thread, with working memory of its own. */
  private final Form[] forms;

  /** What {@link #apply} is called with, for its threads: kept so that nothing is allocated. */
  private final Call call = new Call();

  private final IntConsumer part = this::part;

  private static final class Call {
    private KeyValues from;
    private int position;
    private int rows;
    private float[] q;
    private int qOffset;
    private int qStride;
    private float[] y;
    private int yOffset;
    private int yStride;
    private int parts;
  }

  /**
   * Makes room for attention over at most {@code capacity} positions.
   *
   * @param kind how it is computed
   * @param heads H, the number of heads
   * @param keyValueHeads G, the number of heads of keys and values; divides {@code heads}
   * @param headWidth w, the width of a head; scores are divided by √w
   * @param capacity the largest number of positions
   * @throws IllegalArgumentException if an argument is not positive, if G does not divide H, or if
   *     an array for that many positions would be too long for a JVM
   */
  public Attention(Kind kind, int heads, int keyValueHeads, int headWidth, int capacity) {
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
    if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          "keyValueHeads (" + keyValueHeads + ") must divide heads (" + heads + ")");
    }
    this.heads = heads;
    this.keyValueHeads = keyValueHeads;
    this.headWidth = headWidth;
    this.capacity = capacity;
    scale = (float) (1 / Math.sqrt(headWidth));
    int group = heads / keyValueHeads;
    long floats = KeyValues.floats(keyValueHeads, headWidth, capacity);
    if (kind == Kind.FULL_MATRIX) {
      floats = Math.max(floats, FullMatrix.floats(Math.max(group, capacity), capacity));
    }
    if (floats > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "capacity ("
              + capacity
              + ") must be smaller for "
              + heads
              + " heads of width "
              + headWidth);
    }
    forms = new Form[Math.min(Workers.threads(), keyValueHeads)];
    for (int i = 0; i < forms.length; i++) {
      forms[i] =
          switch (kind) {
            case FULL_MATRIX ->
                new FullMatrix(headWidth, Math.max(group, capacity), capacity, scale);
            case TILED -> new Tiles(headWidth, scale);
          };
    }
  }

  /** Makes room for the keys and values of one layer, for use with this attention. */
  public KeyValues keyValues() {
    return new KeyValues(keyValueHeads, headWidth, capacity);
  }

  /**
   * Stores keys and values of some positions. Allocates nothing.
   *
   * @param to where to store them
   * @param position the first position
   * @param rows the number of positions
   * @param x holds a key and a value of G·w floats a position, head after head; not modified
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
   * Attends from some positions to all up to and including each; their own keys and values must be
   * stored. Allocates nothing.
   *
   * @param from keys and values
   * @param position the first position
   * @param rows the number of positions
   * @param q queries, H·w floats a position, head after head; not modified
   * @param qOffset where the first query begins
   * @param qStride floats from query to query
   * @param y outputs, H·w floats a position, head after head, overwritten; they may take the places
   *     of their queries, and must not overlap q otherwise
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
    PositionRange.check(position, rows, capacity);
    call.from = from;
    call.position = position;
    call.rows = rows;
    call.q = q;
    call.qOffset = qOffset;
    call.qStride = qStride;
    call.y = y;
    call.yOffset = yOffset;
    call.yStride = yStride;
    double operations = 4.0 * heads * headWidth * rows * (position + rows / 2.0);
    call.parts = Workers.parts(operations, forms.length);
    Workers.each(call.parts, part);
  }

  /** Attends with some groups of heads: no sum is cut in two. */
  private void part(int index) {
    int end = Workers.start(index + 1, call.parts, keyValueHeads, 1);
    for (int g = Workers.start(index, call.parts, keyValueHeads, 1); g < end; g++) {
      group(forms[index], g);
    }
  }

  private void group(Form form, int g) {
    int size = heads / keyValueHeads;
    int w = headWidth;
    int q = call.qOffset + g * size * w;
    int y = call.yOffset + g * size * w;
    int seen = call.position + 1;
    if (call.rows == 1) {
      // The heads of a group are the rows of one product: keys and values are read once for all.
      form.apply(call.from, g, seen, 0, size, call.q, q, w, call.y, y, w);
      return;
    }
    for (int h = 0; h < size; h++) {
      form.apply(
          call.from,
          g,
          seen,
          1,
          call.rows,
          call.q,
          q + h * w,
          call.qStride,
          call.y,
          y + h * w,
          call.yStride);
    }
  }

  /**
   * Returns the weights with which one head mixes the values: the softmax of its scores. Each row
   * sums to 1; weights of later positions are 0.
   *
   * @param from keys and values
   * @param head the head, 0 … H−1
   * @param position the first position
   * @param rows the number of positions
   * @param q queries, as for {@link #apply}; not modified
   * @param qOffset where the first query begins
   * @param qStride floats from query to query
   * @return shape (rows, position + rows), row-major; the caller's own
   * @throws IndexOutOfBoundsException if there is no such head, the positions are not in 0 …
   *     capacity−1, or an array is too short
   * @throws IllegalArgumentException if there are too many weights for one array
   */
  public float[] weights(
      KeyValues from, int head, int position, int rows, float[] q, int qOffset, int qStride) {
    PositionRange.check(position, rows, capacity);
    if (head < 0 || head >= heads) {
      throw new IndexOutOfBoundsException("head (" + head + ") must be in 0.." + (heads - 1));
    }
    int seen = position + rows;
    if ((long) rows * seen > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rows × keys (" + (long) rows * seen + ") must be less than 2³¹");
    }
    int padded = (seen + Gemm.PANEL - 1) / Gemm.PANEL * Gemm.PANEL;
    float[] row = new float[padded];
    float[] inverse = new float[1];
    float[] weights = new float[rows * seen];
    for (int r = 0; r < rows; r++) {
      int keys = position + r + 1;
      int at = qOffset + r * qStride + head * headWidth;
      from.score(head / (heads / keyValueHeads), 0, keys, q, at, qStride, 1, row, 0, padded);
      Softmax.causal(row, 0, padded, 1, keys, padded, scale, inverse, 0);
      for (int k = 0; k < keys; k++) {
        weights[r * seen + k] = row[k] * inverse[0];
      }
    }
    return weights;
  }
}
