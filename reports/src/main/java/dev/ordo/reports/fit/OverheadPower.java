package dev.ordo.reports.fit;

import java.util.function.DoubleUnaryOperator;

/**
 * An overhead and a power, a + b·n^k with any k: the smooth bend that looks most like a floor.
 *
 * <p>For a given k and ratio a/b the factor b follows from the mean residual; both are found by
 * golden sections, the ratio within the exponent.
 */
final class OverheadPower {

  private static final double LEAST_EXPONENT = 0.1;
  private static final double MOST_EXPONENT = 4;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int STEPS = 40;

  private OverheadPower() {}

  /** Returns the least weighted sum of squared log residuals that such a curve leaves. */
  static double squares(Observations data) {
    return least(LEAST_EXPONENT, MOST_EXPONENT, k -> squares(data, k));
  }

  private static double squares(Observations data, double k) {
    double[] logs = new double[data.count()];
    // From no overhead that could be seen to one that hides all growth.
    double low = k * Math.log(data.sizes()[0]) - 10;
    double high = k * Math.log(data.largest()) + 10;
    return least(
        low,
        high,
        ratio -> {
          for (int i = 0; i < logs.length; i++) {
            double size = Math.pow(data.sizes()[i], k);
            logs[i] = data.logs()[i] - Math.log(Math.exp(ratio) + size);
          }
          return about(logs, data.weights());
        });
  }

  private static double about(double[] values, double[] weights) {
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      total += weights[i];
      sum += weights[i] * values[i];
      squares += weights[i] * values[i] * values[i];
    }
    return Math.max(0, squares - sum * sum / total);
  }

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
