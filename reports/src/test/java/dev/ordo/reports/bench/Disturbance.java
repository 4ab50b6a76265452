package dev.ordo.reports.bench;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** What a machine does to a law. */
enum Disturbance {
  PURE("nothing"),
  /** A constant that equals the law somewhere in the lower 60 % of the (logarithmic) range. */
  OVERHEAD("overhead"),
  /** All sizes from a random one on cost 10 to 50 % more. */
  CACHE_STEP("cache step"),
  /** Each fork is slower, or faster, than the one before: 2 to 10 % from first to last. */
  DRIFT("drift over forks"),
  /** One fork of one size takes 1.5 to 3 times as long. */
  OUTLIER_FORK("one outlier fork"),
  /** One size costs 1.2 to 2 times as much, or as little, in all forks. */
  BAD_SIZE("one bad size");

  private final String label;

  Disturbance(String label) {
    this.label = label;
  }

  /** Returns the disturbance as text. */
  String label() {
    return label;
  }

  /**
   * Applies the disturbance to the expected values.
   *
   * @param sizes shape (m), ascending
   * @param values shape (m, forks); changed in place
   */
  void disturb(double[] sizes, double[][] values, Truth truth, RandomGenerator random) {
    int m = sizes.length;
    int forks = values[0].length;
    switch (this) {
      case PURE -> {}
      case OVERHEAD -> {
        double at = sizes[0] * Math.pow(sizes[m - 1] / sizes[0], random.nextDouble(0, 0.6));
        double overhead = truth.curve().applyAsDouble(at);
        for (double[] cell : values) {
          for (int f = 0; f < forks; f++) {
            cell[f] += overhead;
          }
        }
      }
      case CACHE_STEP -> {
        double factor = random.nextDouble(1.1, 1.5);
        for (int i = random.nextInt(1, m); i < m; i++) {
          scale(values[i], factor);
        }
      }
      case DRIFT -> {
        double drift = random.nextDouble(0.02, 0.10) * (random.nextBoolean() ? 1 : -1);
        for (double[] cell : values) {
          for (int f = 0; f < forks; f++) {
            cell[f] *= 1 + drift * f / (forks - 1);
          }
        }
      }
      case OUTLIER_FORK ->
          values[random.nextInt(m)][random.nextInt(forks)] *= random.nextDouble(1.5, 3);
      case BAD_SIZE -> {
        double factor = random.nextDouble(1.2, 2);
        scale(values[random.nextInt(m)], random.nextBoolean() ? factor : 1 / factor);
      }
    }
  }

  /**
   * Returns the curve as the machine shows it beyond the sizes, without noise: an overhead, a step
   * and a drift over forks go on, what is wrong with one fork or one size does not.
   *
   * @param sizes shape (m), ascending
   * @param values shape (m, forks), disturbed
   */
  DoubleUnaryOperator beyond(double[] sizes, double[][] values, Truth truth) {
    DoubleUnaryOperator curve = truth.curve();
    double first = curve.applyAsDouble(sizes[0]);
    double mean = Arrays.stream(values[0]).average().orElseThrow();
    int last = sizes.length - 1;
    return switch (this) {
      case PURE, OUTLIER_FORK, BAD_SIZE -> curve;
      case OVERHEAD -> n -> curve.applyAsDouble(n) + mean - first;
      case DRIFT -> n -> curve.applyAsDouble(n) * mean / first;
      case CACHE_STEP -> {
        double factor = values[last][0] / curve.applyAsDouble(sizes[last]);
        yield n -> curve.applyAsDouble(n) * factor;
      }
    };
  }

  private static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
