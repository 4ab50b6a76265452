package dev.ordo.models.kernel;

/**
 * One head of causal attention over a whole sequence, forward and backward, in blocks of queries;
 * blocks above the diagonal are not computed.
 *
 * <p>Source: Vaswani et al., <a href="https://arxiv.org/abs/1706.03762">Attention Is All You
 * Need</a> (2017), equation 1; backward as in Dao et al., <a
 * href="https://arxiv.org/abs/2205.14135">FlashAttention</a> (2022), appendix B.4. With P the
 * weights, O = P·V, s the scale and D the row sums of dO∘O:
 *
 * <pre>
 * dV += Pᵀ·dO,  dP = dO·Vᵀ,  dS = s·P∘(dP − D),  dQ += dS·K,  dK += dSᵀ·Q
 * </pre>
 */
public final class AttentionGradient {

  /** Queries in a block. */
  private static final int BLOCK = 64;

  private AttentionGradient() {}

  /**
   * A matrix within an array.
   *
   * @param array where it lies
   * @param offset where it begins
   * @param stride floats from row to row
   */
  public record View(float[] array, int offset, int stride) {}

  /** Returns the floats of scratch memory that a sequence of that length needs. */
  public static int scratchSize(int length) {
    return Math.multiplyExact(Math.min(BLOCK, length), length);
  }

  /**
   * Attends from every position to itself and those before it.
   *
   * @param q shape (length, width), not modified
   * @param k shape (length, width), not modified
   * @param v shape (length, width), not modified
   * @param width of the head; scores are divided by its square root
   * @param y shape (length, width), {@code yStride} floats from row to row, overwritten
   * @param logSums shape (length), overwritten: the logarithm of the sum of each query's
   *     exponentials of scaled scores
   * @param scratch of {@link #scratchSize}
   */
  public static void forward(
      View q,
      View k,
      View v,
      int length,
      int width,
      float[] y,
      int yOffset,
      int yStride,
      float[] logSums,
      int logSumsOffset,
      float[] scratch) {
    float scale = (float) (1 / Math.sqrt(width));
    for (int first = 0; first < length; first += BLOCK) {
      int rows = Math.min(BLOCK, length - first);
      int seen = first + rows;
      scores(q, k, first, rows, width, scratch);
      for (int r = 0; r < rows; r++) {
        int row = r * seen;
        int sees = first + r + 1;
        for (int i = 0; i < sees; i++) {
          scratch[row + i] *= scale;
        }
        float logSum = LogLoss.logSum(scratch, row, sees);
        logSums[logSumsOffset + first + r] = logSum;
        weights(scratch, row, sees, seen, logSum);
      }
      Product.apply(
          false,
          false,
          rows,
          width,
          seen,
          scratch,
          0,
          seen,
          v.array(),
          v.offset(),
          v.stride(),
          false,
          y,
          yOffset + first * yStride,
          yStride);
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
   * @param scratch of twice {@link #scratchSize}
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
      int logSumsOffset,
      float[] scratch) {
    float scale = (float) (1 / Math.sqrt(width));
    int half = scratchSize(length);
    for (int first = 0; first < length; first += BLOCK) {
      int rows = Math.min(BLOCK, length - first);
      int seen = first + rows;
      int dyRow = dy.offset() + first * dy.stride();
      scores(q, k, first, rows, width, scratch);
      for (int r = 0; r < rows; r++) {
        int row = r * seen;
        int sees = first + r + 1;
        for (int i = 0; i < sees; i++) {
          scratch[row + i] *= scale;
        }
        weights(scratch, row, sees, seen, logSums[logSumsOffset + first + r]);
      }
      Product.apply(
          true,
          false,
          seen,
          width,
          rows,
          scratch,
          0,
          seen,
          dy.array(),
          dyRow,
          dy.stride(),
          true,
          dv.array(),
          dv.offset(),
          dv.stride());
      Product.apply(
          false,
          true,
          rows,
          seen,
          width,
          dy.array(),
          dyRow,
          dy.stride(),
          v.array(),
          v.offset(),
          v.stride(),
          false,
          scratch,
          half,
          seen);
      for (int r = 0; r < rows; r++) {
        float along = dot(y, dy, first + r, width);
        int row = r * seen;
        for (int i = 0; i < seen; i++) {
          scratch[row + i] *= scale * (scratch[half + row + i] - along);
        }
      }
      Product.apply(
          false,
          false,
          rows,
          width,
          seen,
          scratch,
          0,
          seen,
          k.array(),
          k.offset(),
          k.stride(),
          true,
          dq.array(),
          dq.offset() + first * dq.stride(),
          dq.stride());
      Product.apply(
          true,
          false,
          seen,
          width,
          rows,
          scratch,
          0,
          seen,
          q.array(),
          q.offset() + first * q.stride(),
          q.stride(),
          true,
          dk.array(),
          dk.offset(),
          dk.stride());
    }
  }

  /** Computes the unscaled scores of a block of queries against all keys up to its last. */
  private static void scores(View q, View k, int first, int rows, int width, float[] scratch) {
    int seen = first + rows;
    Product.apply(
        false,
        true,
        rows,
        seen,
        width,
        q.array(),
        q.offset() + first * q.stride(),
        q.stride(),
        k.array(),
        k.offset(),
        k.stride(),
        false,
        scratch,
        0,
        seen);
  }

  /** Replaces a query's scaled scores by its weights: 0 for keys that it does not see. */
  private static void weights(float[] x, int row, int sees, int seen, float logSum) {
    LogLoss.exp(x, row, sees, logSum);
    for (int i = row + sees; i < row + seen; i++) {
      x[i] = 0;
    }
  }

  /** Returns the product of the same row of two matrices. */
  static float dot(View a, View b, int row, int width) {
    int left = a.offset() + row * a.stride();
    int right = b.offset() + row * b.stride();
    float sum = 0;
    for (int i = 0; i < width; i++) {
      sum += a.array()[left + i] * b.array()[right + i];
    }
    return sum;
  }
}
