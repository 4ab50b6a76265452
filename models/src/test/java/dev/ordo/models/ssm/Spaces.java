package dev.ordo.models.ssm;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Random parameters of state spaces, as they are stored. */
final class Spaces {

  /** The stored parameters by name. */
  final Map<String, float[]> stored = new HashMap<>();

  final SpaceOptions options;

  Spaces(SpaceOptions options, long seed) {
    this.options = options;
    SplittableRandom random = new SplittableRandom(seed);
    int half = options.half();
    stored.put("A_real", uniform(random, options.copies() * half, -1, 0.5));
    stored.put("A_imag", uniform(random, options.copies() * half, 0.1, 20));
    stored.put("B", uniform(random, options.copies() * half * 2, -1, 1));
    stored.put("P", uniform(random, options.copies() * half * 2, -1, 1));
    stored.put("C", uniform(random, options.width() * half * 2, -1, 1));
    int steps = options.width() * (options.tied() ? 1 : half);
    stored.put("inv_dt", uniform(random, steps, Math.log(0.01), Math.log(0.2)));
  }

  private static float[] uniform(SplittableRandom random, int count, double low, double high) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }

  /** Returns the options of a case of parameterised tests. */
  static SpaceOptions options(
      int width, int states, boolean lowRank, int copies, boolean tied, boolean bilinear) {
    return new SpaceOptions(
        width,
        states,
        lowRank,
        copies,
        tied,
        Transform.EXP,
        Transform.EXP,
        Transform.NONE,
        bilinear);
  }

  SpaceValues values() {
    return SpaceValues.of(options, (name, shape) -> stored.get(name));
  }
}
