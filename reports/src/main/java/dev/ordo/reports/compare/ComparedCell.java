package dev.ordo.reports.compare;

import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.Unit;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One cell that both results have.
 *
 * @param metric the metric's name
 * @param base what the base measured
 * @param candidate what the candidate measured
 * @param margin the relative change that is too small to be called one
 * @param estimate the ratio of the candidate to the base
 * @param adjusted {@link Estimate#beyondMargin}, adjusted to the number of comparisons
 * @param change what all that says
 */
public record ComparedCell(
    String metric,
    MeasuredCell base,
    MeasuredCell candidate,
    double margin,
    Estimate estimate,
    OptionalDouble adjusted,
    Change change) {

  /** Checks that every part is there. */
  public ComparedCell {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(estimate, "estimate");
    Objects.requireNonNull(adjusted, "adjusted");
    Objects.requireNonNull(change, "change");
  }

  /** Returns the name of the benchmark. */
  public String benchmark() {
    return base.benchmark();
  }

  /** Returns the parameters. */
  public Map<String, String> params() {
    return base.params();
  }

  /** Returns the unit of both samples. */
  public Unit unit() {
    return base.sample().unit();
  }

  /** Returns the verdict in a word that suits the unit. */
  public String word() {
    return change.word(unit());
  }

  /** Returns the same cell with a verdict. */
  ComparedCell judged(OptionalDouble probability, double alpha) {
    return new ComparedCell(
        metric, base, candidate, margin, estimate, probability, verdict(probability, alpha));
  }

  /**
   * Returns the verdict. The interval lies wholly beyond the margin just where {@link
   * Estimate#beyondMargin} is below alpha, so a difference is called by the adjusted probability
   * alone.
   */
  private Change verdict(OptionalDouble probability, double alpha) {
    if (probability.isEmpty()) {
      return Change.INCONCLUSIVE;
    }
    if (probability.getAsDouble() < alpha) {
      return estimate.ratio() > 1 ? Change.SLOWER : Change.FASTER;
    }
    boolean within =
        estimate
            .interval()
            .filter(i -> i.low() >= 1 / (1 + margin) && i.high() <= 1 + margin)
            .isPresent();
    return within ? Change.UNCHANGED : Change.INCONCLUSIVE;
  }
}
