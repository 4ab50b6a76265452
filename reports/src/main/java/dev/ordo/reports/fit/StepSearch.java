package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step that was found or is suspected: laws that are a factor higher, or lower, from some size
 * on.
 *
 * <p>All sizes judge the law, each law taking the place, among those that are likely, and the
 * height that suit it best.
 */
final class StepSearch {

  /** A law of two coefficients, or a power law, and the height. */
  static final int PARAMETERS = 3;

  /** How high a step may be, as a part of the growth over all sizes, in logarithms. */
  private static final double HIGHEST = 0.6;

  private final Observations data;
  private final RegimeNoise noise;
  private final double falseAlarm;
  private final boolean claimed;
  private final List<List<LawFit>> laws;
  private final List<PowerFit> lines;
  private final double squares;

  private StepSearch(
      Observations data,
      List<List<LawFit>> laws,
      List<PowerFit> lines,
      Best best,
      double falseAlarm,
      boolean claimed) {
    this.data = data;
    this.laws = laws;
    this.lines = lines;
    this.squares = best.squares;
    this.falseAlarm = falseAlarm;
    this.claimed = claimed;
    noise = RegimeNoise.of(data, best.squares, best.degrees);
  }

  /** The least sum of squares, and the degrees of freedom that its curve has left. */
  private record Best(double squares, int degrees) {

    Best or(double otherSquares, int otherDegrees) {
      return otherSquares < squares ? new Best(otherSquares, otherDegrees) : this;
    }
  }

  /** Searches; empty where no step is suspected. */
  static Optional<StepSearch> find(RegimeSearch search, Observations data) {
    CurveFitter fitter = new CurveFitter(data.sizes(), data.weights());
    List<List<LawFit>> laws = new ArrayList<>();
    List<PowerFit> lines = new ArrayList<>();
    Best best = new Best(Double.POSITIVE_INFINITY, 0);
    for (int split = 1; split < data.count(); split++) {
      PowerFit line = PowerFit.of(data.sizes(), data.logs(), data.weights(), split);
      List<LawFit> fits = fitter.fitAll(data.logs(), split);
      lines.add(line);
      laws.add(fits);
      best = best.or(line.squares(), line.degrees());
      for (LawFit fit : fits) {
        if (fit.parameters() <= PARAMETERS) {
          best = best.or(fit.squares(), fit.degrees());
        }
      }
    }
    Best found = best;
    return search
        .falseAlarm(best.squares, best.degrees, PARAMETERS)
        .map(
            falseAlarm ->
                new StepSearch(
                    data,
                    laws,
                    lines,
                    found,
                    falseAlarm,
                    search.claims(falseAlarm, found.degrees)));
  }

  /**
   * Returns a step that is suspected because a law of one term with it fits about as well as laws
   * with an overhead; empty where none does.
   *
   * @param smooth the least sum of squares without a step
   */
  static Optional<StepSearch> insteadOfOverhead(Observations data, double smooth) {
    CurveFitter fitter = new CurveFitter(data.sizes(), data.weights());
    List<List<LawFit>> laws = new ArrayList<>();
    List<PowerFit> lines = new ArrayList<>();
    Best best = new Best(Double.POSITIVE_INFINITY, 0);
    for (int split = 1; split < data.count(); split++) {
      lines.add(PowerFit.of(data.sizes(), data.logs(), data.weights(), split));
      List<LawFit> fits = new ArrayList<>();
      for (Growth growth : Growth.values()) {
        CurveFitter.Columns columns = fitter.columns(Law.of(growth), split);
        if (columns != null) {
          fits.add(columns.fit(data.logs()));
        }
      }
      laws.add(fits);
      for (LawFit fit : fits) {
        best = best.or(fit.squares(), fit.degrees());
      }
    }
    StepSearch step = new StepSearch(data, laws, lines, best, 1, false);
    return Optional.of(step).filter(found -> found.squares <= smooth + found.noise.variance());
  }

  /**
   * Returns whether the step is claimed, not only suspected. A step as high as the growth, or one
   * against it, is none that leaves the growth alike: then the level of every size is its own.
   */
  boolean claimed() {
    return claimed && (isFlat() || Math.abs(best().step()) <= HIGHEST * growth(best()));
  }

  private boolean isFlat() {
    double limit = squares + noise.tolerance(2);
    return laws.stream()
        .flatMap(List::stream)
        .anyMatch(fit -> fit.law().equals(Law.CONSTANT) && fit.squares() <= limit);
  }

  private PowerFit best() {
    return lines.stream().min(Comparator.comparingDouble(PowerFit::squares)).orElseThrow();
  }

  private double growth(PowerFit line) {
    return line.exponent() * Math.log(data.range());
  }

  /** Returns the sum of squares of the best curve with a step. */
  double squares() {
    return squares;
  }

  /**
   * Returns the step.
   *
   * @param smooth all laws fitted without a step
   * @param line the power law fitted without a step
   */
  RegimeSearch.Found found(List<LawFit> smooth, PowerFit line) {
    double limit = squares + noise.tolerance(2);
    Map<Law, LawFit> best = new LinkedHashMap<>();
    PowerFit power = null;
    int first = data.count();
    int last = 0;
    for (int split = 1; split < data.count(); split++) {
      if (isNear(split, limit)) {
        first = Math.min(first, split);
        last = split;
        for (LawFit fit : laws.get(split - 1)) {
          best.merge(fit.law(), fit, (a, b) -> b.squares() < a.squares() ? b : a);
        }
        PowerFit here = lines.get(split - 1);
        power = power == null || here.squares() < power.squares() ? here : power;
      }
    }
    Regime regime =
        new Regime(
            Regime.Kind.STEP,
            data.sizes()[first - 1],
            data.sizes()[last],
            height(first, last, smooth, line),
            falseAlarm);
    return new RegimeSearch.Found(
        regime,
        claimed(),
        data,
        new Candidates(List.copyOf(best.values()), power, Optional.empty()));
  }

  private boolean isNear(int split, double limit) {
    return lines.get(split - 1).squares() <= limit
        || laws.get(split - 1).stream()
            .anyMatch(fit -> fit.parameters() <= PARAMETERS && fit.squares() <= limit);
  }

  private Interval height(int first, int last, List<LawFit> smooth, PowerFit line) {
    Heights heights = new Heights();
    for (int split = first; split <= last; split++) {
      PowerFit here = lines.get(split - 1);
      heights.add(here.step(), here.squares(), line.squares());
      for (LawFit plain : smooth) {
        laws.get(split - 1).stream()
            .filter(fit -> fit.law().equals(plain.law()) && fit.parameters() <= PARAMETERS)
            .forEach(fit -> heights.add(fit.step(), fit.squares(), plain.squares()));
      }
    }
    return new Interval(
        Math.exp(heights.value),
        Math.exp(heights.low),
        Math.exp(heights.high),
        RegimeNoise.CONFIDENCE);
  }

  /**
   * The heights at which some law, with the step at some place, fits about as well as the best.
   * About its best height a law's squares grow as a parabola, whose curvature follows from those
   * without a step, at height 0.
   */
  private final class Heights {

    private final double limit = squares + noise.tolerance(1);
    private double value;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    void add(double height, double stepped, double smooth) {
      if (stepped > limit) {
        return;
      }
      double gain = smooth - stepped;
      double reach = gain > 0 ? Math.abs(height) * Math.sqrt((limit - stepped) / gain) : 0;
      low = Math.min(low, height - reach);
      high = Math.max(high, height + reach);
      value = stepped == squares ? height : value;
    }
  }
}
