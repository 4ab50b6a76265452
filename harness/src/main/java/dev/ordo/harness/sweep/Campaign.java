package dev.ordo.harness.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Carries a sweep out: rounds of forks until every cell has enough or the budget is spent, each
 * finished fork in the journal before the next begins.
 */
final class Campaign {

  private final Sweep sweep;
  private final Schedule schedule;
  private final Budget budget;
  private final Forecast forecast;
  private final Forks forks;
  private final Journal journal;
  private final Progress progress;
  private final BooleanSupplier stopping;
  private final LongSupplier nanoTime;

  private final Map<Cell, Double> forkMillis = new HashMap<>();
  private final Set<Cell> failed = new HashSet<>();
  private double overheadMillis = Budget.LEAST_FORK_MILLIS - ForkPlan.of(0).millis(0);
  private long start;

  /**
   * Makes a campaign.
   *
   * @param sweep what to measure
   * @param schedule in which order
   * @param budget how many lengths and rounds fit
   * @param forecast predicts the time of operations; learns from what is measured
   * @param forks where measurements come from
   * @param journal takes the entries
   * @param progress is told what happens
   * @param stopping tells whether to stop before the next fork
   * @param nanoTime a clock, in nanoseconds
   */
  Campaign(
      Sweep sweep,
      Schedule schedule,
      Budget budget,
      Forecast forecast,
      Forks forks,
      Journal journal,
      Progress progress,
      BooleanSupplier stopping,
      LongSupplier nanoTime) {
    this.sweep = sweep;
    this.schedule = schedule;
    this.budget = budget;
    this.forecast = forecast;
    this.forks = forks;
    this.journal = journal;
    this.progress = progress;
    this.stopping = stopping;
    this.nanoTime = nanoTime;
  }

  /**
   * Measures.
   *
   * @throws IOException if the journal cannot be written
   */
  void run() throws IOException {
    start = nanoTime.getAsLong();
    Set<Cell> measurable = firstRound();
    for (int round = 2; round <= sweep.forks() && !measurable.isEmpty(); round++) {
      double predicted = sum(measurable, this::expectedMillis);
      double rest = sweep.budget().toMillis() - elapsedMillis();
      if (stopping.getAsBoolean() || predicted > rest) {
        return;
      }
      int rounds = (int) Math.min(sweep.forks(), round - 1 + Math.floor(rest / predicted));
      laterRound(round, rounds, measurable);
    }
  }

  private Set<Cell> firstRound() throws IOException {
    List<Cell> cells = schedule.first();
    int longest = sweep.lengths().get(budget.levels() - 1);
    Set<Cell> measurable = new LinkedHashSet<>();
    List<Cell> waiting = new ArrayList<>(cells);
    double committed = 0;
    for (int i = 0; i < cells.size() && !stopping.getAsBoolean(); i++) {
      Cell cell = cells.get(i);
      waiting.remove(cell);
      waiting.removeIf(each -> each.length() > longest);
      OptionalDouble predicted = forecast.nanosPerOp(cell);
      double nanos = predicted.orElse(0);
      double cost = (overheadMillis + ForkPlan.of(nanos).millis(nanos)) * budget.rounds();
      double reserve = sum(waiting, each -> leastMillis()) * budget.rounds();
      if (cell.length() > longest
          || (predicted.isPresent() && committed + cost + reserve > sweep.budget().toMillis())) {
        Entry.LeftOut entry = leftOut(cell, nanos, budget.rounds());
        journal.append(entry);
        progress.leftOut(entry);
        continue;
      }
      double left = reserve + cost + (budget.rounds() - 1) * sum(measurable, this::expectedMillis);
      fork(1, budget.rounds(), cell, (long) left);
      if (!failed.contains(cell) && forkMillis.containsKey(cell)) {
        measurable.add(cell);
      }
      committed += expectedMillis(cell) * budget.rounds();
    }
    return measurable;
  }

  private void laterRound(int round, int rounds, Set<Cell> measurable) throws IOException {
    List<Cell> order = schedule.later(round, measurable);
    double perRound = sum(measurable, this::expectedMillis);
    double left = perRound * (rounds - round + 1);
    for (Cell cell : order) {
      if (stopping.getAsBoolean()) {
        return;
      }
      fork(round, rounds, cell, (long) left);
      left -= expectedMillis(cell);
    }
    measurable.removeAll(failed);
  }

  private void fork(int round, int rounds, Cell cell, long millisLeft) throws IOException {
    double nanos = forecast.nanosPerOp(cell).orElse(0);
    ForkPlan plan = ForkPlan.of(nanos);
    progress.starting(
        new Progress.Step(round, rounds, cell, forkMillis.size(), elapsedMillis(), millisLeft));
    Entry.Fork fork = forks.run(round, cell, plan);
    if (!fork.succeeded() && stopping.getAsBoolean()) {
      return;
    }
    journal.append(fork);
    forkMillis.merge(cell, (double) fork.wallMillis(), (old, now) -> (old + now) / 2);
    if (!fork.succeeded()) {
      failed.add(cell);
      progress.failed(fork);
      return;
    }
    forecast.measured(cell, fork.meanNanos());
    double measuring = plan.millis(fork.meanNanos());
    if (fork.wallMillis() > measuring) {
      overheadMillis += (fork.wallMillis() - measuring - overheadMillis) / 8;
    }
  }

  private Entry.LeftOut leftOut(Cell cell, double nanos, int rounds) {
    String time =
        nanos > 0
            ? String.format("one operation is predicted to take %.3g s", nanos / 1e9)
            : "no shorter length was measured";
    return new Entry.LeftOut(
        cell,
        nanos,
        String.format(
            "%s left out: %s, too long for %d forks within the budget of %d s",
            cell, time, rounds, sweep.budget().toSeconds()));
  }

  private double leastMillis() {
    return overheadMillis + ForkPlan.of(0).millis(0);
  }

  private double expectedMillis(Cell cell) {
    return forkMillis.getOrDefault(cell, leastMillis());
  }

  private static double sum(Iterable<Cell> cells, ToDoubleFunction<Cell> value) {
    double sum = 0;
    for (Cell cell : cells) {
      sum += value.applyAsDouble(cell);
    }
    return sum;
  }

  private long elapsedMillis() {
    return (nanoTime.getAsLong() - start) / 1_000_000;
  }
}
