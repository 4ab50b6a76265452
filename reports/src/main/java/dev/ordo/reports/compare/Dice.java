package dev.ordo.reports.compare;

import java.util.SplittableRandom;

/** Random numbers for resampling: the same on every Java from the same seed, and quick. */
final class Dice {

  private final SplittableRandom random;
  private double spare = Double.NaN;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Returns a whole number in 0 … bound − 1. */
  int below(int bound) {
    return (int) (((random.nextInt() & 0xFFFFFFFFL) * bound) >>> 32);
  }

  /** Returns a normal number (Marsaglia's polar method). */
  double gaussian() {
    if (!Double.isNaN(spare)) {
      double value = spare;
      spare = Double.NaN;
      return value;
    }
    double x;
    double y;
    double squares;
    do {
      x = 2 * random.nextDouble() - 1;
      y = 2 * random.nextDouble() - 1;
      squares = x * x + y * y;
    } while (squares >= 1 || squares == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(squares) / squares);
    spare = y * factor;
    return x * factor;
  }

  /** Returns the sum of squares of so many normal numbers. */
  double chiSquared(int degrees) {
    double sum = 0;
    for (int i = 0; i < degrees; i++) {
      double z = gaussian();
      sum += z * z;
    }
    return sum;
  }
}
