package dev.ordo.harness.sweep;

import dev.ordo.models.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;

/**
 * The order of the first round, in which every cell gets a fork: up the lengths, because a length's
 * cost is predicted from the shorter ones, and random within a length, from the sweep's seed. What
 * comes later is chosen by {@link Steering}.
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

  private Schedule(Sweep sweep, List<Cell> cells) {
    this.sweep = sweep;
    this.cells = List.copyOf(cells);
  }

  /**
   * Returns the same schedule with some of its cells only.
   *
   * @param some in the order of the first round
   */
  Schedule only(List<Cell> some) {
    return new Schedule(sweep, some);
  }

  /** Returns all cells in the order of the first round: lengths ascending. */
  List<Cell> first() {
    return cells;
  }
}
