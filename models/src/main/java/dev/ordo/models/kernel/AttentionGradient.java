package dev.ordo.models.kernel;

import java.util.Arrays;

/**
 * One head of causal attention over a whole sequence, forward and backward, in blocks of queries;
 * what lies above the diagonal is left out but for the tiles that the diagonal cuts.
 *
 * <p>Source: Vaswani et al., <a href="https://arxiv.org/abs/1706.03762">Attention Is All You
 * Need</a> (2017), equation 1; backward as in Dao et al., <a
 * href="https://arxiv.org/abs/2205.14135">FlashAttention</a> (2022), appendix B.4. With P the
 * weights, O = P·V, s the scale and D the row sums of dO∘O:
 *
 * <pre>
 * dV += Pᵀ·dO,  dP = dO·Vᵀ,  dS = s·P∘(dP − D),  dQ += dS·K,  dK += dSᵀ·Q
 * </pre>
 *
 * <p>Keys and values are copied into panels once for all blocks of queries. The memory for that and
 * for a block's scores belongs to the thread, which keeps it for its next head.
 */
public final class AttentionGradient {

  /** Queries in a block. */
  private static final int BLOCK = 64;

  private static final int STRIP = Strips.HEIGHT;

  private static final int PANEL = Gemm.PANEL;

  private static final ThreadLocal<AttentionGradient> MEMORY =
      ThreadLocal.withInitial(AttentionGradient::new);

  /** Shape (panels of keys, width, PANEL): Kᵀ. */
  private float[] keys = {};

  /** Shape (panels of keys, width, PANEL): Vᵀ. */
  private float[] values = {};

  /** Shape (panels of columns, length, PANEL): forward V, backward K. */
  private float[] rows = {};

  /** Shape (panels of columns, queries of a block, PANEL): dO, then Q. */
  private float[] panels = {};

  private float[] strips = {};

  /** Shape (BLOCK, stride): scores of a block of queries, then weights. */
  private float[] scores = {};

  /** Shape (BLOCK, stride): gradients of weights, then of scores. */
  private float[] changes = {};

  private final float[] maxima = new float[BLOCK];
  private final float[] sums = new float[BLOCK];

  /** A tile of which only a part lies in its matrix. */
  private final float[] edge = new float[STRIP * PANEL];

  private int length;
  private int width;
  private float scale;

  /** A vector more than whole panels: rows a power of two apart would evict each other. */
  private int stride;

  private AttentionGradient() {}

  /**
   * A matrix within an array.
   *
   * @param array where it lies
   * @param offset where it begins
   * @param stride floats from row to row
   */
  public record View(float[] array, int offset, int stride) {

    private int row(int row) {
      return offset + row * stride;
    }
  }

  /**
   * Attends from every position to itself and those before it.
   *
   * @param q shape (length, width), not modified
   * @param k shape (length, width), not modified
   * @param v shape (length, width), not modified
   * @param width of the head; scores are divided by its square root
   * @param y shape (length, width), overwritten
   * @param logSums shape (length), overwritten: the logarithm of the sum of each query's
   *     exponentials of scaled scores
   */
  public static void forward(
      View q, View k, View v, int length, int width, View y, float[] logSums, int logSumsOffset) {
    AttentionGradient memory = MEMORY.get();
    memory.begin(k, length, width);
    memory.rows = Strips.pack(true, v.array, v.offset, v.stride, length, width, PANEL, memory.rows);
    for (int first = 0; first < length; first += BLOCK) {
      memory.forward(q, first, Math.min(BLOCK, length - first), y, logSums, logSumsOffset);
    }
  }

  /**
   * Adds the gradients with respect to queries, keys and values.
   *
   * @param dq shape (length, width), added to
   * @param dk shape (length, width), added to
   * @param dv shape (length, width), added to
   * @param y the output of the forward pass, not modified
   * @param dy its gradient, not modified
   * @param logSums as the forward pass left them
   */
  public static void backward(
      View q,
      View k,
      View v,
      View dq,
      View dk,
      View dv,
      int length,
      int width,
      View y,
      View dy,
      float[] logSums,
      int logSumsOffset) {
    AttentionGradient memory = MEMORY.get();
    memory.begin(k, length, width);
    memory.values =
        Strips.pack(false, v.array, v.offset, v.stride, width, length, PANEL, memory.values);
    memory.rows = Strips.pack(true, k.array, k.offset, k.stride, length, width, PANEL, memory.rows);
    if (memory.changes.length < memory.scores.length) {
      memory.changes = new float[memory.scores.length];
    }
    for (int first = 0; first < length; first += BLOCK) {
      int count = Math.min(BLOCK, length - first);
      memory.differentiate(q, first, count, y, dy, logSums, logSumsOffset);
      memory.mix(memory.changes, first, count, true, dq);
      memory.spread(memory.scores, first, count, dy, dv);
      memory.spread(memory.changes, first, count, q, dk);
    }
  }

  private void begin(View k, int ofLength, int ofWidth) {
    length = ofLength;
    width = ofWidth;
    scale = (float) (1 / Math.sqrt(width));
    stride = (length + PANEL - 1) / PANEL * PANEL + Gemm.LANES;
    if (scores.length < BLOCK * (long) stride) {
      scores = new float[Math.multiplyExact(BLOCK, stride)];
    }
    keys = Strips.pack(false, k.array, k.offset, k.stride, width, length, PANEL, keys);
  }

  private void forward(View q, int first, int count, View y, float[] logSums, int logSumsOffset) {
    meet(q, first, count, keys, scores);
    StreamingSoftmax.start(maxima, sums, count);
    int end = end(first, count);
    for (int r = 0; r < count; r++) {
      StreamingSoftmax.row(scores, r * stride, first + r + 1, end, scale, maxima, sums, r);
      logSums[logSumsOffset + first + r] = (float) (maxima[r] + Math.log(sums[r]));
    }
    mix(scores, first, count, false, y);
    for (int r = 0; r < count; r++) {
      StreamingSoftmax.scale(y.array, y.row(first + r), width, 1 / sums[r]);
    }
  }

  /** Computes P and dS of a block of queries. */
  private void differentiate(
      View q, int first, int count, View y, View dy, float[] logSums, int logSumsOffset) {
    meet(q, first, count, keys, scores);
    meet(dy, first, count, values, changes);
    int end = end(first, count);
    for (int r = 0; r < count; r++) {
      int row = r * stride;
      int sees = first + r + 1;
      float logSum = logSums[logSumsOffset + first + r];
      float along = WeightGradient.dot(y, dy, first + r, width);
      WeightGradient.row(scores, changes, row, sees, scale, logSum, along);
      Arrays.fill(scores, row + sees, row + end, 0);
      Arrays.fill(changes, row + sees, row + end, 0);
    }
  }

  /** Returns how many keys a block of queries meets, rounded up to whole strips. */
  private static int end(int first, int count) {
    return (first + count + STRIP - 1) / STRIP * STRIP;
  }

  /**
   * Computes X·Yᵀ for some rows of X, in tiles that have something below the diagonal.
   *
   * @param packed Yᵀ
   * @param to shape (count, stride)
   */
  private void meet(View x, int first, int count, float[] packed, float[] to) {
    strips = Strips.pack(false, x.array, x.row(first), x.stride, width, count, STRIP, strips);
    for (int j = 0; j < first + count; j += PANEL) {
      for (int i = Math.max(0, (j - first) / STRIP * STRIP); i < count; i += STRIP) {
        int at = i * stride + j;
        Strips.multiply(strips, i * width, packed, j * width, width, false, to, at, stride);
      }
    }
  }

  /** Computes C = M·X or C ← C + M·X for rows of M of shape (count, stride), X in panels. */
  private void mix(float[] m, int first, int count, boolean add, View c) {
    for (int i = 0; i < count; i += STRIP) {
      int height = Math.min(STRIP, count - i);
      int depth = first + i + height;
      strips = Strips.pack(false, m, i * stride, stride, depth, height, STRIP, strips);
      for (int j = 0; j < width; j += PANEL) {
        tile(rows, j * length, depth, add, c, first + i, height, j);
      }
    }
  }

  /** Adds Mᵀ·X to C, for M of shape (count, stride) and as many rows of X. */
  private void spread(float[] m, int first, int count, View x, View c) {
    panels = Strips.pack(true, x.array, x.row(first), x.stride, count, width, PANEL, panels);
    for (int i = 0; i < first + count; i += STRIP) {
      int height = Math.min(STRIP, first + count - i);
      int above = Math.max(0, i - first);
      int depth = count - above;
      strips = Strips.pack(true, m, above * stride + i, stride, depth, STRIP, STRIP, strips);
      for (int j = 0; j < width; j += PANEL) {
        tile(panels, j * count + above * PANEL, depth, true, c, i, height, j);
      }
    }
  }

  /** Multiplies the first strip by a panel. */
  private void tile(
      float[] panel,
      int panelOffset,
      int depth,
      boolean add,
      View c,
      int row,
      int height,
      int column) {
    int to = c.row(row) + column;
    int across = Math.min(PANEL, width - column);
    if (height == STRIP && across == PANEL) {
      Strips.multiply(strips, 0, panel, panelOffset, depth, add, c.array, to, c.stride);
      return;
    }
    Strips.multiply(strips, 0, panel, panelOffset, depth, false, edge, 0, PANEL);
    for (int r = 0; r < height; r++) {
      for (int s = 0; s < across; s++) {
        float sum = edge[r * PANEL + s];
        int at = to + r * c.stride + s;
        c.array[at] = add ? c.array[at] + sum : sum;
      }
    }
  }
}
