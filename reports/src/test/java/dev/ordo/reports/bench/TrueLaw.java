package dev.ordo.reports.bench;

import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;
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
  POWER_1_3("n^1.3", 1.3, 0),
  THREE_HALVES("n^1.5", 1.5, 0),
  POWER_1_8("n^1.8", 1.8, 0),
  QUADRATIC("n²", 2, 0),
  QUADRATIC_LOGARITHMIC("n² log n", 2, 1),
  POWER_2_4("n^2.4", 2.4, 0),
  CUBIC("n³", 3, 0),
  /** Any exponent from 0.2 to 2.8. */
  POWER_ANY("n^k", Double.NaN, 0),
  /** The constant equals the rest somewhere in the lower 60 % of the (logarithmic) range. */
  OVERHEAD_LINEARITHMIC("a + n log n", 1, 1),
  /** The crossover lies inside the range, at least a doubling from its ends. */
  MIXED_INSIDE("n + n², crossover inside", 2, 0),
  /** The crossover lies 4 to 64 times beyond one end of the range. */
  MIXED_OUTSIDE("n + n², crossover outside", 2, 0),
  /** The same as with the crossover inside, and a constant. */
  OVERHEAD_MIXED("a + n + n², crossover inside", 2, 0);

  private static final Set<TrueLaw> NAMELESS =
      EnumSet.of(POWER_0_7, POWER_1_2, POWER_1_3, POWER_1_8, POWER_2_4, POWER_ANY, MIXED_OUTSIDE);

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
    return !NAMELESS.contains(this);
  }

  /** Draws coefficients for these sizes. */
  Truth draw(double[] sizes, RandomGenerator random) {
    double scale = Math.exp(random.nextDouble(0, 7));
    double first = sizes[0];
    double last = sizes[sizes.length - 1];
    return switch (this) {
      case MIXED_INSIDE -> mixed(scale, inside(first, last, random));
      case MIXED_OUTSIDE -> {
        double away = Math.pow(2, random.nextDouble(2, 6));
        yield mixed(scale, random.nextBoolean() ? last * away : first / away);
      }
      case OVERHEAD_MIXED -> above(mixed(scale, inside(first, last, random)), sizes, random);
      case OVERHEAD_LINEARITHMIC -> above(single(scale, order), sizes, random);
      case POWER_ANY -> single(scale, new Order(random.nextDouble(0.2, 2.8), 0));
      default -> single(scale, order);
    };
  }

  /** Returns a crossover at least a doubling from the ends, or the middle of a narrow range. */
  private static double inside(double first, double last, RandomGenerator random) {
    double spare = Math.max(1, last / first / 4);
    return Math.sqrt(first * last / spare) * Math.pow(spare, random.nextDouble());
  }

  private static Truth single(double scale, Order order) {
    return new Truth(n -> scale * order.at(n), order, OptionalDouble.empty());
  }

  /** Adds a constant that equals the law somewhere in the lower 60 % of the range. */
  private static Truth above(Truth law, double[] sizes, RandomGenerator random) {
    double overhead = law.curve().applyAsDouble(Disturbance.lowerPlace(sizes, random));
    return new Truth(n -> overhead + law.curve().applyAsDouble(n), law.order(), law.crossover());
  }

  /** Returns b·n + (b/crossover)·n². */
  static Truth mixed(double scale, double crossover) {
    DoubleUnaryOperator curve = n -> scale * n * (1 + n / crossover);
    return new Truth(curve, Order.QUADRATIC, OptionalDouble.of(crossover));
  }
}
