package dev.ordo.reports.fit;

import java.util.List;
import java.util.Objects;

/**
 * One law fitted to one series: a sum of terms with non-negative coefficients, a power law, or the
 * line or parabola that counted bytes follow exactly, whose lower coefficients may be negative.
 *
 * @param name the law as text, for example {@code a + b·n}
 * @param terms the terms of the sum, without those whose coefficient is zero by construction
 * @param relativeError the root mean square of the relative residuals
 * @param aicc the corrected Akaike criterion; +∞ where there are too few sizes for it
 * @param weight the Akaike weight among the fits ranked together, in 0 … 1
 * @param form which exponents are its own and which were fitted
 * @param intervals the 95 % interval of each term's coefficient, in the order of the terms and in
 *     the unit of the series, none below 0; empty where they are unknown or where nothing was
 *     estimated
 */
public record Fit(
    String name,
    List<Term> terms,
    double relativeError,
    double aicc,
    double weight,
    Form form,
    List<Interval> intervals) {

  /** What was fitted. */
  public enum Form {
    /** Coefficients of terms whose exponents the law has. */
    SUM,
    /** A coefficient and an exponent. */
    POWER,
    /** A constant, and a coefficient and an exponent. */
    POWER_ABOVE
  }

  /**
   * One term: coefficient · n^power · (log₂ n)^logPower.
   *
   * @param coefficient in the unit of the series
   * @param power the exponent of n
   * @param logPower the exponent of log₂ n
   */
  public record Term(double coefficient, double power, int logPower) {

    /** Returns the term's value at size {@code n}. */
    public double at(double n) {
      double value = coefficient * Math.pow(n, power);
      return logPower == 0 ? value : value * Math.pow(Math.log(n) / Math.log(2), logPower);
    }
  }

  /**
   * Checks that every part is there.
   *
   * @throws IllegalArgumentException if there are intervals, but not one for each term
   */
  public Fit {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(form, "form");
    terms = List.copyOf(terms);
    intervals = List.copyOf(intervals);
    if (!intervals.isEmpty() && intervals.size() != terms.size()) {
      throw new IllegalArgumentException(
          "intervals (" + intervals.size() + ") must be one for each term (" + terms.size() + ")");
    }
  }

  /** Makes a fit of a sum. */
  public Fit(
      String name,
      List<Term> terms,
      double relativeError,
      double aicc,
      double weight,
      List<Interval> intervals) {
    this(name, terms, relativeError, aicc, weight, Form.SUM, intervals);
  }

  /** Makes a fit of a sum whose terms have no intervals. */
  public Fit(String name, List<Term> terms, double relativeError, double aicc, double weight) {
    this(name, terms, relativeError, aicc, weight, List.of());
  }

  /** Returns the fitted value at size {@code n}. */
  public double at(double n) {
    return terms.stream().mapToDouble(term -> term.at(n)).sum();
  }
}
