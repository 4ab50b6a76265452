package dev.ordo.reports.bench;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** The laws that series are generated from. */
enum TrueLaw {
  CONSTANT("1", 0, 0),
  LOGARITHMIC("log n", 0, 1),
  SQUARE_ROOT("√n", 0.5, 0),
  POWER_0_7("n^0.7", 0.7, 0),
  LINEAR("n", 1, 0),
  LINEARITHMIC("n log n", 1, 1),
  POWER_1_2("n^1.2", 1.2, 0),
  THREE_HALVES("n^1.5", 1.5, 0),
  QUADRATIC("n²", 2, 0),
  QUADRATIC_LOGARITHMIC("n² log n", 2, 1),
  CUBIC("n³", 3, 0),
  /** The crossover lies inside the range, at least a doubling from its ends. */
  MIXED_INSIDE("n + n², crossover inside", 2, 0),
  /** The crossover lies 4 to 64 times beyond one end of the range. */
  MIXED_OUTSIDE("n + n², crossover outside", 2, 0);

  private final String label;
  private final Order order;

  TrueLaw(String label, double power, int logPower) {
    this.label = label;
    order = new Order(power, logPower);
  }

  /** Returns the law as text. */
  String label() {
    return label;
  }

  /** Returns whether Ordo has a name for the law itself. */
  boolean named() {
    return this != POWER_0_7 && this != POWER_1_2 && this != MIXED_OUTSIDE;
  }

  /** Draws coefficients for these sizes. */
  Truth draw(double[] sizes, RandomGenerator random) {
    double scale = Math.exp(random.nextDouble(0, 7));
    double first = sizes[0];
    double last = sizes[sizes.length - 1];
    return switch (this) {
      case MIXED_INSIDE ->
          mixed(scale, 2 * first * Math.pow(last / first / 4, random.nextDouble()));
      case MIXED_OUTSIDE -> {
        double away = Math.pow(2, random.nextDouble(2, 6));
        yield mixed(scale, random.nextBoolean() ? last * away : first / away);
      }
      default -> new Truth(n -> scale * at(n), order, OptionalDouble.empty());
    };
  }

  /** Returns b·n + (b/crossover)·n². */
  static Truth mixed(double scale, double crossover) {
    DoubleUnaryOperator curve = n -> scale * n * (1 + n / crossover);
    return new Truth(curve, Order.QUADRATIC, OptionalDouble.of(crossover));
  }

  private double at(double n) {
    double power = Math.pow(n, order.power());
    return order.logPower() == 0 ? power : power * Math.log(n);
  }
}
