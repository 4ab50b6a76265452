package dev.ordo.reports.fit;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The law that counted bytes follow to the byte: a constant, a line or a parabola.
 *
 * <p>Bytes that a program counts have no noise, so nothing is estimated: with more sizes than the
 * law has coefficients, a law that meets every size within half a byte is the law of these sizes. A
 * value that differs between forks or iterations, that is no whole number, or that no such law
 * meets is left to statistics. The exponent is the slope over these sizes, a point without a width.
 */
final class Exact {

  private static final int FEWEST_SIZES = 3;
  private static final int HIGHEST_DEGREE = 2;
  private static final double HALF_BYTE = 0.5;
  private static final double NOTABLE_OVERHEAD = 0.10;
  private static final String[] POWERS = {"", "·n", "·n²"};

  private Exact() {}

  /** Returns the analysis of a series of counted bytes, if an exact law holds. */
  static Optional<Analysis> of(Series series) {
    boolean counted =
        series.points().size() >= FEWEST_SIZES
            && series.points().stream().allMatch(point -> counted(point.sample()));
    if (!counted) {
      return Optional.empty();
    }
    double[] sizes = series.sizes();
    double[] bytes = series.means();
    for (int degree = 0; degree <= HIGHEST_DEGREE && degree + 1 < sizes.length; degree++) {
      double[] law = through(sizes, bytes, degree);
      if (law[degree] > 0 && meets(law, sizes, bytes)) {
        return Optional.of(analysis(law, sizes, bytes));
      }
    }
    return Optional.empty();
  }

  private static boolean counted(Sample sample) {
    if (!sample.unit().equals(Unit.BYTES)) {
      return false;
    }
    double first = sample.fork(0)[0];
    boolean whole = first > 0 && first == Math.rint(first);
    for (int fork = 0; fork < sample.forkCount(); fork++) {
      whole &= Arrays.stream(sample.fork(fork)).allMatch(value -> value == first);
    }
    return whole;
  }

  /** Returns the coefficients, lowest first, of the curve through sizes far from each other. */
  private static double[] through(double[] sizes, double[] bytes, int degree) {
    int last = sizes.length - 1;
    if (degree == 0) {
      return new double[] {bytes[0]};
    }
    double slope = (bytes[last] - bytes[0]) / (sizes[last] - sizes[0]);
    if (degree == 1) {
      return new double[] {bytes[0] - slope * sizes[0], slope};
    }
    int middle = last / 2;
    double first = (bytes[middle] - bytes[0]) / (sizes[middle] - sizes[0]);
    double square = (slope - first) / (sizes[last] - sizes[middle]);
    double linear = first - square * (sizes[0] + sizes[middle]);
    return new double[] {bytes[0] - sizes[0] * (linear + square * sizes[0]), linear, square};
  }

  private static boolean meets(double[] law, double[] sizes, double[] bytes) {
    for (int i = 0; i < sizes.length; i++) {
      if (Math.abs(at(law, sizes[i]) - bytes[i]) > HALF_BYTE) {
        return false;
      }
    }
    return true;
  }

  private static double at(double[] law, double size) {
    double value = 0;
    for (int power = law.length - 1; power >= 0; power--) {
      value = value * size + law[power];
    }
    return value;
  }

  private static Analysis analysis(double[] law, double[] sizes, double[] bytes) {
    List<Fit.Term> terms = new ArrayList<>();
    List<String> letters = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (int power = 0; power < law.length; power++) {
      if (part(law, power, sizes) >= HALF_BYTE) {
        terms.add(new Fit.Term(law[power], power, 0));
        letters.add((char) ('a' + power) + POWERS[power]);
        numbers.add(number(law[power]) + POWERS[power]);
      }
    }
    String formula = String.join(" + ", numbers).replace("+ -", "− ");
    Fit fit =
        new Fit(String.join(" + ", letters), terms, 0, Double.POSITIVE_INFINITY, 1);
    String sentence =
        law.length == 1
            ? "Memory is the same " + formula + " B at all " + sizes.length + " sizes."
            : "Memory is " + formula + " B, to the byte at all " + sizes.length + " sizes.";
    double[] logs = Arrays.stream(bytes).map(Math::log).toArray();
    double[] weights = new double[sizes.length];
    Arrays.fill(weights, 1);
    double slope = law.length == 1 ? 0 : PowerFit.of(sizes, logs, weights).exponent();
    return new Analysis(
        Optional.of(new Interval(slope, slope, slope, Exponent.CONFIDENCE)),
        List.of(fit),
        Optional.of(fit),
        Optional.empty(),
        new Conclusion(word(law, sizes, bytes), true, sentence, Optional.of(bounds(law))));
  }

  /** Returns the most that a term adds or takes at any size: less than half a byte is rounding. */
  private static double part(double[] law, int power, double[] sizes) {
    return Math.abs(law[power]) * Math.pow(sizes[sizes.length - 1], power);
  }

  private static String number(double coefficient) {
    double rounded = Math.rint(coefficient * 1e4) / 1e4;
    return rounded == Math.rint(rounded)
        ? String.format(java.util.Locale.ROOT, "%.0f", rounded)
        : Double.toString(rounded);
  }

  private static String word(double[] law, double[] sizes, double[] bytes) {
    if (law.length == 1) {
      return Growth.CONSTANT.word();
    }
    boolean overhead = law[0] >= NOTABLE_OVERHEAD * bytes[0];
    boolean both = law.length > 2 && law[1] > 0 && part(law, 1, sizes) >= HALF_BYTE;
    Law growing =
        both ? Law.MIXED : Law.of(law.length == 2 ? Growth.LINEAR : Growth.QUADRATIC);
    return overhead ? "overhead + " + growing.word() : growing.word();
  }

  private static Bounds bounds(double[] law) {
    return Bounds.of(
        switch (law.length) {
          case 1 -> Growth.CONSTANT;
          case 2 -> Growth.LINEAR;
          default -> Growth.QUADRATIC;
        });
  }
}
