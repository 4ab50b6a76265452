package dev.ordo.models.kernel;

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
}
