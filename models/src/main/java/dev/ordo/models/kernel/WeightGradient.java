package dev.ordo.models.kernel;

import dev.ordo.models.kernel.AttentionGradient.View;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** One query's weights and the gradients of its scores: the rows of {@link AttentionGradient}. */
final class WeightGradient {

  private WeightGradient() {}

  /**
   * Replaces scores x by weights p = exp(s·x − l), and gradients g of the weights by those of the
   * scores, s·p·(g − a).
   *
   * @param scores overwritten
   * @param gradients overwritten
   * @param offset the first, in both arrays
   * @param count how many; values up to the next whole vector may be overwritten too
   * @param scale s
   * @param logSum l
   * @param along a, the mean of g under the weights
   */
  static void row(
      float[] scores,
      float[] gradients,
      int offset,
      int count,
      float scale,
      float logSum,
      float along) {
    if (Lanes.VECTORS) {
      // exp(-∞) is 0: no row needs a loop for what is left of a vector.
      int padded = (count + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT;
      Arrays.fill(scores, offset + count, offset + padded, Float.NEGATIVE_INFINITY);
      Arrays.fill(gradients, offset + count, offset + padded, 0);
      Vectors.row(scores, gradients, offset, offset + padded, scale, logSum, along);
      return;
    }
    for (int i = offset; i < offset + count; i++) {
      scores[i] = (float) Math.exp(scale * scores[i] - logSum);
      gradients[i] = scale * scores[i] * (gradients[i] - along);
    }
  }

  /** Returns the product of the same row of two matrices. */
  static float dot(View a, View b, int row, int width) {
    int left = a.offset() + row * a.stride();
    int right = b.offset() + row * b.stride();
    int whole = Lanes.VECTORS ? width - width % Lanes.COUNT : 0;
    float sum = whole > 0 ? Vectors.dot(a.array(), left, b.array(), right, whole) : 0;
    for (int i = whole; i < width; i++) {
      sum += a.array()[left + i] * b.array()[right + i];
    }
    return sum;
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static void row(
        float[] scores,
        float[] gradients,
        int from,
        int to,
        float scale,
        float logSum,
        float along) {
      FloatVector factors = FloatVector.broadcast(SPECIES, scale);
      FloatVector shift = FloatVector.broadcast(SPECIES, -logSum);
      for (int i = from; i < to; i += LANES) {
        FloatVector weights =
            FloatVector.fromArray(SPECIES, scores, i)
                .fma(factors, shift)
                .lanewise(VectorOperators.EXP);
        weights.intoArray(scores, i);
        FloatVector.fromArray(SPECIES, gradients, i)
            .sub(along)
            .mul(weights)
            .mul(factors)
            .intoArray(gradients, i);
      }
    }

    static float dot(float[] a, int aOffset, float[] b, int bOffset, int count) {
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = 0; i < count; i += LANES) {
        sums =
            FloatVector.fromArray(SPECIES, a, aOffset + i)
                .fma(FloatVector.fromArray(SPECIES, b, bOffset + i), sums);
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }
  }
}
