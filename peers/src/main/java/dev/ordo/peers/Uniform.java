package dev.ordo.peers;

import java.util.SplittableRandom;

/** Seeded uniform numbers: the inputs of all contenders of a row. */
final class Uniform {

  private final SplittableRandom random;

  Uniform(String seed) {
    random = new SplittableRandom(seed.hashCode());
  }

  /** Returns the next numbers of low … high. */
  float[] next(int count, double low, double high) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }
}
