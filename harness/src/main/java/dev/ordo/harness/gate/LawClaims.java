package dev.ordo.harness.gate;

import dev.ordo.reports.compare.SeriesDifference;
import dev.ordo.reports.compare.SuiteNoise;
import dev.ordo.reports.compare.TestedDifference;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.Bounds;
import dev.ordo.reports.fit.Crossover;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The claims about how cost grows: the difference of exponents over all sizes that both sides have,
 * over the largest of them, and the place at which a quadratic part overtakes a linear one.
 *
 * <p>Of these, the least probable were nothing changed makes the claim, its probability times their
 * number (Bonferroni). A series that only lost costs at small sizes is steeper too; it is no
 * regression where the largest sizes do not take more and the fitted law is the same.
 */
final class LawClaims {

  /**
   * Differences of exponents that do not count, on one machine and between two: the cost of what
   * does not grow may change with a JVM, and bends a slope.
   */
  static final double MARGIN = 0.05;

  static final double MARGIN_BETWEEN_MACHINES = 0.2;

  /** The same for the logarithm of a crossover's move. */
  private static final double CROSSOVER_MARGIN = Math.log(1.5);

  private static final double CROSSOVER_MARGIN_BETWEEN_MACHINES = Math.log(3);

  /** What an exponent may not do unseen, and what no change of overheads does. */
  private static final double GROSS = 0.5;

  /** Two-sided, for what is asked on one side at 5 %. */
  private static final double SIDE = 0.9;

  private static final double SURE = 1e6;

  private final Policy policy;
  private final boolean sameMachine;
  private final Names names;
  private final long seed;

  LawClaims(Policy policy, Names names, long seed) {
    this.policy = policy;
    this.names = names;
    this.sameMachine = policy.rule() == Surroundings.Rule.SAME;
    this.seed = seed;
  }

  /** One thing that may have changed, and by how much it may without counting. */
  private record Test(TestedDifference contrast, double margin, String words) {}

  /** A series with what is to be said of it. */
  private record Case(
      Pairing pairing,
      SeriesDifference difference,
      Analysis base,
      Analysis candidate,
      List<Test> tests,
      Optional<TestedDifference> top) {

    double probability(boolean beyondMargin) {
      return Math.min(
          1,
          tests.size()
              * tests.stream()
                  .mapToDouble(t -> t.contrast.probability(beyondMargin ? t.margin : 0))
                  .min()
                  .orElse(1));
    }

    Optional<Test> strongest() {
      return tests.stream().min(Comparator.comparingDouble(t -> t.contrast.probability(t.margin)));
    }
  }

  /**
   * Returns one claim for each series of three sizes or more.
   *
   * @param noises the noise of each metric
   */
  List<Claim> claims(List<Pairing> pairings, Map<String, SuiteNoise> noises) {
    List<Case> cases =
        pairings.parallelStream()
            .filter(p -> p.difference().filter(d -> d.count() > 2).isPresent())
            .map(p -> prepare(p, noises.get(p.metric())))
            .toList();
    double[] adjusted =
        policy.correction().adjust(cases.stream().mapToDouble(c -> c.probability(true)).toArray());
    double[] suspected =
        policy.correction().adjust(cases.stream().mapToDouble(c -> c.probability(false)).toArray());
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      claims.add(claim(cases.get(i), adjusted[i], suspected[i]));
    }
    return claims;
  }

  private Case prepare(Pairing pairing, SuiteNoise noise) {
    SeriesDifference difference = pairing.difference().orElseThrow();
    Analysis base = Analyst.analyze(pairing.pair().commonBase(), seed);
    Analysis candidate = Analyst.analyze(pairing.pair().commonCandidate(), seed);
    // Two laws that exclude each other need no large difference to be told apart.
    double margin = worse(base, candidate) ? MARGIN : margin();
    List<Test> tests = new ArrayList<>();
    difference.slope(noise).ifPresent(c -> tests.add(new Test(c, margin, "over all sizes")));
    difference
        .topSlope(noise)
        .ifPresent(c -> tests.add(new Test(c, margin, "over the largest sizes")));
    if (!difference.sameValues()) {
      crossover(base, candidate).ifPresent(tests::add);
    }
    return new Case(pairing, difference, base, candidate, tests, difference.topLevel(noise));
  }

  private Optional<Test> crossover(Analysis base, Analysis candidate) {
    if (base.crossover().isEmpty() || candidate.crossover().isEmpty()) {
      return Optional.empty();
    }
    Interval ours = base.crossover().map(Crossover::size).orElseThrow();
    Interval theirs = candidate.crossover().map(Crossover::size).orElseThrow();
    double error = Math.hypot(error(ours), error(theirs));
    if (!(error > 0) || !Double.isFinite(error)) {
      return Optional.empty();
    }
    return Optional.of(
        new Test(
            new TestedDifference(Math.log(ours.value() / theirs.value()), error, SURE),
            sameMachine ? CROSSOVER_MARGIN : CROSSOVER_MARGIN_BETWEEN_MACHINES,
            "the quadratic part overtakes at "
                + Figures.roughSize(ours.value())
                + ", then at "
                + Figures.roughSize(theirs.value())));
  }

  /** Returns the standard error of a size's logarithm, from the wider half of its interval. */
  private static double error(Interval size) {
    double half =
        Math.max(Math.log(size.value() / size.low()), Math.log(size.high() / size.value()));
    return half
        / new NormalDistribution(null, 0, 1)
            .inverseCumulativeProbability((1 + size.confidence()) / 2);
  }

  private Claim claim(Case one, double adjusted, double suspected) {
    Optional<Test> strongest = one.strongest();
    String laws = laws(one);
    if (strongest.isEmpty()) {
      return make(
          one,
          Verdict.INCONCLUSIVE,
          "noise unknown",
          "Nothing is known of the noise: two forks a size are needed. " + laws,
          Optional.of("one fork a size: the noise is unknown"));
    }
    Test test = strongest.get();
    Interval slope = one.tests.get(0).contrast.interval(Policy.CONFIDENCE);
    Verdict verdict = verdict(one, test, slope, adjusted);
    Optional<String> doubt = Optional.empty();
    if (verdict == Verdict.INCONCLUSIVE) {
      doubt = doubt(test, slope, suspected);
    }
    String figure =
        signed(slope.value()) + " [" + signed(slope.low()) + ", " + signed(slope.high()) + "]";
    String sentence =
        "The exponent differs by " + figure + " over all sizes" + also(one, test) + ". " + laws;
    return make(one, verdict, figure, sentence, doubt);
  }

  private static String also(Case one, Test test) {
    if (test == one.tests.get(0)) {
      return "";
    }
    Interval interval = test.contrast.interval(Policy.CONFIDENCE);
    return test.words.startsWith("the")
        ? "; " + test.words
        : "; by "
            + signed(interval.value())
            + " ["
            + signed(interval.low())
            + ", "
            + signed(interval.high())
            + "] "
            + test.words;
  }

  private Verdict verdict(Case one, Test test, Interval slope, double adjusted) {
    boolean within = slope.low() >= -margin() && slope.high() <= margin();
    if (one.difference.sameValues()) {
      return Verdict.UNCHANGED;
    }
    if (adjusted < policy.level()) {
      if (test.contrast.estimate() < 0) {
        return Verdict.IMPROVED;
      }
      return explained(one, test) ? Verdict.UNCHANGED : Verdict.REGRESSED;
    }
    return within ? Verdict.UNCHANGED : Verdict.INCONCLUSIVE;
  }

  /** Returns whether a steeper series is one that got cheaper at small sizes, or a like change. */
  private boolean explained(Case one, Test test) {
    boolean gross = test.contrast.interval(Policy.CONFIDENCE).low() >= GROSS;
    if (gross || worse(one.base, one.candidate)) {
      return false;
    }
    if (!sameMachine) {
      return sameLaw(one.base, one.candidate);
    }
    return one.top.filter(c -> c.interval(SIDE).low() > 0).isEmpty();
  }

  /** Returns whether what is claimed of the candidate excludes all that is claimed of the base. */
  private static boolean worse(Analysis base, Analysis candidate) {
    Optional<Bounds> ours = base.conclusion().bounds();
    Optional<Bounds> theirs = candidate.conclusion().bounds();
    return ours.isPresent()
        && theirs.isPresent()
        && theirs.get().atLeast().compareTo(ours.get().atMost()) > 0;
  }

  private static boolean sameLaw(Analysis base, Analysis candidate) {
    Optional<Bounds> ours = base.conclusion().bounds();
    return ours.isPresent()
        && ours.equals(candidate.conclusion().bounds())
        && ours.get().atLeast() == ours.get().atMost()
        && base.crossover().isEmpty()
        && candidate.crossover().isEmpty();
  }

  private double margin() {
    return sameMachine ? MARGIN : MARGIN_BETWEEN_MACHINES;
  }

  private Optional<String> doubt(Test test, Interval slope, double suspected) {
    if (slope.high() >= GROSS) {
      return Optional.of("the exponent may be larger by a half: more forks or sizes would tell");
    }
    return suspected < policy.level() && test.contrast.estimate() > test.margin
        ? Optional.of("it grows faster, but whether by the margin more forks would tell")
        : Optional.empty();
  }

  private static String laws(Case one) {
    return "Baseline: "
        + one.base.conclusion().law()
        + exponent(one.base)
        + "; candidate: "
        + one.candidate.conclusion().law()
        + exponent(one.candidate)
        + ".";
  }

  private static String exponent(Analysis analysis) {
    return analysis.exponent().map(e -> ", exponent " + Figures.exponent(e.value())).orElse("");
  }

  private static String signed(double exponent) {
    String text = Figures.exponent(exponent);
    return exponent > 0 && !text.startsWith("+") ? "+" + text : text;
  }

  private Claim make(
      Case one, Verdict verdict, String figure, String sentence, Optional<String> doubt) {
    return new Claim(
        Claim.Kind.LAW,
        names.of(one.pairing.name()),
        one.pairing.benchmark(),
        one.pairing.metric(),
        verdict,
        true,
        figure,
        sentence,
        doubt,
        Arrays.stream(one.difference.ratios()).boxed().toList());
  }
}
