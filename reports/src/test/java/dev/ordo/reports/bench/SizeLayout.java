package dev.ordo.reports.bench;

import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** How the sizes of a benchmark are spaced. */
enum SizeLayout {
  /** Powers of two. */
  DOUBLINGS,
  /** 10, 100, 1000, … */
  TENFOLD,
  /** 1, 2, 5, 10, 20, 50, … */
  ONE_TWO_FIVE,
  /** Any whole numbers, dense here and sparse there. */
  IRREGULAR,
  /** Equal steps from the smallest on, which is at most a quarter of the largest. */
  EQUAL_STEPS;

  private static final int MOST_TENFOLD = 6;

  /** Draws a layout: half of all benchmarks double, the others divide the rest evenly. */
  static SizeLayout draw(RandomGenerator random) {
    return random.nextBoolean() ? DOUBLINGS : values()[random.nextInt(1, values().length)];
  }

  /**
   * Draws sizes.
   *
   * @param count how many; there are never more than {@value #MOST_TENFOLD} tenfold ones
   * @return whole numbers, ascending, the largest at least 4 times the smallest
   */
  double[] sizes(int count, RandomGenerator random) {
    return switch (this) {
      case DOUBLINGS -> doublings(random.nextInt(4, 9), count);
      case TENFOLD -> {
        double[] sizes = new double[Math.min(MOST_TENFOLD, count)];
        for (int i = 0; i < sizes.length; i++) {
          sizes[i] = Math.pow(10, i + 1);
        }
        yield sizes;
      }
      case ONE_TWO_FIVE -> {
        int first = random.nextInt(3, 8);
        double[] sizes = new double[count];
        for (int i = 0; i < count; i++) {
          int step = first + i;
          sizes[i] = new int[] {1, 2, 5}[step % 3] * Math.pow(10, step / 3);
        }
        yield sizes;
      }
      case IRREGULAR -> irregular(count, random);
      case EQUAL_STEPS -> {
        double step = random.nextInt(10, 1000);
        double[] sizes = new double[count];
        for (int i = 0; i < count; i++) {
          sizes[i] = step * (i + 1);
        }
        yield sizes;
      }
    };
  }

  /** Returns {@code count} powers of two from 2^{@code firstPower} on. */
  static double[] doublings(int firstPower, int count) {
    double[] sizes = new double[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = Math.pow(2, firstPower + i);
    }
    return sizes;
  }

  private static double[] irregular(int count, RandomGenerator random) {
    double first = Math.rint(Math.exp(random.nextDouble(Math.log(10), Math.log(300))));
    double range = Math.exp(random.nextDouble(Math.log(12), Math.log(Math.pow(2, count))));
    TreeSet<Double> sizes = new TreeSet<>();
    sizes.add(first);
    sizes.add(Math.rint(first * range));
    while (sizes.size() < count) {
      sizes.add(Math.rint(first * Math.pow(range, random.nextDouble())));
    }
    return sizes.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
