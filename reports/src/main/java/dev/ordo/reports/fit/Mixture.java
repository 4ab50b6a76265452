package dev.ordo.reports.fit;

import java.util.List;

/**
 * A weighted mixture of Student's distributions, each shifted and stretched.
 *
 * @param parts the components; at least one of positive weight
 */
record Mixture(List<Part> parts) {

  private static final int MOST_STEPS = 60;

  /** How far a quantile may be off, as a part of the least deviation of a component. */
  private static final double TOLERANCE = 1e-6;

  /** How far a component's quantile may be off, in deviations. */
  private static final double ROUGH = 0.01;

  private static final double LEAST_TAIL = 1e-12;

  /**
   * One component.
   *
   * @param weight how likely it is, not negative; weights need not add up to 1
   * @param mean its middle
   * @param deviation its scale, positive
   * @param degrees its degrees of freedom, positive
   */
  record Part(double weight, double mean, double deviation, double degrees) {

    private double below(double x) {
      return normalBelow(normalOf((x - mean) / deviation, degrees));
    }

    private double at(double normal) {
      return mean + deviation * studentOf(normal, degrees);
    }
  }

  /** Copies the components. */
  Mixture {
    parts = List.copyOf(parts);
  }

  /**
   * Returns a quantile. It lies between the least and the largest quantile of the components, and
   * is found from there by false position with halved ends (Dowell and Jarratt, <i>BIT</i> 11,
   * 1971).
   *
   * @param level in 0 … 1, exclusive
   */
  double quantile(double level) {
    double normal = normalQuantile(level);
    double total = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double finest = Double.POSITIVE_INFINITY;
    for (Part part : parts) {
      total += part.weight;
      double at = part.at(normal);
      low = Math.min(low, at - ROUGH * part.deviation);
      high = Math.max(high, at + ROUGH * part.deviation);
      finest = Math.min(finest, part.deviation);
    }
    double lacking = below(low) - level * total;
    double exceeding = below(high) - level * total;
    for (int step = 0; step < MOST_STEPS && high - low > TOLERANCE * finest; step++) {
      double middle =
          step % 4 == 3 ? (low + high) / 2 : low + (high - low) * lacking / (lacking - exceeding);
      double beyond = below(middle) - level * total;
      if (Math.abs(beyond) <= TOLERANCE * level * (1 - level) * total) {
        return middle;
      }
      if (beyond < 0) {
        low = middle;
        lacking = beyond;
        exceeding /= 2;
      } else {
        high = middle;
        exceeding = beyond;
        lacking /= 2;
      }
    }
    return (low + high) / 2;
  }

  private double below(double x) {
    double below = 0;
    for (Part part : parts) {
      below += part.weight * part.below(x);
    }
    return below;
  }

  /**
   * Returns the normal deviate that is exceeded as often as Student's {@code t}. From 3 degrees of
   * freedom on, quantiles are right to 2 % (Wallace, Annals of Mathematical Statistics 30, 1959).
   */
  static double normalOf(double t, double degrees) {
    double z =
        (8 * degrees + 1) / (8 * degrees + 3) * Math.sqrt(degrees * Math.log1p(t * t / degrees));
    return t < 0 ? -z : z;
  }

  /** Returns Student's deviate of a normal one: the inverse of {@link #normalOf}. */
  static double studentOf(double z, double degrees) {
    double stretched = z * (8 * degrees + 3) / (8 * degrees + 1);
    double t = Math.sqrt(degrees * Math.expm1(stretched * stretched / degrees));
    return z < 0 ? -t : t;
  }

  /**
   * Returns the normal distribution's quantile, to 5·10⁻⁴ (Abramowitz and Stegun, 26.2.23).
   *
   * @param level the probability below it, in 0 … 1; taken as 10⁻¹² away from either at least
   */
  static double normalQuantile(double level) {
    double tail = Math.max(LEAST_TAIL, Math.min(level, 1 - level));
    double t = Math.sqrt(-2 * Math.log(tail));
    double z =
        t
            - (2.515517 + t * (0.802853 + t * 0.010328))
                / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    return level < 0.5 ? -z : z;
  }

  /**
   * Returns the normal distribution's probability below {@code z}, to 10⁻⁷ (Abramowitz and Stegun,
   * <i>Handbook of Mathematical Functions</i>, 1964, 26.2.17).
   */
  static double normalBelow(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
    return z > 0 ? 1 - tail : tail;
  }
}
