package dev.ordo.reports.bench;

import dev.ordo.reports.bench.SeriesGenerator.Case;
import dev.ordo.reports.bench.Truth.Judgement;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.Regime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One generated series with everybody's answers.
 *
 * @param drawn the series
 * @param analysis Ordo's analysis
 * @param answers the answers of all methods
 */
record Trial(Case drawn, Analysis analysis, Map<Method, Answer> answers) {

  private static final int FEWEST_SIZES_TO_HOLD_OUT = 5;

  /** Draws and analyses series 0 … {@code count} − 1 of a family, on all processors. */
  static List<Trial> run(int count, IntFunction<Case> family) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(index -> of(family.apply(index), index))
        .toList();
  }

  private static Trial of(Case drawn, long seed) {
    Analysis analysis = Analyst.analyze(drawn.series(), seed);
    return new Trial(drawn, analysis, Method.answers(drawn.series(), analysis));
  }

  /** Judges a method. */
  Judgement judgement(Method method) {
    return drawn.law().judge(answers.get(method).claim(), drawn.largest());
  }

  /** Returns whether the exponent's interval holds the truth, for a law that has an exponent. */
  boolean exponentCovered() {
    return analysis.exponent().orElseThrow().contains(drawn.law().exponent().orElseThrow());
  }

  /** Returns whether a place is claimed at which the series changes. */
  boolean regimeFound() {
    return analysis.regime().isPresent();
  }

  /**
   * Returns whether a step is claimed and its place holds the one that an observer would choose who
   * knows the law: where two levels fit best what is left of the values.
   */
  boolean stepPlaced() {
    return analysis
        .regime()
        .filter(regime -> regime.kind() == Regime.Kind.STEP)
        .filter(regime -> regime.after() < placeOfStep() && placeOfStep() <= regime.from())
        .isPresent();
  }

  /** Returns the first size above the step. */
  private double placeOfStep() {
    double[] sizes = drawn.series().sizes();
    double[] levels = drawn.series().means();
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.log(levels[i] / drawn.law().curve().applyAsDouble(sizes[i]));
    }
    double most = Double.NEGATIVE_INFINITY;
    double place = 0;
    for (int split = 1; split < levels.length; split++) {
      double below = Arrays.stream(levels, 0, split).sum();
      double above = Arrays.stream(levels, split, levels.length).sum();
      double explained = below * below / split + above * above / (levels.length - split);
      if (explained > most) {
        most = explained;
        place = sizes[split];
      }
    }
    return place;
  }

  /** Returns whether the crossover's interval holds the truth; absent where none is claimed. */
  Optional<Boolean> crossoverCovered() {
    double truth = drawn.law().crossover().orElseThrow();
    return analysis.crossover().map(crossover -> crossover.size().contains(truth));
  }

  /**
   * Fits without the largest size and predicts it: by which factor (≥ 1) each method is off from
   * what was measured there; +∞ for a prediction that is no time. Empty where fewer than 5 sizes.
   */
  Map<Method, Double> heldOut(long seed) {
    List<Series.Point> points = drawn.series().points();
    Map<Method, Double> factors = new EnumMap<>(Method.class);
    if (points.size() < FEWEST_SIZES_TO_HOLD_OUT) {
      return factors;
    }
    Series all = drawn.series();
    Series rest = all.withPoints(points.subList(0, points.size() - 1));
    Sample measured = points.get(points.size() - 1).sample();
    Method.answers(rest, Analyst.analyze(rest, seed))
        .forEach(
            (method, answer) -> {
              double predicted = answer.curve().applyAsDouble(drawn.largest());
              factors.put(
                  method,
                  predicted > 0
                      ? Math.exp(Math.abs(Math.log(predicted / measured.median())))
                      : Double.POSITIVE_INFINITY);
            });
    // What Ordo predicts is not its curve but the median of all likely ones.
    analysis
        .heldOut()
        .map(check -> check.predicted().value() / measured.median())
        .ifPresent(ratio -> factors.put(Method.ORDO, Math.exp(Math.abs(Math.log(ratio)))));
    return factors;
  }
}
