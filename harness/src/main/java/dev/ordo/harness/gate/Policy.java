package dev.ordo.harness.gate;

import dev.ordo.reports.compare.FalseDiscovery;
import dev.ordo.reports.fit.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How estimates become verdicts, the same for every claim about cost.
 *
 * @param margin as was asked; absent where it follows the noise
 * @param level the level of each family of claims: cells, series and laws share out that of the
 *     gate
 * @param rule which claims count
 * @param correction the rule against false discoveries
 */
record Policy(
    OptionalDouble margin, double level, Surroundings.Rule rule, FalseDiscovery correction) {

  /** What a cost may not do unseen: half as much again. */
  static final double GROSS = 1.5;

  static final double CONFIDENCE = 0.95;

  private static final int FAMILIES = 3;

  private static final String MORE_FORKS =
      "it may take half as much again, or more: more forks would tell";

  static Policy of(GateOptions options, Surroundings.Rule rule) {
    // Cells have forks of their own; several metrics come from the same forks.
    FalseDiscovery correction =
        options.metrics().size() > 1
            ? FalseDiscovery.BENJAMINI_YEKUTIELI
            : FalseDiscovery.BENJAMINI_HOCHBERG;
    return new Policy(options.margin(), options.alpha() / FAMILIES, rule, correction);
  }

  /** A verdict, whether it counts, and why it must not pass if it is inconclusive. */
  record Judgement(Verdict verdict, boolean gates, Optional<String> doubt) {}

  /**
   * An estimate of a cost.
   *
   * @param ratio candidate over base
   * @param interval its interval, if the noise is known
   * @param margin what is too small to count
   * @param adjusted the adjusted probability against the margin; 1 where there is none
   * @param suspected the adjusted probability against no change; 1 where there is none
   * @param same whether both sides hold the same values, of two forks or more
   */
  record Cost(
      double ratio,
      Optional<Interval> interval,
      double margin,
      double adjusted,
      double suspected,
      boolean same) {

    private boolean within() {
      return interval
          .filter(i -> i.low() >= 1 / (1 + margin) && i.high() <= 1 + margin)
          .isPresent();
    }
  }

  /**
   * Judges a cost.
   *
   * @param gross the ratio that must not pass as inconclusive
   * @param alone whether no other claim stands for it too
   * @param limitation why its noise is unknown, if it is
   */
  Judgement judge(Cost cost, double gross, boolean alone, String limitation) {
    if (rule == Surroundings.Rule.OTHER_JVM && !(cost.ratio < GROSS)) {
      return new Judgement(
          Verdict.INCONCLUSIVE,
          true,
          Optional.of("so much may be the other JVM's doing, or the code's"));
    }
    boolean gates = rule == Surroundings.Rule.SAME;
    if (cost.same) {
      return new Judgement(Verdict.UNCHANGED, gates, Optional.empty());
    }
    if (cost.adjusted < level) {
      return new Judgement(
          cost.ratio > 1 ? Verdict.REGRESSED : Verdict.IMPROVED, gates, Optional.empty());
    }
    if (cost.within()) {
      return new Judgement(Verdict.UNCHANGED, gates, Optional.empty());
    }
    return new Judgement(Verdict.INCONCLUSIVE, gates, doubt(cost, gross, alone, limitation));
  }

  private Optional<String> doubt(Cost cost, double gross, boolean alone, String limitation) {
    if (!(cost.ratio < gross)) {
      return Optional.of(MORE_FORKS);
    }
    if (cost.suspected < level && cost.ratio > 1 + cost.margin) {
      return Optional.of("it takes more, but whether by the margin more forks would tell");
    }
    if (!alone) {
      return Optional.empty();
    }
    if (cost.interval.isEmpty()) {
      return Optional.of(limitation);
    }
    return cost.interval.get().high() >= GROSS ? Optional.of(MORE_FORKS) : Optional.empty();
  }
}
