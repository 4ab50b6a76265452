package dev.ordo.harness.gate;

import dev.ordo.reports.data.Series;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a gate judges.
 *
 * @param margin the relative change of cost that is too small to count, 0.05 for 5 %; if absent it
 *     is derived from the noise of both sides
 * @param alpha the level: of gates on two results of the same code at most this part may fail
 * @param metrics the metrics to judge; if empty time, and the laws of memory where both sides have
 *     them
 * @param sizeParam the parameter that is the size; if absent it is found
 * @param machines what is known of where both were measured
 * @param ignored the cells that are left out
 * @param declared the laws that must hold
 * @param seed the seed of all resampling
 */
public record GateOptions(
    OptionalDouble margin,
    double alpha,
    List<String> metrics,
    Optional<String> sizeParam,
    Machines machines,
    List<NamePattern> ignored,
    List<Declaration> declared,
    long seed) {

  /** What is known of where two results were measured. */
  public enum Machines {
    /** What the files say. */
    FOUND,
    /** The same, whatever the files say. */
    SAME,
    /** Different ones, whatever the files say. */
    DIFFERENT
  }

  /** A derived margin, a level of 5 %, usual metrics, nothing declared, seed 1. */
  public static final GateOptions DEFAULT =
      new GateOptions(
          OptionalDouble.empty(),
          0.05,
          List.of(),
          Optional.empty(),
          Machines.FOUND,
          List.of(),
          List.of(),
          1);

  private static final double LARGEST_ALPHA = 0.5;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the margin is negative or not finite, or alpha is not above
   *     0 and at most 0.5
   */
  public GateOptions {
    if (margin.isPresent() && !(margin.getAsDouble() >= 0 && margin.getAsDouble() < 1e6)) {
      throw new IllegalArgumentException(
          "margin (" + margin.getAsDouble() + ") must be 0 or more and below 10⁶");
    }
    if (!(alpha > 0 && alpha <= LARGEST_ALPHA)) {
      throw new IllegalArgumentException("alpha (" + alpha + ") must be above 0 and at most 0.5");
    }
    metrics = List.copyOf(metrics);
    Objects.requireNonNull(sizeParam, "sizeParam");
    Objects.requireNonNull(machines, "machines");
    ignored = List.copyOf(ignored);
    declared = List.copyOf(declared);
  }

  /** Returns the same with a given margin. */
  public GateOptions withMargin(double given) {
    return new GateOptions(
        OptionalDouble.of(given), alpha, metrics, sizeParam, machines, ignored, declared, seed);
  }

  /** Returns the same with another level. */
  public GateOptions withAlpha(double other) {
    return new GateOptions(margin, other, metrics, sizeParam, machines, ignored, declared, seed);
  }

  /** Returns the same with given metrics. */
  public GateOptions withMetrics(List<String> given) {
    return new GateOptions(margin, alpha, given, sizeParam, machines, ignored, declared, seed);
  }

  /** Returns the same with another size parameter. */
  public GateOptions withSizeParam(Optional<String> given) {
    return new GateOptions(margin, alpha, metrics, given, machines, ignored, declared, seed);
  }

  /** Returns the same with other knowledge of the machines. */
  public GateOptions withMachines(Machines known) {
    return new GateOptions(margin, alpha, metrics, sizeParam, known, ignored, declared, seed);
  }

  /** Returns the same with cells that are left out. */
  public GateOptions withIgnored(List<NamePattern> patterns) {
    return new GateOptions(margin, alpha, metrics, sizeParam, machines, patterns, declared, seed);
  }

  /** Returns the same with laws that must hold. */
  public GateOptions withDeclared(List<Declaration> laws) {
    return new GateOptions(margin, alpha, metrics, sizeParam, machines, ignored, laws, seed);
  }

  /** Returns the same with another seed. */
  public GateOptions withSeed(long other) {
    return new GateOptions(margin, alpha, metrics, sizeParam, machines, ignored, declared, other);
  }

  /** Returns whether a cell is left out. */
  boolean ignores(SeriesName name, String metric, String size) {
    return ignored.stream().anyMatch(pattern -> pattern.matches(name, metric, size));
  }

  /** Returns a series without the sizes that are left out. */
  Series withoutIgnored(Series series, SeriesName name, String metric) {
    return series.withPoints(
        series.points().stream()
            .filter(point -> !ignores(name, metric, Sizes.text(point.size())))
            .toList());
  }
}
