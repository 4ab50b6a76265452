package dev.ordo.harness.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a campaign knows: a function of the entries of its journal, in order, and of nothing else. A
 * run that goes on where an earlier one was stopped takes the earlier one's entries first.
 */
final class Knowledge {

  private final Forecast forecast;
  private final Map<Cell, List<Entry.Fork>> forks = new LinkedHashMap<>();
  private final Map<Cell, Double> forkMillis = new HashMap<>();
  private final Set<Cell> failed = new HashSet<>();
  private final Set<Cell> leftOut = new HashSet<>();
  private double overheadMillis = Budget.LEAST_FORK_MILLIS - ForkPlan.of(0).millis(0, 1);
  private double spentMillis;

  /**
   * Knows nothing yet.
   *
   * @param forecast predicts the time of operations; learns from every fork
   */
  Knowledge(Forecast forecast) {
    this.forecast = forecast;
  }

  /** Takes note of an entry. */
  void take(Entry entry) {
    if (entry instanceof Entry.Fork fork) {
      take(fork);
    } else if (entry instanceof Entry.LeftOut out) {
      leftOut.add(out.cell());
    }
  }

  private void take(Entry.Fork fork) {
    Cell cell = fork.cell();
    spentMillis += fork.wallMillis();
    if (!fork.succeeded()) {
      failed.add(cell);
      return;
    }
    forkMillis.merge(cell, (double) fork.wallMillis(), (old, now) -> (old + now) / 2);
    forks.computeIfAbsent(cell, each -> new ArrayList<>()).add(fork);
    forecast.measured(cell, fork.meanNanos());
    double measuring = fork.plan().millis(fork.meanNanos(), cell.threads());
    if (fork.wallMillis() > measuring) {
      overheadMillis += (fork.wallMillis() - measuring - overheadMillis) / 8;
    }
  }

  /** Returns whether a cell was measured, has failed or was left out. */
  boolean decided(Cell cell) {
    return forks.containsKey(cell) || failed.contains(cell) || leftOut.contains(cell);
  }

  /** Returns the cells that were measured and never failed. */
  Set<Cell> measurable() {
    Set<Cell> cells = new LinkedHashSet<>(forks.keySet());
    cells.removeAll(failed);
    return cells;
  }

  /** Returns the forks that measured a cell, in order. */
  List<Entry.Fork> forks(Cell cell) {
    return forks.getOrDefault(cell, List.of());
  }

  /** Returns the predicted or measured time of one operation, in nanoseconds; 0 if unknown. */
  double nanosPerOp(Cell cell) {
    return forecast.nanosPerOp(cell).orElse(0);
  }

  /** Returns the wall time of all forks, in milliseconds. */
  double spentMillis() {
    return spentMillis;
  }

  /** Returns what a fork takes beside its iterations, in milliseconds. */
  double overheadMillis() {
    return overheadMillis;
  }

  /** Returns the time of the shortest fork, in milliseconds. */
  double leastMillis() {
    return overheadMillis + ForkPlan.of(0).millis(0, 1);
  }

  /** Returns the time that a fork of a cell is expected to take, in milliseconds. */
  double expectedMillis(Cell cell) {
    return forkMillis.getOrDefault(cell, leastMillis());
  }

  /** Returns the time that a fork of each of some cells is expected to take, in milliseconds. */
  double expectedMillis(Collection<Cell> cells) {
    return cells.stream().mapToDouble(this::expectedMillis).sum();
  }
}
