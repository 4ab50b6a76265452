package dev.ordo.models.kernel;

import java.util.Arrays;

/**
 * Attention as in the textbook: three passes over the matrix of all scores of a head, which is kept
 * whole.
 *
 * <p>Scores above the diagonal are computed like all others and masked with −∞, and the softmax
 * runs over whole rows. Both products take rows in blocks, so that a panel of keys or values stays
 * in the cache while a block passes.
 */
final class FullMatrix implements Attention.Form {

  /** Queries in a block of a product. */
  private static final int BLOCK = 64;

  private final int headWidth;
  private final int valueStride;
  private final float scale;

  /** Shape (rows, stride): scores, then weights before they are divided by their sum. */
  private final float[] scores;

  /** A vector more than whole panels: rows a power of two apart would evict each other. */
  private final int stride;

  /** Shape (rows): one over the sums of the weights. */
  private final float[] inverses;

  /** Shape (BLOCK, valueStride). */
  private final float[] outputs;

  FullMatrix(int headWidth, int rows, int capacity, float scale) {
    this.headWidth = headWidth;
    this.scale = scale;
    valueStride = KeyValues.roundUp(headWidth, Gemm.LANES);
    stride = KeyValues.roundUp(capacity, Gemm.PANEL) + Gemm.LANES;
    scores = new float[rows * stride];
    inverses = new float[rows];
    outputs = new float[Math.min(BLOCK, rows) * valueStride];
  }

  /** Returns how many floats the matrix of scores takes. */
  static long floats(int rows, int capacity) {
    return rows * ((long) capacity + Gemm.PANEL + Gemm.LANES);
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
    int keys = seen + (rows - 1) * step;
    for (int r = 0; r < rows; r += BLOCK) {
      int count = Math.min(BLOCK, rows - r);
      int at = qOffset + r * qStride;
      from.score(head, 0, keys, q, at, qStride, count, scores, r * stride, stride);
    }
    int width = KeyValues.roundUp(keys, Gemm.LANES);
    for (int r = 0; r < rows; r++) {
      int row = r * stride;
      Arrays.fill(scores, row + seen + r * step, row + width, Float.NEGATIVE_INFINITY);
      Softmax.causal(scores, row, stride, 1, width, width, scale, inverses, r);
    }
    for (int r = 0; r < rows; r += BLOCK) {
      int count = Math.min(BLOCK, rows - r);
      from.mix(head, 0, keys, scores, r * stride, stride, count, false, outputs);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < headWidth; j++) {
          y[yOffset + (r + i) * yStride + j] = outputs[i * valueStride + j] * inverses[r + i];
        }
      }
    }
  }
}
