package dev.ordo.reports.fit;

import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The way from fits to one sentence.
 *
 * <p>A law is named only if it is alone among the laws that the data does not contradict, up to
 * pairs that have a name of their own (n and n log n: quasi-linear) and up to a quadratic part too
 * small to matter in the measured range. Otherwise the answer is "cannot tell", with the reason.
 */
final class Decision {

  private static final int FEWEST_SIZES = 4;
  private static final int FEWEST_SIZES_OF_ONE_FORK = 5;
  private static final double NARROWEST_RANGE = 4;
  private static final double WORST_FIT = 0.10;
  private static final int FEWEST_LOOSE_DEGREES = 3;

  /** A change over the range, or a part of the largest value, that may stay unseen. */
  private static final double UNSEEN_PART = 0.25;

  private static final double NOTABLE_OVERHEAD = 0.10;
  private static final double LEAST_DEVIATION = 0.001;
  private static final Set<Law> QUASI_LINEAR =
      Set.of(Law.of(Growth.LINEAR), Law.of(Growth.LINEARITHMIC));
  private static final Set<Law> QUASI_QUADRATIC =
      Set.of(Law.of(Growth.QUADRATIC), Law.of(Growth.QUADRATIC_LOGARITHMIC));

  private final Observations data;
  private final List<LawFit> fits;
  private final List<Fit> ranking;
  private final Interval exponent;
  private final Plausible plausible;
  private final String subject;
  private final long seed;

  /** What was decided: the sentence, the curve to draw, and the crossover where it is claimed. */
  record Outcome(Conclusion conclusion, Fit best, Optional<Crossover> crossover) {}

  Decision(
      Observations data,
      List<LawFit> fits,
      PowerFit power,
      List<Fit> ranking,
      Interval exponent,
      Unit unit,
      long seed) {
    this.data = data;
    this.fits = fits;
    this.ranking = ranking;
    this.exponent = exponent;
    this.plausible = Plausible.of(data, fits, power);
    this.subject = Words.subject(unit);
    this.seed = seed;
  }

  /** Decides. */
  Outcome outcome() {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      return cannotTell(obstacle.get());
    }
    if (plausible.constant()) {
      return constant();
    }
    if (exponent.value() <= 0) {
      return cannotTell("the values fall as the size grows, which no law of growth does");
    }
    Set<Law> singles = plausible.singles();
    boolean mixed = plausible.laws().containsKey(Law.MIXED);
    if (singles.isEmpty()) {
      return mixed ? mixed() : powerLaw();
    }
    if (singles.equals(QUASI_LINEAR) || singles.equals(Set.of(Law.of(Growth.LINEAR)))) {
      return linear(singles, mixed);
    }
    if (QUASI_QUADRATIC.containsAll(singles)
        && (!mixed || singles.contains(Law.of(Growth.QUADRATIC)))) {
      return singles.size() == 1
          ? named(singles.iterator().next())
          : pair("quasi-quadratic", QUASI_QUADRATIC);
    }
    return singles.size() == 1 && !mixed ? named(singles.iterator().next()) : undecided("");
  }

  /** Returns what forbids to name any law. */
  private Optional<String> obstacle() {
    int m = data.count();
    if (m < FEWEST_SIZES) {
      return Optional.of(m + " sizes are too few to name a law, " + FEWEST_SIZES + " are needed");
    }
    if (data.forkDegrees() == 0 && m < FEWEST_SIZES_OF_ONE_FORK) {
      return Optional.of(
          "with one fork a size the noise is unknown, and "
              + m
              + " sizes are too few to judge it by their scatter");
    }
    if (data.range() < NARROWEST_RANGE) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the sizes span a factor of %.1f only, at least %.0f is needed",
              data.range(),
              NARROWEST_RANGE));
    }
    double bestError =
        fits.stream().mapToDouble(LawFit::relativeError).min().orElse(Double.POSITIVE_INFINITY);
    if (plausible.loose()
        && (bestError > WORST_FIT || plausible.noiseDegrees() < FEWEST_LOOSE_DEGREES)) {
      return Optional.of(
          "no law fits: the best is off by "
              + Words.percent(bestError)
              + (data.forkDegrees() == 0 ? "" : ", forks vary by " + noise()));
    }
    return Optional.empty();
  }

  private Outcome constant() {
    double reach = Math.max(Math.abs(exponent.low()), Math.abs(exponent.high()));
    double change = Math.expm1(reach * Math.log(data.range()));
    if (change > UNSEEN_PART) {
      return cannotTell(
          "noise of "
              + Words.percent(Math.sqrt(plausible.noise()))
              + " a size hides any growth of up to "
              + Words.percent(change)
              + " over the range; more forks would decide");
    }
    LawFit fit = plausible.laws().get(Law.CONSTANT);
    String sentence =
        String.format(
            Locale.ROOT,
            "%s does not grow with n: constant fits within %s, growth over %s … %s is at most %s",
            subject,
            Words.percent(fit.relativeError()),
            Words.size(data.sizes()[0]),
            Words.size(data.largest()),
            Words.percent(change));
    return told("constant", sentence, fit, Optional.empty());
  }

  private Outcome linear(Set<Law> singles, boolean mixed) {
    double hidden = mixed ? bootstrap(mixedFit()).largestQuadraticShare() : 0;
    if (hidden > UNSEEN_PART) {
      return undecided(
          ", and a quadratic part of up to "
              + Words.percent(hidden)
              + " of the value at "
              + Words.size(data.largest())
              + " is not excluded");
    }
    return singles.size() == 1
        ? named(singles.iterator().next())
        : pair("quasi-linear", QUASI_LINEAR);
  }

  private Outcome named(Law law) {
    LawFit fit = plausible.laws().get(law);
    boolean overhead =
        fit.law().overhead() && fit.share(Growth.CONSTANT, data.sizes()[0]) >= NOTABLE_OVERHEAD;
    String name = overhead ? "overhead + " + law.word() : law.word();
    String sentence =
        grows()
            + name
            + " fits within "
            + Words.percent(fit.relativeError())
            + rival(fit).map(text -> ", " + text).orElse("");
    return told(name, sentence, fit, Optional.empty());
  }

  private Outcome pair(String name, Set<Law> laws) {
    List<LawFit> both =
        Law.FAMILIES.stream().filter(laws::contains).map(plausible.laws()::get).toList();
    LawFit better =
        Ranking.aicc(both.get(1)) < Ranking.aicc(both.get(0)) ? both.get(1) : both.get(0);
    String sentence =
        grows()
            + name
            + ", for "
            + both.get(0).law().word()
            + " fits within "
            + Words.percent(both.get(0).relativeError())
            + " and "
            + both.get(1).law().word()
            + " within "
            + Words.percent(both.get(1).relativeError())
            + deciding();
    return told(name, sentence, better, Optional.empty());
  }

  private Outcome mixed() {
    LawFit fit = plausible.laws().get(Law.MIXED);
    MixedBootstrap bootstrap = bootstrap(fit);
    if (!bootstrap.bothTermsClearZero()) {
      return undecided(", but the interval of a term reaches zero");
    }
    Interval size = bootstrap.crossoverInterval(fit);
    boolean inside = size.value() >= data.sizes()[0] && size.value() <= data.largest();
    String sentence =
        grows()
            + "linear + quadratic fits within "
            + Words.percent(fit.relativeError())
            + ", the quadratic part overtakes at "
            + Words.size(size)
            + (inside ? "" : ", outside the measured range")
            + rival(fit).map(text -> "; " + text).orElse("");
    return told("linear + quadratic", sentence, fit, Optional.of(new Crossover(size, inside)));
  }

  private Outcome powerLaw() {
    if (!plausible.powerLaw() || plausible.loose() || exponent.low() <= 0) {
      return undecided("");
    }
    Fit fit =
        ranking.stream()
            .filter(ranked -> ranked.name().startsWith("a·n^"))
            .findFirst()
            .orElseThrow();
    String sentence =
        grows()
            + "a power law fits within "
            + Words.percent(fit.relativeError())
            + ", no law with a name does";
    String law = String.format(Locale.ROOT, "n^%.2f", exponent.value());
    return new Outcome(new Conclusion(law, true, sentence + remarks()), fit, Optional.empty());
  }

  private Outcome undecided(String detail) {
    List<String> names = new ArrayList<>();
    plausible.laws().keySet().forEach(law -> names.add(law.word()));
    if (names.isEmpty()) {
      return cannotTell("no law with a name fits" + detail);
    }
    String fit = names.size() == 1 ? " fits" : " fit";
    return cannotTell(
        Words.and(names)
            + fit
            + " within the noise of "
            + Words.percent(Math.sqrt(plausible.noise()))
            + detail
            + deciding());
  }

  private Outcome cannotTell(String reason) {
    String sentence =
        "Cannot tell how " + lower(subject) + " grows (" + measured() + "): " + reason;
    return new Outcome(
        new Conclusion("cannot tell", false, sentence + remarks()),
        ranking.get(0),
        Optional.empty());
  }

  private Outcome told(String law, String sentence, LawFit fit, Optional<Crossover> crossover) {
    return new Outcome(
        new Conclusion(law, true, sentence + remarks()), Ranking.find(ranking, fit), crossover);
  }

  private String grows() {
    return subject + " grows as " + Words.exponent(exponent) + "; ";
  }

  private String measured() {
    return "slope " + Words.exponent(exponent);
  }

  /** Returns the closest law that the data contradicts, and how clearly it does. */
  private Optional<String> rival(LawFit claimed) {
    return fits.stream()
        .filter(fit -> !plausible.laws().containsKey(fit.law().family()))
        .filter(fit -> !fit.law().terms().containsAll(claimed.law().terms()))
        .filter(fit -> fit.degrees() > 0)
        .min(java.util.Comparator.comparingDouble(LawFit::squares))
        .map(
            fit -> {
              double delta = Ranking.aicc(fit) - Ranking.aicc(claimed);
              String strength =
                  delta > 0 && Double.isFinite(delta)
                      ? String.format(Locale.ROOT, ", ΔAICc %.0f", delta)
                      : "";
              return fit.law().word()
                  + " does not ("
                  + Words.percent(fit.relativeError())
                  + strength
                  + ")";
            });
  }

  private String deciding() {
    return plausible
        .decidingSize(data.largest())
        .map(size -> "; a size of " + Words.size(size) + " would decide")
        .orElse("");
  }

  private String remarks() {
    StringBuilder text = new StringBuilder();
    if (data.forkDegrees() == 0) {
      text.append("; with one fork a size, noise is judged by scatter alone");
    } else if (plausible.loose()) {
      text.append("; sizes scatter more about the curve than forks explain (").append(noise());
      text.append(")");
    }
    if (!data.excludedSizes().isEmpty()) {
      text.append("; an outlying fork is left out at ");
      text.append(Words.and(data.excludedSizes().stream().map(Words::size).toList()));
    }
    return text.append(".").toString();
  }

  private String noise() {
    return Words.percent(Math.sqrt(data.forkVariance()));
  }

  private LawFit mixedFit() {
    return plausible.laws().get(Law.MIXED);
  }

  /** Resamples the mixed law, with the noise of forks or of scatter, whichever is larger. */
  private MixedBootstrap bootstrap(LawFit fit) {
    Observations.Variance variance =
        data.variance(fit.squares(), fit.degrees(), data.poolingLimit(fit.degrees()));
    // Resamples are drawn as if the variance were known; Student's t says how much wider to be.
    double widening =
        new TDistribution(null, variance.degrees()).inverseCumulativeProbability(0.975) / 1.96;
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(variance.value()) * widening);
    return MixedBootstrap.of(data, fit, deviation, seed);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
