package dev.ordo.harness.gate;

import dev.ordo.reports.compare.SeriesDifference;
import dev.ordo.reports.compare.SuiteNoise;
import dev.ordo.reports.compare.TestedDifference;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cost of each series over all its sizes together: what two or three forks a size cannot tell
 * of one size, those of all sizes tell of the series.
 */
final class SeriesCosts {

  private static final double LEAST_MARGIN = 0.01;

  private final Policy policy;
  private final Names names;

  SeriesCosts(Policy policy, Names names) {
    this.policy = policy;
    this.names = names;
  }

  /**
   * Returns one claim for each series of two sizes or more.
   *
   * @param noises the noise of each metric
   */
  List<Claim> claims(List<Pairing> pairings, Map<String, SuiteNoise> noises) {
    List<Pairing> judged =
        pairings.stream()
            .filter(p -> p.difference().filter(d -> d.count() > 1).isPresent())
            .toList();
    List<Optional<TestedDifference>> levels =
        judged.stream()
            .map(p -> p.difference().orElseThrow().level(noises.get(p.metric())))
            .toList();
    double[] beyond = new double[judged.size()];
    double[] any = new double[judged.size()];
    for (int i = 0; i < beyond.length; i++) {
      double allowed = Math.log1p(margin(judged.get(i)));
      beyond[i] = levels.get(i).map(level -> level.probability(allowed)).orElse(1.0);
      any[i] = levels.get(i).map(level -> level.probability(0)).orElse(1.0);
    }
    double[] adjusted = policy.correction().adjust(beyond);
    double[] suspected = policy.correction().adjust(any);
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      claims.add(claim(judged.get(i), levels.get(i), adjusted[i], suspected[i]));
    }
    return claims;
  }

  /** Returns what is too small to count: a mean over m sizes is off by less than one, by √m. */
  private double margin(Pairing pairing) {
    SeriesDifference difference = pairing.difference().orElseThrow();
    if (policy.margin().isPresent() || difference.counted()) {
      return policy.margin().orElse(0);
    }
    double ofSize = Math.log1p(pairing.cellMargin());
    return Math.max(LEAST_MARGIN, Math.expm1(ofSize / Math.sqrt(difference.count())));
  }

  private Claim claim(
      Pairing pairing, Optional<TestedDifference> level, double adjusted, double any) {
    SeriesDifference difference = pairing.difference().orElseThrow();
    double[] ratios = difference.ratios();
    double margin = margin(pairing);
    Optional<Interval> interval = level.map(SeriesCosts::ratio);
    double ratio = interval.map(Interval::value).orElseGet(() -> geometricMean(ratios));
    Policy.Judgement judgement =
        policy.judge(
            new Policy.Cost(
                ratio, interval, margin, adjusted, any, difference.sameValues() && forked(pairing)),
            Policy.GROSS,
            true,
            "one fork a size: the noise is unknown");
    String figure =
        Figures.factor(ratio)
            + interval.map(i -> " " + Figures.factors(i)).orElse(" (one fork each)");
    return new Claim(
        Claim.Kind.SERIES,
        names.of(pairing.name()),
        pairing.benchmark(),
        pairing.metric(),
        judgement.verdict(),
        judgement.gates(),
        figure,
        "Over "
            + ratios.length
            + " sizes the candidate takes "
            + figure
            + " times what the baseline takes; a change counts from "
            + Figures.percent(margin)
            + " on.",
        judgement.doubt(),
        Arrays.stream(ratios).boxed().toList());
  }

  private static Interval ratio(TestedDifference level) {
    Interval log = level.interval(Policy.CONFIDENCE);
    return new Interval(
        Math.exp(log.value()), Math.exp(log.low()), Math.exp(log.high()), Policy.CONFIDENCE);
  }

  private static double geometricMean(double[] ratios) {
    return Math.exp(Arrays.stream(ratios).map(Math::log).average().orElseThrow());
  }

  /** Returns whether some size has two forks on each side. */
  private static boolean forked(Pairing pairing) {
    return pairing.cells().stream()
        .anyMatch(
            cell ->
                cell.base().sample().forkCount() > 1 && cell.candidate().sample().forkCount() > 1);
  }
}
