package dev.ordo.models.kernel;

import dev.ordo.models.kernel.AttentionGradient.View;
import java.util.Arrays;

/**
 * One head of causal attention over a whole sequence, forward and backward, by matrices of all
 * pairs of positions; the formulas are those of {@link AttentionGradient}. The weights are kept
 * from one pass to the other, and nothing above the diagonal is skipped.
 */
public final class FullMatrixGradient {

  private FullMatrixGradient() {}

  /**
   * Attends from every position to itself and those before it.
   *
   * @param q shape (length, width), not modified
   * @param k shape (length, width), not modified
   * @param v shape (length, width), not modified
   * @param length L
   * @param width of the head; scores are divided by its square root
   * @param weights shape (L, L), overwritten: the softmax of each row
   * @param y shape (length, width), overwritten
   */
  public static void forward(
      View q, View k, View v, int length, int width, float[] weights, View y) {
    float scale = (float) (1 / Math.sqrt(width));
    byTranspose(q, k, length, width, weights);
    float[] inverse = new float[1];
    for (int r = 0; r < length; r++) {
      int row = r * length;
      Arrays.fill(weights, row + r + 1, row + length, Float.NEGATIVE_INFINITY);
      Softmax.causal(weights, row, length, 1, length, length, scale, inverse, 0);
      StreamingSoftmax.scale(weights, row, length, inverse[0]);
    }
    byColumns(false, weights, v, length, width, false, y);
  }

  /**
   * Adds the gradients with respect to queries, keys and values.
   *
   * @param dq shape (length, width), added to
   * @param dk shape (length, width), added to
   * @param dv shape (length, width), added to
   * @param weights as the forward pass left them, not modified
   * @param y the output of the forward pass, not modified
   * @param dy its gradient, not modified
   * @param scratch shape (L, L), overwritten
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
      float[] weights,
      View y,
      View dy,
      float[] scratch) {
    float scale = (float) (1 / Math.sqrt(width));
    byColumns(true, weights, dy, length, width, true, dv);
    byTranspose(dy, v, length, width, scratch);
    for (int r = 0; r < length; r++) {
      float along = WeightGradient.dot(y, dy, r, width);
      for (int i = r * length; i < (r + 1) * length; i++) {
        scratch[i] = scale * weights[i] * (scratch[i] - along);
      }
    }
    byColumns(false, scratch, k, length, width, true, dq);
    byColumns(true, scratch, q, length, width, true, dk);
  }

  /** Computes C = A·Bᵀ, shape (length, length). */
  private static void byTranspose(View a, View b, int length, int width, float[] c) {
    Product.apply(
        false,
        true,
        length,
        length,
        width,
        a.array(),
        a.offset(),
        a.stride(),
        b.array(),
        b.offset(),
        b.stride(),
        false,
        c,
        0,
        length);
  }

  /** Computes C = M·B or C ← C + M·B, shape (length, width), with M (length, length) or Mᵀ. */
  private static void byColumns(
      boolean transposed, float[] m, View b, int length, int width, boolean add, View c) {
    Product.apply(
        transposed,
        false,
        length,
        width,
        length,
        m,
        0,
        length,
        b.array(),
        b.offset(),
        b.stride(),
        add,
        c.array(),
        c.offset(),
        c.stride());
  }
}
