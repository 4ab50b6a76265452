package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The sum of two powers, b·n^j + c·n^k with any k above j, an overhead and a power among them: the
 * smooth bends that look most like a knot.
 *
 * <p>j is one of a few exponents. For given j, k and ratio b/c the factor c follows from the mean
 * residual; k and the ratio are found by golden sections, the ratio within the exponent.
 */
final class PowerSum {

  private static final double[] LOWER = {0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2};
  private static final double LEAST_DIFFERENCE = 0.1;
  private static final double MOST_EXPONENT = 4;

  /** How far from the measured sizes, in e-foldings of the ratio, both parts may be equal. */
  private static final double FARTHEST = 6;

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int STEPS = 24;

  private final Observations data;
  private final double[] sizes;

  private PowerSum(Observations data) {
    this.data = data;
    sizes = new double[data.count()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.log(data.sizes()[i]);
    }
  }

  /** Returns the least weighted sum of squared log residuals that such a curve leaves. */
  static double squares(Observations data) {
    PowerSum sum = new PowerSum(data);
    return Arrays.stream(LOWER).map(sum::squares).min().orElseThrow();
  }

  private double squares(double lower) {
    return least(lower + LEAST_DIFFERENCE, MOST_EXPONENT, k -> squares(lower, k - lower));
  }

  private double squares(double lower, double difference) {
    double[] powers = new double[sizes.length];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Math.exp(difference * sizes[i]);
    }
    double low = difference * sizes[0] - FARTHEST;
    double high = difference * sizes[sizes.length - 1] + FARTHEST;
    return least(low, high, ratio -> squares(lower, powers, Math.exp(ratio)));
  }

  private double squares(double lower, double[] powers, double ratio) {
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < sizes.length; i++) {
      double weight = data.weights()[i];
      double residual = data.logs()[i] - lower * sizes[i] - Math.log(ratio + powers[i]);
      total += weight;
      sum += weight * residual;
      squares += weight * residual * residual;
    }
    return Math.max(0, squares - sum * sum / total);
  }

  /** Returns the least value found by a golden section search. */
  private static double least(double from, double to, DoubleUnaryOperator function) {
    double low = from;
    double high = to;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = function.applyAsDouble(left);
    double atRight = function.applyAsDouble(right);
    for (int step = 0; step < STEPS; step++) {
      if (atLeft <= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = function.applyAsDouble(left);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = function.applyAsDouble(right);
      }
    }
    return Math.min(atLeft, atRight);
  }
}
