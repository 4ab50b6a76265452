package dev.ordo.reports.fit;

import dev.ordo.reports.data.Unit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The way from fits to one sentence.
 *
 * <p>A law is named only if it is {@value #SURE} credible beside all others and the powers between
 * them, and if the data does not contradict it. Pairs that have a name of their own (n and n log n:
 * quasi-linear) come next. Otherwise the bounds are claimed that hold all but {@value #OUTSIDE} on
 * either side of what is credible, and where these say nothing the answer is "cannot tell", with
 * the reason.
 */
final class Decision {

  private static final int FEWEST_SIZES = 4;
  private static final int FEWEST_SIZES_OF_ONE_FORK = 5;
  private static final int FEWEST_SIZES_OF_A_SUM = 5;
  private static final double NARROWEST_RANGE = 4;
  private static final double WORST_FIT = 0.10;
  private static final int FEWEST_LOOSE_DEGREES = 3;

  /** How credible a law must be to be named. */
  private static final double SURE = 0.98;

  /** How credible what lies outside of bounds may be, on either side. */
  private static final double OUTSIDE = 0.005;

  /** A change over the range that may stay unseen. */
  private static final double UNSEEN_PART = 0.25;

  private static final double NOTABLE_OVERHEAD = 0.10;

  /** A part of the value that a cache step or an alignment may fake. */
  private static final double MACHINE_PART = 0.10;

  private static final String STEP = ", which a step in the machine could be as well";

  /** The width of an interval beyond which no exponent without a name is named. */
  private static final double WIDEST_EXPONENT = 0.10;

  private static final double LEAST_EXPONENT = 0.01;

  private final Observations data;
  private final Optional<OutlyingSize> setAside;
  private final Optional<RegimeSearch.Found> regime;
  private final Candidates candidates;
  private final List<Fit> ranking;
  private final Slopes slopes;
  private final Interval exponent;
  private final Advice advice;
  private final Plausible plausible;
  private final String subject;
  private final long seed;

  /** What was decided: the sentence, the curve to draw, and the crossover where it is claimed. */
  record Outcome(Conclusion conclusion, Fit best, Optional<Crossover> crossover) {

    /** Returns whether a power without a name is claimed: those have two decimals. */
    boolean isNameless() {
      return conclusion.law().matches("(overhead \\+ )?n\\^\\d+\\.\\d\\d");
    }
  }

  Decision(
      Observations data,
      Optional<OutlyingSize> setAside,
      Optional<RegimeSearch.Found> regime,
      Candidates candidates,
      List<Fit> ranking,
      Slopes slopes,
      Unit unit,
      long seed) {
    this.data = data;
    this.setAside = setAside;
    this.regime = regime;
    this.candidates = candidates;
    this.ranking = ranking;
    this.slopes = slopes;
    this.exponent = slopes.likely();
    this.plausible = Plausible.of(data, candidates);
    this.advice = new Advice(data, plausible, plausible.curves(candidates.power()), unit);
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
            bounds ->
                told(
                    bounds,
                    step.reason(outcome.conclusion().law()),
                    outcome.best(),
                    outcome.conclusion().likeliest()));
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
    return weighed(
        Credence.of(data, plausible.noise(), plausible.noiseDegrees(), candidates.power().split()));
  }

  private Outcome weighed(Credence credence) {
    Growth best =
        Arrays.stream(Growth.values()).max(Comparator.comparingDouble(credence::of)).orElseThrow();
    if (credence.of(best) >= SURE && plausible.laws().containsKey(Law.of(best))) {
      return named(best, credence);
    }
    if (credence.ofMixed() >= SURE && plausible.laws().containsKey(Law.MIXED)) {
      return mixed(credence);
    }
    Optional<Interval> power = credence.exponent(Exponent.CONFIDENCE);
    if (plausible.powerLaw()
        && !plausible.loose()
        && power.filter(k -> credence.ofPower(k.value()) >= SURE).isPresent()) {
      return powerLaw(power.get(), credence);
    }
    if (credible(Growth.LINEAR, Growth.LINEARITHMIC, credence)) {
      return pair("quasi-linear", Growth.LINEAR, Growth.LINEARITHMIC, credence);
    }
    if (credible(Growth.QUADRATIC, Growth.QUADRATIC_LOGARITHMIC, credence)) {
      return pair("quasi-quadratic", Growth.QUADRATIC, Growth.QUADRATIC_LOGARITHMIC, credence);
    }
    return bounded(credence, "");
  }

  /** Returns whether it is one of two laws and both fit. */
  private boolean credible(Growth one, Growth other, Credence credence) {
    return credence.of(one) + credence.of(other) >= SURE
        && plausible.laws().containsKey(Law.of(one))
        && plausible.laws().containsKey(Law.of(other));
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
    double bestError = candidates.leastError();
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
        candidates.laws().stream()
            .filter(other -> other.law().equals(Law.CONSTANT))
            .findFirst()
            .orElseThrow();
    String range = Words.size(first()) + " … " + Words.size(data.largest());
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
    String most = Words.growth(flatness.change(growth)) + " over " + range;
    boolean unbounded = growth >= Growth.LINEAR.power();
    String noise = "noise of " + Words.percent(Math.sqrt(plausible.noise())) + " a size hides ";
    String reason;
    if (!plausible.constant()) {
      reason = "a single step, as caches make them, explains the growth of up to " + most;
    } else if (unbounded) {
      reason = noise + "even linear growth" + advice.forksFor(flatness.excess(slope, UNSEEN_PART));
    } else {
      reason =
          noise
              + "any growth of up to "
              + most
              + advice.forksFor(flatness.excess(slope, UNSEEN_PART));
    }
    if (unbounded) {
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

  private Outcome named(Growth growth, Credence credence) {
    LawFit fit = plausible.laws().get(Law.of(growth));
    String name = withOverhead(fit, growth.word());
    String sentence =
        grows()
            + name
            + " fits within "
            + Words.percent(fit.relativeError())
            + ", "
            + Words.credence(credence.of(growth))
            + " credible"
            + rival(fit).map(text -> "; " + text).orElse("");
    return told(name, Bounds.of(growth), sentence, fit, Optional.empty());
  }

  /** Returns a law's name, with the overhead if that is claimed: seen for sure, and notable. */
  private String withOverhead(LawFit fit, String word) {
    boolean notable =
        fit.law().overhead() && fit.share(Growth.CONSTANT, first()) >= NOTABLE_OVERHEAD;
    return notable && clearsZero(fit, Growth.CONSTANT) ? "overhead + " + word : word;
  }

  private boolean clearsZero(LawFit fit, Growth growth) {
    int column = fit.law().columns().indexOf(growth);
    List<Interval> intervals = new TermIntervals(data).of(fit);
    return !intervals.isEmpty() && intervals.get(column).low() > 0;
  }

  private Outcome pair(String name, Growth slower, Growth faster, Credence credence) {
    LawFit one = plausible.laws().get(Law.of(slower));
    LawFit other = plausible.laws().get(Law.of(faster));
    String sentence =
        grows()
            + name
            + ", for "
            + one.law().word()
            + " fits within "
            + Words.percent(one.relativeError())
            + " and "
            + other.law().word()
            + " within "
            + Words.percent(other.relativeError())
            + "; credible are "
            + credence.listing()
            + advice.deciding();
    LawFit better = credence.of(faster) > credence.of(slower) ? other : one;
    return told(name, new Bounds(slower, faster), sentence, better, Optional.empty());
  }

  private Outcome mixed(Credence credence) {
    LawFit fit = plausible.laws().get(Law.MIXED);
    if (data.count() < FEWEST_SIZES_OF_A_SUM) {
      return bounded(
          credence,
          ", but "
              + data.count()
              + " sizes are too few to claim a sum, "
              + FEWEST_SIZES_OF_A_SUM
              + " are needed");
    }
    if (!clearsZero(fit, Growth.LINEAR) || !clearsZero(fit, Growth.QUADRATIC)) {
      return bounded(credence, ", but the interval of a term reaches zero");
    }
    MixedBootstrap bootstrap = bootstrap(fit);
    double quadratic = bootstrap.smallestQuadraticShare();
    double linear = bootstrap.smallestLinearShare();
    if (Math.min(quadratic, linear) < MACHINE_PART) {
      return bounded(
          credence,
          quadratic < linear
              ? ", but the quadratic part may be as little as " + partAt(quadratic, data.largest())
              : ", but the linear part may be nowhere more than " + part(linear));
    }
    Interval size = bootstrap.crossoverInterval(fit);
    boolean inside = size.value() >= first() && size.value() <= data.largest();
    String name = withOverhead(fit, fit.law().word());
    String sentence =
        grows()
            + name
            + " fits within "
            + Words.percent(fit.relativeError())
            + ", "
            + Words.credence(credence.ofMixed())
            + " credible; the quadratic part overtakes at "
            + Words.size(size)
            + (inside ? "" : ", outside the measured range")
            + rival(fit).map(text -> "; " + text).orElse("");
    return told(
        name, Bounds.LINEAR_TO_QUADRATIC, sentence, fit, Optional.of(new Crossover(size, inside)));
  }

  private Outcome powerLaw(Interval power, Credence credence) {
    if (plausible.overheadPower().isEmpty()
        && (slopes.mayBeNamed(data) || exponent.high() - exponent.low() > WIDEST_EXPONENT)) {
      Bounds bounds = credence.bounds(OUTSIDE).and(Bounds.around(slopes.surer()));
      String reason = credence.listing() + " fits, but with a step that noise hides so do others";
      return told(bounds, reason, mostCredible(credence), credence.likeliest());
    }
    Optional<OverheadPower> above = plausible.overheadPower();
    Fit fit =
        above
            .map(law -> Ranking.find(ranking, data, law))
            .orElseGet(() -> Ranking.find(ranking, data, candidates.power()));
    boolean notable =
        above.filter(law -> law.overhead() >= NOTABLE_OVERHEAD * law.at(first())).isPresent()
            && !fit.intervals().isEmpty()
            && fit.intervals().get(0).low() > 0;
    String law =
        (notable ? "overhead + " : "") + String.format(Locale.ROOT, "n^%.2f", power.value());
    String sentence =
        grows()
            + (notable ? "overhead + " : "")
            + Words.exponent(power)
            + " fits within "
            + Words.percent(fit.relativeError())
            + ", "
            + Words.credence(credence.ofPower(power.value()))
            + " credible, a law with a name is not";
    return new Outcome(
        new Conclusion(law, true, sentence + remarks(), Optional.of(Bounds.around(power))),
        fit,
        Optional.empty());
  }

  private static String partAt(double part, double n) {
    return Words.percent(part) + " of the value at " + Words.size(n) + STEP;
  }

  private static String part(double part) {
    return Words.percent(part) + " of the value" + STEP;
  }

  /** Claims what all credible laws have in common, if that is anything. */
  private Outcome bounded(Credence credence, String detail) {
    Bounds all = credence.bounds(OUTSIDE);
    String listing = credence.listing();
    String evidence =
        listing
            + (listing.contains(" and ") ? " are" : " is")
            + " credible at noise of "
            + Words.percent(Math.sqrt(plausible.noise()))
            + " a size"
            + detail
            + advice.deciding();
    return told(all, evidence, mostCredible(credence), credence.likeliest());
  }

  /** Claims bounds, or nothing where they say nothing. */
  private Outcome told(Bounds bounds, String reason, Fit best, Optional<String> likeliest) {
    if (!bounds.fromBelow() && !bounds.fromAbove()) {
      return cannotTell(reason, best);
    }
    String sentence = grows() + bounds.words() + ", for " + reason + remarks();
    return new Outcome(
        new Conclusion(bounds.text(), true, sentence, Optional.of(bounds), likeliest),
        best,
        Optional.empty());
  }

  /** Returns the curve to draw where no law is named. */
  private Fit mostCredible(Credence credence) {
    Optional<Law> law = credence.most(plausible.laws().keySet());
    if (law.isPresent()) {
      return Ranking.find(ranking, data, plausible.laws().get(law.get()));
    }
    return plausible
        .overheadPower()
        .map(power -> Ranking.find(ranking, data, power))
        .orElseGet(
            () ->
                plausible.plainPower()
                    ? Ranking.find(ranking, data, candidates.power())
                    : ranking.get(0));
  }

  private Outcome cannotTell(String reason) {
    return cannotTell(reason, ranking.get(0));
  }

  private Outcome cannotTell(String reason, Fit best) {
    String sentence =
        "Cannot tell how " + lower(subject) + " grows (" + measured() + "): " + reason;
    return new Outcome(
        new Conclusion("cannot tell", false, sentence + remarks()), best, Optional.empty());
  }

  private Outcome told(
      String law, Bounds bounds, String sentence, LawFit fit, Optional<Crossover> crossover) {
    return new Outcome(
        new Conclusion(law, true, sentence + remarks(), Optional.of(bounds)),
        Ranking.find(ranking, data, fit),
        crossover);
  }

  private String grows() {
    return subject + " grows as " + Words.exponent(exponent) + "; ";
  }

  private double first() {
    return data.sizes()[0];
  }

  private String measured() {
    return "slope " + Words.exponent(exponent);
  }

  /** Returns the closest law that the data contradicts, and how clearly it does. */
  private Optional<String> rival(LawFit claimed) {
    return candidates.laws().stream()
        .filter(fit -> !plausible.laws().containsKey(fit.law().family()))
        .filter(fit -> !fit.law().terms().containsAll(claimed.law().terms()))
        .filter(fit -> fit.degrees() > 0)
        // Not by squares alone: an overhead of zero leaves what the law without it leaves.
        .min(Comparator.comparingDouble(Ranking::aicc).thenComparingDouble(LawFit::squares))
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

  /** Resamples the mixed law, with the noise of forks or of scatter, whichever is larger. */
  private MixedBootstrap bootstrap(LawFit fit) {
    Observations.Variance variance =
        data.variance(fit.squares(), fit.degrees(), data.poolingLimit(fit.degrees()));
    double deviation = ForkNoise.widened(variance.value(), variance.degrees());
    return MixedBootstrap.of(data, fit, deviation, seed);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
