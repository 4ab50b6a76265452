package dev.ordo.reports.fit;

import dev.ordo.reports.data.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The way from fits to one sentence.
 *
 * <p>A law is named only if it is alone among the laws that the data does not contradict, up to
 * pairs that have a name of their own (n and n log n: quasi-linear) and up to a quadratic part too
 * small to matter in the measured range. Otherwise the bounds that all of them share are claimed,
 * and where these say nothing the answer is "cannot tell", with the reason.
 */
final class Decision {

  private static final int FEWEST_SIZES = 4;
  private static final int FEWEST_SIZES_OF_ONE_FORK = 5;
  private static final int FEWEST_SIZES_OF_A_SUM = 5;
  private static final int FEWEST_SIZES_OF_A_LOG = 6;
  private static final double NARROWEST_RANGE = 4;
  private static final double WORST_FIT = 0.10;
  private static final int FEWEST_LOOSE_DEGREES = 3;

  /** A change over the range, or a part of the largest value, that may stay unseen. */
  private static final double UNSEEN_PART = 0.25;

  /** The same where n and n log n cannot be told apart either. */
  private static final double UNSEEN_PART_OF_PAIR = 1.0 / 3;

  private static final double NOTABLE_OVERHEAD = 0.10;

  /** A part of the value that a cache step or an alignment may fake. */
  private static final double MACHINE_PART = 0.15;

  /** The width of an interval beyond which no exponent without a name is named. */
  private static final double WIDEST_EXPONENT = 0.10;

  private static final double LEAST_EXPONENT = 0.01;
  private static final double LEAST_DEVIATION = 0.001;
  private static final Set<Law> QUASI_LINEAR =
      Set.of(Law.of(Growth.LINEAR), Law.of(Growth.LINEARITHMIC));
  private static final Set<Law> QUASI_QUADRATIC =
      Set.of(Law.of(Growth.QUADRATIC), Law.of(Growth.QUADRATIC_LOGARITHMIC));

  private final Observations data;
  private final Optional<OutlyingSize> setAside;
  private final Optional<RegimeSearch.Found> regime;
  private final List<LawFit> fits;
  private final NamelessPower power;
  private final List<Fit> ranking;
  private final Slopes slopes;
  private final Interval exponent;
  private final Interval surerExponent;
  private final Advice advice;
  private final Plausible plausible;
  private final String subject;
  private final long seed;

  /** What was decided: the sentence, the curve to draw, and the crossover where it is claimed. */
  record Outcome(Conclusion conclusion, Fit best, Optional<Crossover> crossover) {}

  Decision(
      Observations data,
      Optional<OutlyingSize> setAside,
      Optional<RegimeSearch.Found> regime,
      List<LawFit> fits,
      PowerFit power,
      List<Fit> ranking,
      Slopes slopes,
      Unit unit,
      long seed) {
    this.data = data;
    this.setAside = setAside;
    this.regime = regime;
    this.fits = fits;
    this.ranking = ranking;
    this.slopes = slopes;
    this.exponent = slopes.likely();
    this.surerExponent = slopes.surer();
    this.plausible = Plausible.of(data, fits, power);
    this.power = new NamelessPower(data, fits, power, plausible, slopes.surerSmooth());
    this.advice = new Advice(data, plausible, unit);
    this.subject = Words.subject(unit);
    this.seed = seed;
  }

  /** Decides. */
  Outcome outcome() {
    Outcome outcome = decided();
    return regime
        .filter(found -> !found.claimed())
        .flatMap(found -> suspected(outcome, found))
        .orElse(outcome);
  }

  /** Returns a wider claim, if a step that is not sure would make the law another one. */
  private Optional<Outcome> suspected(Outcome outcome, RegimeSearch.Found found) {
    SuspectedStep step = new SuspectedStep(data, found);
    return step.widened(outcome)
        .map(
            bounds -> {
              String reason = step.reason(outcome.conclusion().law());
              if (!bounds.fromBelow() && !bounds.fromAbove()) {
                return cannotTell(reason);
              }
              String sentence = grows() + bounds.words() + ", for " + reason + remarks();
              return new Outcome(
                  new Conclusion(bounds.text(), true, sentence, Optional.of(bounds)),
                  outcome.best(),
                  Optional.empty());
            });
  }

  private Outcome decided() {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      return cannotTell(obstacle.get());
    }
    if (plausible.constant() || new Flatness(data, plausible).isOneStep()) {
      return flat();
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
      return linear(singles);
    }
    if (QUASI_QUADRATIC.containsAll(singles)
        && (!mixed || singles.contains(Law.of(Growth.QUADRATIC)))) {
      return singles.size() == 1
          ? named(singles.iterator().next())
          : pair("quasi-quadratic", QUASI_QUADRATIC, "");
    }
    return singles.size() == 1 && !mixed ? named(singles.iterator().next()) : bounded("");
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

  private Outcome flat() {
    Flatness flatness = new Flatness(data, plausible);
    double slope = flatness.steepest(slopes.smooth());
    LawFit fit =
        fits.stream().filter(other -> other.law().equals(Law.CONSTANT)).findFirst().orElseThrow();
    String range = Words.size(data.sizes()[0]) + " … " + Words.size(data.largest());
    String within = "constant fits within " + Words.percent(fit.relativeError());
    if (flatness.change(slope) <= UNSEEN_PART) {
      String sentence =
          subject
              + " does not grow with n: "
              + within
              + ", growth over "
              + range
              + " is at most "
              + Words.percent(flatness.change(slope));
      return told("constant", Bounds.of(Growth.CONSTANT), sentence, fit, Optional.empty());
    }
    double growth = Math.max(LEAST_EXPONENT, flatness.steepestGrowth(slopes.surerSmooth()));
    String most = Words.percent(flatness.change(growth)) + " over " + range;
    String reason =
        plausible.constant()
            ? "noise of "
                + Words.percent(Math.sqrt(plausible.noise()))
                + " a size hides any growth of up to "
                + most
                + advice.forksFor(flatness.excess(slope, UNSEEN_PART))
            : "a single step, as caches make them, explains the growth of up to " + most;
    if (growth >= Growth.LINEAR.power()) {
      return cannotTell(reason);
    }
    String law = String.format(Locale.ROOT, "at most n^%.2f", Math.ceil(100 * growth) / 100);
    String sentence =
        subject
            + " grows "
            + law
            + " ("
            + measured()
            + "), if at all: "
            + within
            + ", and "
            + reason;
    Growth above = growth <= Growth.SQUARE_ROOT.power() ? Growth.SQUARE_ROOT : Growth.LINEAR;
    return told(law, new Bounds(Growth.CONSTANT, above), sentence, fit, Optional.empty());
  }

  private Outcome linear(Set<Law> singles) {
    double hidden = hiddenQuadratic();
    String quadratic =
        "a quadratic part of up to "
            + Words.percent(hidden)
            + " of the value at "
            + Words.size(data.largest())
            + " is not excluded";
    if (hidden > (singles.size() == 1 ? UNSEEN_PART : UNSEEN_PART_OF_PAIR)) {
      return bounded(", and " + quadratic, Optional.of(Bounds.LINEAR_TO_QUADRATIC));
    }
    return singles.size() == 1
        ? named(singles.iterator().next())
        : pair("quasi-linear", QUASI_LINEAR, hidden > UNSEEN_PART ? "; " + quadratic : "");
  }

  private Outcome named(Law law) {
    LawFit fit = plausible.laws().get(law);
    Growth growth = law.terms().get(0);
    if (power.isClearlyBetterThan(law)) {
      return bounded(
          ", but a power law fits clearly better, within "
              + Words.percent(powerFit().relativeError()),
          Optional.of(power.bounds()));
    }
    if (fit.law().overhead() && plausible.powerLaw() && !power.isNear(growth)) {
      return bounded(
          " with an overhead, but so does a power law without any", Optional.of(power.bounds()));
    }
    if (growth.logPower() > 0 && plausible.powerLaw() && data.count() < FEWEST_SIZES_OF_A_LOG) {
      return bounded(
          ", but so does a power law, and "
              + FEWEST_SIZES_OF_A_LOG
              + " sizes are needed to tell a logarithm from it",
          Optional.of(power.bounds()));
    }
    boolean overhead =
        fit.law().overhead() && fit.share(Growth.CONSTANT, data.sizes()[0]) >= NOTABLE_OVERHEAD;
    String name = overhead ? "overhead + " + law.word() : law.word();
    String sentence =
        grows()
            + name
            + " fits within "
            + Words.percent(fit.relativeError())
            + rival(fit).map(text -> ", " + text).orElse("");
    return told(name, Bounds.of(growth), sentence, fit, Optional.empty());
  }

  private Outcome pair(String name, Set<Law> laws, String detail) {
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
            + detail
            + advice.deciding();
    Bounds bounds = new Bounds(both.get(0).law().terms().get(0), both.get(1).law().terms().get(0));
    return told(name, bounds, sentence, better, Optional.empty());
  }

  private Outcome mixed() {
    LawFit fit = plausible.laws().get(Law.MIXED);
    if (data.count() < FEWEST_SIZES_OF_A_SUM) {
      return bounded(
          ", but "
              + data.count()
              + " sizes are too few to claim a sum, "
              + FEWEST_SIZES_OF_A_SUM
              + " are needed");
    }
    if (plausible.powerLaw()) {
      return bounded(", but so does a power law", Optional.of(power.bounds()));
    }
    MixedBootstrap bootstrap = bootstrap(fit);
    if (!bootstrap.bothTermsClearZero()) {
      return bounded(", but the interval of a term reaches zero");
    }
    double quadratic = bootstrap.smallestQuadraticShare();
    double linear = bootstrap.smallestLinearShare();
    if (Math.min(quadratic, linear) < MACHINE_PART) {
      return bounded(
          quadratic < linear
              ? ", but the quadratic part may be as little as " + partAt(quadratic, data.largest())
              : ", but the linear part may be as little as " + partAt(linear, data.sizes()[0]));
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
    return told(
        "linear + quadratic",
        Bounds.LINEAR_TO_QUADRATIC,
        sentence,
        fit,
        Optional.of(new Crossover(size, inside)));
  }

  private Outcome powerLaw() {
    if (!plausible.powerLaw() || plausible.loose() || surerExponent.low() <= 0) {
      return bounded("");
    }
    if (power.isNearAny()) {
      return bounded(", and the exponent is too close to that of one to be another law");
    }
    if (power.isNamedWithin(surerExponent)) {
      return bounded(
          ", and with a step that noise hides the exponent may be that of one",
          Optional.of(power.bounds(surerExponent)));
    }
    if (exponent.high() - exponent.low() > WIDEST_EXPONENT) {
      return bounded(", and the exponent's interval is too wide to name it");
    }
    Fit fit = powerFit();
    String sentence =
        grows()
            + "a power law fits within "
            + Words.percent(fit.relativeError())
            + ", no law with a name does";
    String law = String.format(Locale.ROOT, "n^%.2f", exponent.value());
    return new Outcome(
        new Conclusion(law, true, sentence + remarks(), Optional.of(power.bounds())),
        fit,
        Optional.empty());
  }

  private Fit powerFit() {
    return ranking.stream()
        .filter(ranked -> ranked.name().startsWith("a·n^"))
        .findFirst()
        .orElseThrow();
  }

  private static String partAt(double part, double n) {
    return Words.percent(part)
        + " of the value at "
        + Words.size(n)
        + ", which a step in the machine could be as well";
  }

  /** Claims what all laws of the set have in common, if that is anything. */
  private Outcome bounded(String detail) {
    return bounded(detail, Optional.empty());
  }

  private Outcome bounded(String detail, Optional<Bounds> also) {
    Optional<Bounds> bounds = commonBounds();
    bounds = bounds.map(common -> also.map(common::and).orElse(common));
    if (bounds.isEmpty()) {
      return cannotTell("no law with a name fits" + detail);
    }
    Bounds all = bounds.get();
    if (plausible.laws().isEmpty()) {
      return powerBounded(all, detail);
    }
    String evidence =
        Words.laws(plausible.laws().keySet())
            + (plausible.laws().size() == 1 ? " fits" : " fit")
            + " within the noise of "
            + Words.percent(Math.sqrt(plausible.noise()))
            + detail
            + advice.deciding();
    if (!all.fromBelow() && !all.fromAbove()) {
      return cannotTell(evidence);
    }
    LawFit best =
        plausible.laws().values().stream()
            .min(Comparator.comparingDouble(Ranking::aicc))
            .orElseThrow();
    String sentence = grows() + all.words() + ", for " + evidence;
    return told(all.text(), all, sentence, best, Optional.empty());
  }

  private Optional<Bounds> commonBounds() {
    Optional<Bounds> bounds = plausible.bounds();
    if (!plausible.powerLaw() || (bounds.isEmpty() && plausible.loose())) {
      return bounds;
    }
    if (bounds.isPresent() && !power.isOutside(bounds.get())) {
      return bounds;
    }
    Bounds ofPower = power.bounds();
    return Optional.of(bounds.map(ofPower::and).orElse(ofPower));
  }

  private Outcome powerBounded(Bounds bounds, String detail) {
    if (!bounds.fromBelow() && !bounds.fromAbove()) {
      return cannotTell("no law with a name fits" + detail);
    }
    String sentence =
        grows()
            + bounds.words()
            + ", for a power law fits within "
            + Words.percent(powerFit().relativeError())
            + " and no law with a name does"
            + detail;
    return new Outcome(
        new Conclusion(bounds.text(), true, sentence + remarks(), Optional.of(bounds)),
        powerFit(),
        Optional.empty());
  }

  private Outcome cannotTell(String reason) {
    String sentence =
        "Cannot tell how " + lower(subject) + " grows (" + measured() + "): " + reason;
    return new Outcome(
        new Conclusion("cannot tell", false, sentence + remarks()),
        ranking.get(0),
        Optional.empty());
  }

  private Outcome told(
      String law, Bounds bounds, String sentence, LawFit fit, Optional<Crossover> crossover) {
    return new Outcome(
        new Conclusion(law, true, sentence + remarks(), Optional.of(bounds)),
        Ranking.find(ranking, fit),
        crossover);
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
        .min(Comparator.comparingDouble(LawFit::squares))
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

  private String remarks() {
    return Words.remarks(
        data,
        plausible,
        setAside,
        regime.filter(RegimeSearch.Found::claimed).map(RegimeSearch.Found::regime));
  }

  private String noise() {
    return Words.percent(Math.sqrt(data.forkVariance()));
  }

  /** Returns how much of the value at the largest size may be quadratic beside a linear law. */
  private double hiddenQuadratic() {
    LawFit fit = plausible.laws().get(Law.MIXED);
    if (fit == null) {
      // A quadratic part fitted as zero may be more; with which overhead, the linear law says.
      Law linear = plausible.laws().get(Law.of(Growth.LINEAR)).law();
      Law law = linear.overhead() ? Law.MIXED.withOverhead() : Law.MIXED;
      fit = fits.stream().filter(other -> other.law().equals(law)).findFirst().orElse(null);
    }
    return fit == null ? 0 : bootstrap(fit).largestQuadraticShare();
  }

  /** Resamples the mixed law, with the noise of forks or of scatter, whichever is larger. */
  private MixedBootstrap bootstrap(LawFit fit) {
    Observations.Variance variance =
        data.variance(fit.squares(), fit.degrees(), data.poolingLimit(fit.degrees()));
    // Resamples are drawn as if the variance were known; Student's t says how much wider to be.
    double widening = Observations.quantileOfT(0.975, variance.degrees()) / 1.96;
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(variance.value()) * widening);
    return MixedBootstrap.of(data, fit, deviation, seed);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
