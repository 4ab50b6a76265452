package dev.ordo.reports.fit;

import dev.ordo.reports.data.Grid;
import dev.ordo.reports.fit.Surface.Fitted;
import dev.ordo.reports.fit.Surface.Form;
import dev.ordo.reports.fit.SurfaceFit.Monomial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The way from the three forms, fitted to a grid, to one sentence.
 *
 * <p>As with one size ({@link Plausible}), forms are not ranked but contradicted: by residuals
 * larger than the noise of the forks allows (F, 99 %), or by a sum of squares clearly above the
 * smallest. A form is claimed if what remains beside it says the same: a sum or a bilinear form of
 * which a single term is left is a product, and a bilinear form without constant and product is a
 * sum. Else the answer is "cannot tell".
 */
final class SurfaceDecision {

  private static final int FEWEST = 3;
  private static final int FEWEST_PLACES = 8;
  private static final int FEWEST_LOOSE_DEGREES = 5;
  private static final double WORST_FIT = 0.10;
  private static final double SURER = 0.99;

  /** A change over the whole grid that may stay unseen where nothing grows. */
  private static final double UNSEEN_PART = 0.25;

  private final Grid grid;
  private final Places places;
  private final Observations observed;
  private final String subject;
  private final List<Candidate> candidates = new ArrayList<>();
  private double noise;
  private int noiseDegrees;
  private boolean loose;

  /**
   * One form.
   *
   * @param full with all its terms
   * @param reduced with those that the data needs
   */
  private record Candidate(Form form, SurfaceFit full, SurfaceFit reduced) {}

  private SurfaceDecision(Grid grid) {
    this.grid = grid;
    this.places = Places.of(grid);
    this.observed = places.observed();
    this.subject = Words.subject(grid.unit());
  }

  /** Analyses a grid. */
  static Surface of(Grid grid) {
    String subject = Words.subject(grid.unit());
    Optional<String> obstacle = obstacle(grid);
    if (obstacle.isPresent()) {
      return untold(List.of(), cannotTell(subject, grid) + obstacle.get() + ".");
    }
    return new SurfaceDecision(grid).surface();
  }

  private static Optional<String> obstacle(Grid grid) {
    if (!grid.cells().stream().allMatch(cell -> cell.sample().isPositive())) {
      return Optional.of("not every value is positive");
    }
    int least = Math.min(grid.firstCount(), grid.secondCount());
    if (least < FEWEST || grid.cells().size() < FEWEST_PLACES) {
      return Optional.of(
          "a grid of " + FEWEST + " by " + FEWEST + " sizes is needed, there are fewer");
    }
    return Optional.empty();
  }

  private Surface surface() {
    SurfaceFitter fitter = new SurfaceFitter(places);
    SurfaceFit product = fitter.product();
    SurfaceFit sum = fitter.sum();
    List<SurfaceFit> bilinear = fitter.bilinear();
    SurfaceFit best =
        bilinear.stream().min(Comparator.comparingDouble(SurfaceFit::squares)).orElseThrow();
    judgeNoise(List.of(product, sum, best), true);
    if (loose || List.of(product, sum, best).stream().noneMatch(this::explained)) {
      judgeNoise(List.of(product, sum, best), false);
    }
    candidates.add(new Candidate(Form.PRODUCT, product, product));
    candidates.add(new Candidate(Form.SUM, sum, reduced(sum, fitter)));
    candidates.add(new Candidate(Form.BILINEAR, best, needed(bilinear, best)));
    List<Candidate> accepted = candidates.stream().filter(this::accepted).toList();
    List<Fitted> fits =
        candidates.stream()
            .sorted(Comparator.comparingDouble(one -> one.full().squares()))
            .map(one -> fitted(one, accepted.contains(one)))
            .toList();
    if (loose && (error(fits.get(0)) > WORST_FIT || noiseDegrees < FEWEST_LOOSE_DEGREES)) {
      return untold(fits, cannotTell(subject, grid) + "no form fits" + errors(candidates) + ".");
    }
    for (Candidate one : accepted) {
      if (accepted.stream().allMatch(other -> other == one || agree(one, other))) {
        return claim(one, fits);
      }
    }
    return untold(
        fits,
        cannotTell(subject, grid)
            + (accepted.isEmpty() ? "no form fits" + errors(candidates) : several(accepted))
            + ".");
  }

  private void judgeNoise(List<SurfaceFit> fits, boolean byForks) {
    loose = !byForks || observed.forkDegrees() == 0;
    if (!loose) {
      noise = observed.noise();
      noiseDegrees = observed.forkDegrees();
      return;
    }
    double floor = observed.forkDegrees() > 0 ? Plausible.MACHINE : Plausible.UNSEEN;
    SurfaceFit best =
        fits.stream()
            .min(Comparator.comparingDouble(fit -> fit.squares() / fit.degrees()))
            .orElseThrow();
    noise = Math.max(floor * floor, best.squares() / best.degrees());
    noiseDegrees = best.degrees();
  }

  private boolean explained(SurfaceFit fit) {
    return fit.squares() / fit.degrees() / noise
        <= Observations.quantileOfF(Plausible.LEVEL, fit.degrees(), noiseDegrees);
  }

  private boolean accepted(Candidate one) {
    double least = candidates.stream().mapToDouble(c -> c.full().squares()).min().orElseThrow();
    double most =
        least + 2 * noise * Observations.quantileOfF(Plausible.LEVEL_OF_TWO, 2, noiseDegrees);
    return explained(one.full()) && one.full().squares() <= most;
  }

  /** Returns the sum, or one of its terms alone where the other one gains nothing. */
  private SurfaceFit reduced(SurfaceFit sum, SurfaceFitter fitter) {
    SurfaceFit m = fitter.single(true);
    SurfaceFit n = fitter.single(false);
    SurfaceFit single = m.squares() <= n.squares() ? m : n;
    return isEnough(single, sum) ? single : sum;
  }

  /** Returns the fewest terms of the bilinear form beside which the others gain nothing. */
  private SurfaceFit needed(List<SurfaceFit> bilinear, SurfaceFit best) {
    return bilinear.stream().filter(fit -> isEnough(fit, best)).findFirst().orElse(best);
  }

  private boolean isEnough(SurfaceFit fewer, SurfaceFit more) {
    int saved = more.parameters() - fewer.parameters();
    double gain = fewer.squares() - more.squares();
    return saved > 0
        ? gain / saved / noise <= Observations.quantileOfF(Plausible.LEVEL, saved, noiseDegrees)
        : gain <= 0;
  }

  private boolean agree(Candidate one, Candidate other) {
    if (one.form() == Form.PRODUCT) {
      Monomial[] terms = other.reduced().monomials();
      return terms.length == 1 && holds(one.reduced(), 0, terms[0]);
    }
    return one.form() == Form.SUM
        && other.form() == Form.BILINEAR
        && one.reduced().monomials().length == 2
        && isPlainSum(other.reduced().monomials())
        && holds(one.reduced(), 0, other.reduced().monomials()[0])
        && holds(one.reduced(), 1, other.reduced().monomials()[1]);
  }

  private static boolean isPlainSum(Monomial[] terms) {
    return terms.length == 2
        && terms[0].first() == 1
        && terms[0].second() == 0
        && terms[1].first() == 0
        && terms[1].second() == 1;
  }

  /** Returns whether the exponents of a term, at 99 %, hold those of another one. */
  private boolean holds(SurfaceFit fit, int term, Monomial other) {
    Surface.Term intervals = term(fit, term, SURER);
    return intervals.first().contains(other.first()) && intervals.second().contains(other.second());
  }

  private Surface claim(Candidate one, List<Fitted> fits) {
    SurfaceFit fit = one.reduced();
    boolean whole = one.form() == Form.PRODUCT || fit.monomials().length > 1;
    double t = Observations.quantileOfT(0.975, variance(fit).degrees());
    boolean clear = fit.covariance() != null && whole;
    for (int k = 0; clear && k < fit.monomials().length; k++) {
      // By the size of its relative error, the coefficient's interval reaches zero or not.
      int at = fit.parameterOf(k);
      double error = Math.sqrt(variance(fit).value() * fit.covariance()[at][at]);
      clear = fit.monomials().length == 1 || t * error < 1;
    }
    if (!clear) {
      return untold(
          fits,
          cannotTell(subject, grid)
              + "the "
              + one.form().word()
              + " form fits"
              + errors(List.of(one))
              + ", but the interval of a term reaches zero.");
    }
    if (one.form() == Form.PRODUCT && isFlat(fit)) {
      return flat(fit, fits);
    }
    List<Candidate> others = candidates.stream().filter(other -> !accepted(other)).toList();
    String sentence =
        subject
            + " grows as "
            + formula(fit, true)
            + "; the "
            + one.form().word()
            + " form fits within "
            + Words.percent(LawFit.relativeError(fit.residuals()))
            + (others.isEmpty() ? "" : ", the " + rivals(others))
            + remarks();
    return new Surface(
        fits, Optional.of(one.form()), new Conclusion(formula(fit, false), true, sentence));
  }

  private boolean isFlat(SurfaceFit product) {
    Surface.Term term = term(product, 0, Exponent.CONFIDENCE);
    return term.first().contains(0) && term.second().contains(0);
  }

  /** Says that neither size matters, or that noise hides what they do. */
  private Surface flat(SurfaceFit product, List<Fitted> fits) {
    Surface.Term term = term(product, 0, Exponent.CONFIDENCE);
    double change = change(term.first(), places.first()) + change(term.second(), places.second());
    String exponents = " (" + formula(product, true) + ")";
    if (Math.expm1(change) > UNSEEN_PART) {
      return untold(
          fits,
          cannotTell(subject, grid)
              + "noise hides any growth of up to "
              + Words.percent(Math.expm1(change))
              + exponents
              + ".");
    }
    return new Surface(
        fits,
        Optional.of(Form.PRODUCT),
        new Conclusion(
            Growth.CONSTANT.word(),
            true,
            subject
                + " grows neither with "
                + grid.firstName()
                + " nor with "
                + grid.secondName()
                + exponents
                + remarks()));
  }

  private static double change(Interval exponent, double[] logs) {
    double range = Arrays.stream(logs).max().orElse(0) - Arrays.stream(logs).min().orElse(0);
    return range * Math.max(-exponent.low(), exponent.high());
  }

  private String rivals(List<Candidate> others) {
    return others.stream()
        .map(
            other ->
                other.form().word()
                    + " form does not ("
                    + Words.percent(LawFit.relativeError(other.full().residuals()))
                    + ")")
        .reduce((a, b) -> a + ", the " + b)
        .orElse("");
  }

  private String remarks() {
    if (observed.forkDegrees() == 0) {
      return "; with one fork a place, noise is judged by scatter alone.";
    }
    return loose
        ? "; places scatter more about it than forks explain ("
            + Words.percent(Math.sqrt(observed.forkVariance()))
            + ")."
        : ".";
  }

  private static String several(List<Candidate> accepted) {
    return Words.and(
        accepted.stream()
            .map(
                one ->
                    "the "
                        + one.form().word()
                        + " form fits within "
                        + Words.percent(LawFit.relativeError(one.full().residuals())))
            .toList());
  }

  private static String errors(List<Candidate> candidates) {
    return " ("
        + String.join(
            ", ",
            candidates.stream()
                .map(
                    one ->
                        one.form().word()
                            + " within "
                            + Words.percent(LawFit.relativeError(one.full().residuals())))
                .toList())
        + ")";
  }

  private static double error(Fitted fitted) {
    return fitted.relativeError();
  }

  private static String cannotTell(String subject, Grid grid) {
    return "Cannot tell how "
        + subject.toLowerCase(Locale.ROOT)
        + " grows with "
        + grid.firstName()
        + " and "
        + grid.secondName()
        + ": ";
  }

  private static Surface untold(List<Fitted> fits, String sentence) {
    return new Surface(fits, Optional.empty(), new Conclusion("cannot tell", false, sentence));
  }

  private Fitted fitted(Candidate one, boolean fits) {
    List<Surface.Term> terms = new ArrayList<>();
    SurfaceFit fit = one.form() == Form.BILINEAR ? one.reduced() : one.full();
    for (int k = 0; k < fit.monomials().length; k++) {
      terms.add(term(fit, k, Exponent.CONFIDENCE));
    }
    return new Fitted(one.form(), terms, LawFit.relativeError(one.full().residuals()), fits);
  }

  private Observations.Variance variance(SurfaceFit fit) {
    return observed.variance(fit.squares(), fit.degrees(), observed.poolingLimit(fit.degrees()));
  }

  /** Returns a term with its intervals: Student's t on the linearised covariance. */
  private Surface.Term term(SurfaceFit fit, int term, double confidence) {
    Monomial monomial = fit.monomials()[term];
    Observations.Variance variance = variance(fit);
    double t = Observations.quantileOfT((1 + confidence) / 2, variance.degrees());
    int at = fit.parameterOf(term);
    double log = reach(fit, at, variance, t);
    Interval coefficient =
        new Interval(
            Math.exp(monomial.log()),
            Math.exp(monomial.log() - log),
            Math.exp(monomial.log() + log),
            confidence);
    double p = monomial.freeFirst() ? reach(fit, ++at, variance, t) : 0;
    double q = monomial.freeSecond() ? reach(fit, ++at, variance, t) : 0;
    return new Surface.Term(
        coefficient,
        around(monomial.first(), p, confidence),
        around(monomial.second(), q, confidence));
  }

  private static double reach(
      SurfaceFit fit, int parameter, Observations.Variance variance, double t) {
    return fit.covariance() == null
        ? Double.POSITIVE_INFINITY
        : t * Math.sqrt(variance.value() * fit.covariance()[parameter][parameter]);
  }

  private static Interval around(double value, double reach, double confidence) {
    return new Interval(value, value - reach, value + reach, confidence);
  }

  /** Returns the form with the names of the sizes; with intervals for a sentence. */
  private String formula(SurfaceFit fit, boolean intervals) {
    List<String> parts = new ArrayList<>();
    boolean fixed = Arrays.stream(fit.monomials()).noneMatch(m -> m.freeFirst() || m.freeSecond());
    for (int k = 0; k < fit.monomials().length; k++) {
      Surface.Term term = term(fit, k, Exponent.CONFIDENCE);
      List<String> factors = new ArrayList<>();
      if (fixed) {
        factors.add(letter(fit.monomials()[k]));
      }
      power(grid.firstName(), term.first(), fit.monomials()[k].freeFirst(), intervals, factors);
      power(grid.secondName(), term.second(), fit.monomials()[k].freeSecond(), intervals, factors);
      parts.add(String.join(fixed ? "·" : " · ", factors));
    }
    return String.join(" + ", parts);
  }

  private static String letter(Monomial term) {
    return "abcd".charAt((int) (term.first() + 2 * term.second())) + "";
  }

  private static void power(
      String name, Interval power, boolean free, boolean intervals, List<String> factors) {
    if (free) {
      String value = String.format(Locale.ROOT, "%s^%.2f", name, power.value());
      factors.add(
          intervals
              ? value + String.format(Locale.ROOT, " [%.2f, %.2f]", power.low(), power.high())
              : value);
    } else if (power.value() == 1) {
      factors.add(name);
    }
  }
}
