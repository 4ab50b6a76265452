package dev.ordo.models.kernel;

import dev.ordo.models.kernel.AttentionGradient.View;

/**
 * One head of {@link BiasedAttention} from one sequence to another or to itself, forward and
 * backward, in blocks of queries.
 *
 * <p>Source: as {@link AttentionGradient}. With P the weights, O = P·V, s the scale, D the row sums
 * of dO∘O, and b the bias of the distance from query to key:
 *
 * <pre>
 * dV += Pᵀ·dO,  dP = dO·Vᵀ,  dS = s·P∘(dP − D),  dQ += dS·K,  dK += dSᵀ·Q,  db += dS
 * </pre>
 */
public final class BiasedAttentionGradient {

  /** Queries in a block. */
  private static final int BLOCK = 64;

  private BiasedAttentionGradient() {}

  /**
   * What a head computes.
   *
   * @param queries the number of queries
   * @param keys the number of keys
   * @param width of the head
   * @param scale s, the factor of the biased scores
   * @param causal whether a query sees only the keys up to its own position
   * @param bias for each distance from query to key; null for none
   * @param zero where the bias of distance 0 is
   */
  public record Head(
      int queries, int keys, int width, float scale, boolean causal, float[] bias, int zero) {

    private int seen(int firstBehind) {
      return causal ? Math.min(keys, firstBehind) : keys;
    }

    /** Returns the floats of scratch memory that the forward pass needs. */
    public int scratchSize() {
      return Math.multiplyExact(Math.min(BLOCK, queries), keys);
    }
  }

  /**
   * Attends from every query.
   *
   * @param q shape (queries, width), not modified
   * @param k shape (keys, width), not modified
   * @param v shape (keys, width), not modified
   * @param y shape (queries, width), overwritten
   * @param logSums shape (queries), overwritten: the logarithm of the sum of each query's
   *     exponentials of scores
   * @param scratch of {@link Head#scratchSize}
   */
  public static void forward(
      Head head,
      View q,
      View k,
      View v,
      View y,
      float[] logSums,
      int logSumsOffset,
      float[] scratch) {
    for (int first = 0; first < head.queries(); first += BLOCK) {
      int rows = Math.min(BLOCK, head.queries() - first);
      int seen = head.seen(first + rows);
      scores(head, q, k, first, rows, scratch);
      for (int r = 0; r < rows; r++) {
        int sees = head.seen(first + r + 1);
        float logSum = LogLoss.logSum(scratch, r * seen, sees);
        logSums[logSumsOffset + first + r] = logSum;
        weights(scratch, r * seen, sees, seen, logSum);
      }
      Product.apply(
          false,
          false,
          rows,
          head.width(),
          seen,
          scratch,
          0,
          seen,
          v.array(),
          v.offset(),
          v.stride(),
          false,
          y.array(),
          y.offset() + first * y.stride(),
          y.stride());
    }
  }

  /**
   * Adds the gradients with respect to queries, keys, values and bias.
   *
   * @param dq shape (queries, width), added to
   * @param dk shape (keys, width), added to
   * @param dv shape (keys, width), added to
   * @param dBias laid out as the bias, added to; null if none is wanted
   * @param y the output of the forward pass, not modified
   * @param dy its gradient, not modified
   * @param logSums as the forward pass left them
   * @param scratch of twice {@link Head#scratchSize}
   */
  public static void backward(
      Head head,
      View q,
      View k,
      View v,
      View dq,
      View dk,
      View dv,
      float[] dBias,
      View y,
      View dy,
      float[] logSums,
      int logSumsOffset,
      float[] scratch) {
    int width = head.width();
    int half = head.scratchSize();
    for (int first = 0; first < head.queries(); first += BLOCK) {
      int rows = Math.min(BLOCK, head.queries() - first);
      int seen = head.seen(first + rows);
      int dyRow = dy.offset() + first * dy.stride();
      scores(head, q, k, first, rows, scratch);
      for (int r = 0; r < rows; r++) {
        int sees = head.seen(first + r + 1);
        weights(scratch, r * seen, sees, seen, logSums[logSumsOffset + first + r]);
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
        for (int i = row; i < row + seen; i++) {
          scratch[i] *= head.scale() * (scratch[half + i] - along);
        }
        if (dBias != null) {
          int bias = head.zero() - first - r;
          int sees = head.seen(first + r + 1);
          for (int i = 0; i < sees; i++) {
            dBias[bias + i] += scratch[row + i];
          }
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

  /** Computes the scores of a block of queries against all keys that its last may see. */
  private static void scores(Head head, View q, View k, int first, int rows, float[] scratch) {
    int seen = head.seen(first + rows);
    Product.apply(
        false,
        true,
        rows,
        seen,
        head.width(),
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
    float scale = head.scale();
    for (int r = 0; r < rows; r++) {
      int row = r * seen;
      int sees = head.seen(first + r + 1);
      int bias = head.zero() - first - r;
      for (int i = 0; i < sees; i++) {
        float added = head.bias() == null ? 0 : head.bias()[bias + i];
        scratch[row + i] = scale * (scratch[row + i] + added);
      }
    }
  }

  /** Replaces a query's scores by its weights: 0 for keys that it does not see. */
  private static void weights(float[] x, int row, int sees, int seen, float logSum) {
    LogLoss.exp(x, row, sees, logSum);
    for (int i = row + sees; i < row + seen; i++) {
      x[i] = 0;
    }
  }

  private static float dot(View a, View b, int row, int width) {
    int left = a.offset() + row * a.stride();
    int right = b.offset() + row * b.stride();
    float sum = 0;
    for (int i = 0; i < width; i++) {
      sum += a.array()[left + i] * b.array()[right + i];
    }
    return sum;
  }
}
