package dev.ordo.harness.sweep;

import dev.ordo.models.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The order of forks: rounds in which every cell gets one, so that slow drift of the machine
 * spreads over all cells alike.
 *
 * <p>Within a round the order is random, from the sweep's seed; only the first round goes up the
 * lengths, because there a length's cost is predicted from the shorter ones.
 */
final class Schedule {

  private final Sweep sweep;
  private final List<Cell> cells;

  /**
   * Makes the schedule of a sweep.
   *
   * @param sweep models, phases, lengths, dimensions and the seed
   * @param exists tells whether a model has a phase
   */
  Schedule(Sweep sweep, BiPredicate<String, Phase> exists) {
    this.sweep = sweep;
    List<Cell> all = new ArrayList<>();
    for (int length : sweep.lengths()) {
      List<Cell> level = new ArrayList<>();
      for (String model : sweep.models()) {
        for (Phase phase : sweep.phases()) {
          if (exists.test(model, phase)) {
            level.addAll(sweep.cells(model, phase, length));
          }
        }
      }
      Collections.shuffle(level, new Random(sweep.seed() ^ length));
      all.addAll(level);
    }
    this.cells = List.copyOf(all);
  }

  /** Returns all cells in the order of the first round: lengths ascending. */
  List<Cell> first() {
    return cells;
  }

  /**
   * Returns the order of a later round.
   *
   * @param round the round, from 2
   * @param measurable the cells that are to be measured
   */
  List<Cell> later(int round, Set<Cell> measurable) {
    List<Cell> order = new ArrayList<>(cells);
    order.retainAll(measurable);
    Collections.shuffle(order, new Random(sweep.seed() + 31L * round));
    return order;
  }
}
