package dev.ordo.models.kernel;

/**
 * Attention by tiles: a block of queries meets one block of keys after the other.
 *
 * <p>Source: Dao et al., <a href="https://arxiv.org/abs/2205.14135">FlashAttention: Fast and
 * Memory-Efficient Exact Attention with IO-Awareness</a> (2022), algorithm 1 with the loops the
 * other way round (outer over queries, as in its second version): a tile of scores and a block of
 * outputs stay in the cache. Blocks of keys that no query of the block sees are skipped; within the
 * last one scores are computed up to the next panel and masked.
 */
final class Tiles implements Attention.Form {

  /** Queries in a block: a panel of keys is used for all of them while it is in the cache. */
  static final int QUERIES = 64;

  /** Keys in a block; a multiple of every panel width. */
  static final int KEYS = 256;

  /** Rows that {@link Gemm} takes at a time at least, where there is more than one. */
  private static final int ROWS = 4;

  private final int headWidth;
  private final int valueStride;
  private final float scale;

  /** A vector more than {@code KEYS}: rows a power of two apart would evict each other. */
  private final int stride = KEYS + Gemm.LANES;

  /** Shape (QUERIES, stride): scores of a tile, then weights. */
  private final float[] scores = new float[QUERIES * stride];

  /** Shape (QUERIES): the largest score so far, scaled. */
  private final float[] maxima = new float[QUERIES];

  /** Shape (QUERIES): the sum of the weights so far. */
  private final float[] sums = new float[QUERIES];

  /** Shape (QUERIES, valueStride): mixed values so far. */
  private final float[] outputs;

  /** Shape (QUERIES, headWidth): queries at one position and rows that mean nothing. */
  private final float[] queries;

  Tiles(int headWidth, float scale) {
    this.headWidth = headWidth;
    this.scale = scale;
    valueStride = KeyValues.roundUp(headWidth, Gemm.LANES);
    outputs = new float[QUERIES * valueStride];
    queries = new float[QUERIES * headWidth];
  }

  @Override
  public void apply(
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
      int yStride) {
    for (int r = 0; r < rows; r += QUERIES) {
      int count = Math.min(QUERIES, rows - r);
      int first = seen + r * step;
      int at = qOffset + r * qStride;
      if (step == 0 && count > 1 && count % ROWS != 0) {
        // Rows beyond a multiple would each read all keys and values anew.
        for (int i = 0; i < count; i++) {
          System.arraycopy(q, at + i * qStride, queries, i * headWidth, headWidth);
        }
        int padded = KeyValues.roundUp(count, ROWS);
        block(from, head, first, 0, padded, queries, 0, headWidth);
      } else {
        block(from, head, first, step, count, q, at, qStride);
      }
      for (int i = 0; i < count; i++) {
        float inverse = 1 / sums[i];
        int to = yOffset + (r + i) * yStride;
        for (int j = 0; j < headWidth; j++) {
          y[to + j] = outputs[i * valueStride + j] * inverse;
        }
      }
    }
  }

  /** Computes outputs and sums of a block of queries. */
  private void block(
      KeyValues from, int head, int seen, int step, int rows, float[] q, int qOffset, int qStride) {
    int keys = seen + (rows - 1) * step;
    StreamingSoftmax.start(maxima, sums, rows);
    for (int k = 0; k < keys; k += KEYS) {
      int count = Math.min(KEYS, keys - k);
      from.score(head, k, count, q, qOffset, qStride, rows, scores, 0, stride);
      for (int r = 0; r < rows; r++) {
        int visible = Math.max(0, Math.min(count, seen + r * step - k));
        float kept =
            StreamingSoftmax.row(scores, r * stride, visible, count, scale, maxima, sums, r);
        if (kept != 1 && k > 0) {
          StreamingSoftmax.scale(outputs, r * valueStride, valueStride, kept);
        }
      }
      from.mix(head, k, count, scores, 0, stride, rows, k > 0, outputs);
    }
  }
}
