package dev.ordo.harness.gate;

import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.Estimate;
import dev.ordo.reports.compare.SeriesDifference;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The cost of each cell by itself: a slow-down at one size is told there. */
final class CellCosts {

  /** What a single cell of a series may not do unseen, however noisy it is. */
  private static final double GROSS_CELL = 1.8;

  private final Policy policy;

  CellCosts(Policy policy) {
    this.policy = policy;
  }

  /**
   * A cell that is compared.
   *
   * @param cell the cell
   * @param name how it is called
   * @param inSeries whether a claim about its series stands for it too
   */
  record Named(ComparedCell cell, String name, boolean inSeries) {}

  /** Returns one claim for each cell. */
  List<Claim> claims(List<Named> cells) {
    double[] adjusted = adjust(cells, Estimate::beyondMargin);
    double[] suspected = adjust(cells, Estimate::probability);
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      claims.add(claim(cells.get(i), adjusted[i], suspected[i]));
    }
    return claims;
  }

  /** Adjusts the probabilities of the cells that have one; 1 stands for the others. */
  private double[] adjust(List<Named> cells, Function<Estimate, OptionalDouble> probability) {
    List<OptionalDouble> all =
        cells.stream().map(named -> probability.apply(named.cell().estimate())).toList();
    double[] adjusted =
        policy.correction().adjust(all.stream().flatMapToDouble(OptionalDouble::stream).toArray());
    double[] ofCells = new double[all.size()];
    int next = 0;
    for (int i = 0; i < ofCells.length; i++) {
      ofCells[i] = all.get(i).isPresent() ? adjusted[next++] : 1;
    }
    return ofCells;
  }

  private Claim claim(Named named, double adjusted, double suspected) {
    ComparedCell cell = named.cell();
    Estimate estimate = cell.estimate();
    Optional<Interval> interval = estimate.interval();
    boolean same =
        estimate.probability().isPresent()
            && SeriesDifference.same(cell.base().sample(), cell.candidate().sample());
    Policy.Judgement judgement =
        policy.judge(
            new Policy.Cost(estimate.ratio(), interval, cell.margin(), adjusted, suspected, same),
            named.inSeries() ? GROSS_CELL : Policy.GROSS,
            !named.inSeries(),
            estimate.limitation().orElse("its noise is unknown"));
    String figure =
        Figures.factor(estimate.ratio())
            + interval
                .map(i -> " " + Figures.factors(i))
                .or(() -> estimate.limitation().map(text -> " (" + text.split(":")[0] + ")"))
                .orElse("");
    return new Claim(
        Claim.Kind.CELL,
        named.name(),
        cell.benchmark(),
        cell.metric(),
        judgement.verdict(),
        judgement.gates(),
        figure,
        "The candidate takes "
            + Figures.value(cell.candidate().sample().mean(), cell.unit())
            + ", the baseline "
            + Figures.value(cell.base().sample().mean(), cell.unit())
            + ": "
            + figure
            + " times as much; a change counts from "
            + Figures.percent(cell.margin())
            + " on.",
        judgement.doubt(),
        List.of());
  }
}
