package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

/** Plain inputs and plain answers for kernel tests. */
final class Oracle {

  private Oracle() {}

  /** Returns values drawn uniformly with mean 0 and variance 1. */
  static float[] random(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (Math.sqrt(12) * (random.nextDouble() - 0.5));
    }
    return values;
  }

  /** Rounds to float32. */
  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Asserts that values are near others; AssertJ boxes them, which takes minutes for millions. */
  static void assertNear(float[] actual, float[] expected, float bound) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      // Written so that a NaN fails.
      if (!(Math.abs(actual[i] - expected[i]) <= bound)) {
        throw new AssertionError(
            "value " + i + " (" + actual[i] + ") must be " + expected[i] + " within " + bound);
      }
    }
  }
}
