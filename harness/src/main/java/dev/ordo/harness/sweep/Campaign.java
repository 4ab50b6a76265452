package dev.ordo.harness.sweep;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Carries a sweep out: rounds of forks until every cell has enough or the budget is spent, each
 * finished fork in the journal before the next begins.
 */
final class Campaign {

  /** A fork that takes so many times as long as the shortest one may be left out for the others. */
  private static final double DEAR = 1.5;

  private static final String LACKING = "the model says that it does not support it";

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
  private double overheadMillis = Budget.LEAST_FORK_MILLIS - ForkPlan.of(0).millis(0, 1);
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
    for (int round = 2; round <= sweep.forks(); round++) {
      if (!laterRound(round, measurable)) {
        return;
      }
    }
  }

  private Set<Cell> firstRound() throws IOException {
    int longest = sweep.lengths().get(budget.levels() - 1);
    Set<Cell> measurable = new LinkedHashSet<>();
    List<Cell> waiting = new ArrayList<>(schedule.first());
    while (!waiting.isEmpty() && !stopping.getAsBoolean()) {
      Cell cell = waiting.remove(0);
      double nanos = forecast.nanosPerOp(cell).orElse(0);
      double once = overheadMillis + ForkPlan.of(nanos).millis(nanos, cell.threads());
      double before = sum(measurable, this::expectedMillis);
      double after = sum(waiting, each -> each.length() > longest ? 0 : leastMillis());
      double perRound = before + once + after;
      Optional<String> reason = reason(cell.length() > longest, once, perRound);
      if (reason.isPresent()) {
        leaveOut(leftOut(cell, nanos, reason.get()));
        continue;
      }
      if (forks.lacks(cell)) {
        leaveOut(leftOut(cell, 0, LACKING));
        continue;
      }
      int rounds = rounds(1, perRound, budgetMillis());
      fork(1, rounds, cell, perRound * rounds - before);
      if (!failed.contains(cell) && forkMillis.containsKey(cell)) {
        measurable.add(cell);
      }
    }
    return measurable;
  }

  /**
   * Returns why a cell is to be left out, if it is.
   *
   * @param tooLong whether its length is beyond those that the budget can hold
   * @param once the predicted time of one fork, in milliseconds
   * @param perRound the predicted time of a round with the cell, in milliseconds
   */
  private Optional<String> reason(boolean tooLong, double once, double perRound) {
    String budgetText = "the budget of " + sweep.budget().toSeconds() + " s";
    if (tooLong) {
      return Optional.of(budgetText + " holds only shorter lengths");
    }
    if (once > DEAR * leastMillis() && perRound * budget.rounds() > budgetMillis()) {
      return Optional.of(
          "too long for " + budget.rounds() + " forks beside all others within " + budgetText);
    }
    return once > restMillis() ? Optional.of(budgetText + " is used up") : Optional.empty();
  }

  /**
   * Gives every cell a fork that still fits the budget. The order is random, so where the budget
   * ends a round early, chance decides who misses it.
   *
   * @return whether any cell got one
   */
  private boolean laterRound(int round, Set<Cell> measurable) throws IOException {
    double perRound = sum(measurable, this::expectedMillis);
    int rounds = rounds(round, perRound, restMillis());
    double left = perRound * (rounds - round + 1);
    boolean any = false;
    for (Cell cell : schedule.later(round, measurable)) {
      if (stopping.getAsBoolean()) {
        return false;
      }
      double expected = expectedMillis(cell);
      if (expected <= restMillis()) {
        fork(round, rounds, cell, left);
        any = true;
      }
      left -= expected;
    }
    measurable.removeAll(failed);
    return any;
  }

  /** Returns the round that is expected to be the last, begun where it cannot be finished. */
  private int rounds(int round, double perRound, double restMillis) {
    double fitting = Math.max(1, Math.ceil(restMillis / perRound));
    return (int) Math.min(sweep.forks(), round - 1 + fitting);
  }

  private void fork(int round, int rounds, Cell cell, double millisLeft) throws IOException {
    double nanos = forecast.nanosPerOp(cell).orElse(0);
    ForkPlan plan = ForkPlan.of(nanos);
    progress.starting(
        new Progress.Step(
            round, rounds, cell, elapsedMillis(), (long) Math.min(millisLeft, restMillis())));
    Entry.Fork fork = forks.run(round, cell, plan);
    if (!fork.succeeded() && stopping.getAsBoolean()) {
      return;
    }
    if (!fork.succeeded() && forks.lacks(cell)) {
      failed.add(cell);
      leaveOut(leftOut(cell, 0, LACKING));
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
    double measuring = plan.millis(fork.meanNanos(), cell.threads());
    if (fork.wallMillis() > measuring) {
      overheadMillis += (fork.wallMillis() - measuring - overheadMillis) / 8;
    }
  }

  private void leaveOut(Entry.LeftOut entry) throws IOException {
    journal.append(entry);
    progress.leftOut(entry);
  }

  private Entry.LeftOut leftOut(Cell cell, double nanos, String why) {
    String predicted =
        nanos > 0
            ? "; one operation is predicted to take " + Figures.value(nanos, Unit.NANOS_PER_OP)
            : "";
    return new Entry.LeftOut(cell, nanos, cell + " left out: " + why + predicted);
  }

  private double budgetMillis() {
    return sweep.budget().toMillis();
  }

  private double restMillis() {
    return Math.max(0, budgetMillis() - elapsedMillis());
  }

  private double leastMillis() {
    return overheadMillis + ForkPlan.of(0).millis(0, 1);
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
