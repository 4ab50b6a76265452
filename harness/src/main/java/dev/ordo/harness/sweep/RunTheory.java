package dev.ordo.harness.sweep;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.reports.Footprint;
import dev.ordo.reports.Roofline;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.data.Series;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * What the models of a run say that it costs, in the words of a report.
 *
 * @param shapes model → the shape that it was measured with
 * @param models knows the costs; a model that it lacks has no theory
 */
record RunTheory(Function<String, ModelShape> shapes, Models models) {

  /** Returns the order and slope of the operation count, where it is known. */
  Optional<Study.Theory> of(Study.Finding finding) {
    return cost(finding.series(), finding.aspect())
        .map(cost -> growth(cost.flops(), finding.series().sizes()));
  }

  /** Returns the order and slope of the bytes kept, where they are known and were measured. */
  Optional<Study.Theory> of(Footprint footprint) {
    return footprint
        .kept()
        .flatMap(
            kept ->
                cost(kept.series(), footprint.aspect())
                    .map(cost -> growth(cost.stateBytes(), kept.series().sizes())));
  }

  /**
   * Returns the span and the parallelism at the largest length, where they are known; rows of a
   * batch do not need each other.
   */
  Optional<SpeedUp.Span> of(SpeedUp speedUp) {
    long length = (long) speedUp.largest().size();
    return cost(speedUp.few(), speedUp.aspect())
        .map(
            cost ->
                new SpeedUp.Span(
                    cost.span().order().symbol(),
                    cost.span().at(length),
                    quotient(cost.flops().order(), cost.span().order()),
                    batch(speedUp.few()) * cost.flops().at(length) / cost.span().at(length)));
  }

  /** Returns what the operations of a finding have to do, where that is known. */
  Optional<Roofline.Load> load(Study.Finding finding) {
    Series series = finding.series();
    int rows = batch(series);
    return cost(series, finding.aspect())
        .map(
            cost ->
                new Roofline.Load(
                    finding.subject(),
                    finding.aspect(),
                    Integer.parseInt(series.params().getOrDefault("threads", "1")),
                    series,
                    Arrays.stream(series.sizes())
                        .mapToObj(
                            length ->
                                new Roofline.Work(
                                    rows * cost.flops().at((long) length),
                                    rows * cost.bytes().at((long) length)))
                        .toList()));
  }

  private Optional<Cost> cost(Series series, String phase) {
    String model = series.params().getOrDefault("model", "");
    return models.ids().contains(model)
        ? models.get(model).cost(shapes.apply(model), Phase.of(phase))
        : Optional.empty();
  }

  private static int batch(Series series) {
    return Integer.parseInt(series.params().getOrDefault("batch", "1"));
  }

  private static Study.Theory growth(Cost.Quantity quantity, double[] lengths) {
    SimpleRegression line = new SimpleRegression();
    for (double length : lengths) {
      line.addData(Math.log(length), Math.log(quantity.at((long) length)));
    }
    return new Study.Theory(quantity.order().symbol(), line.getSlope());
  }

  /**
   * Returns one order over another as text in L: the powers and logarithms that remain, for example
   * {@code L²/log L}, {@code log L} or {@code 1}.
   */
  static String quotient(Order above, Order below) {
    int power = power(above) - power(below);
    int logs = logs(above) - logs(below);
    String over = product(Math.max(0, power), Math.max(0, logs));
    String under = product(Math.max(0, -power), Math.max(0, -logs));
    if (under.equals("1")) {
      return over;
    }
    return over + "/" + (under.startsWith("L") && under.contains(" ") ? "(" + under + ")" : under);
  }

  private static String product(int power, int logs) {
    String powers = new String[] {"", "L", "L²", "L³"}[power];
    String both = logs == 0 ? powers : (powers + " log L").strip();
    return both.isEmpty() ? "1" : both;
  }

  private static int power(Order order) {
    return switch (order) {
      case CONSTANT, LOGARITHMIC -> 0;
      case LINEAR, LINEARITHMIC -> 1;
      case QUADRATIC, QUADRATIC_LOGARITHMIC -> 2;
      case CUBIC -> 3;
    };
  }

  private static int logs(Order order) {
    return switch (order) {
      case LOGARITHMIC, LINEARITHMIC, QUADRATIC_LOGARITHMIC -> 1;
      case CONSTANT, LINEAR, QUADRATIC, CUBIC -> 0;
    };
  }
}
