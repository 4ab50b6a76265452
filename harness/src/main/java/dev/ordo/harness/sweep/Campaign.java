package dev.ordo.harness.sweep;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

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
  private final Knowledge knowledge;
  private final Steering steering;
  private final Forks forks;
  private final Ledger journal;
  private final Progress progress;
  private final BooleanSupplier stopping;
  private final LongSupplier nanoTime;

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
      Ledger journal,
      Progress progress,
      BooleanSupplier stopping,
      LongSupplier nanoTime) {
    this.sweep = sweep;
    this.schedule = schedule;
    this.budget = budget;
    this.knowledge = new Knowledge(forecast);
    this.steering = new Steering(Goal.of(sweep));
    this.forks = forks;
    this.journal = journal;
    this.progress = progress;
    this.stopping = stopping;
    this.nanoTime = nanoTime;
  }

  /**
   * Measures what is still open. Every decision is a function of the sweep and of the entries so
   * far, so a run that was stopped goes on with the forks that it would have gone on with; the wall
   * time of the earlier forks counts as spent.
   *
   * @param earlier the entries of an earlier run of the same sweep, in order, without those that
   *     are to be measured again; none for a new run
   * @throws IOException if the journal cannot be written
   */
  void run(List<Entry> earlier) throws IOException {
    List<Entry.Fork> begun = begun(earlier);
    earlier.stream().filter(entry -> !begun.contains(entry)).forEach(knowledge::take);
    double before = knowledge.spentMillis() + wallMillis(begun);
    start = nanoTime.getAsLong() - (long) (before * 1e6);
    firstRound();
    int round = begun.isEmpty() ? 2 : begun.get(0).round();
    List<Entry.Fork> done = begun;
    while (!stopping.getAsBoolean() && laterRound(round, done)) {
      done = List.of();
      round++;
    }
  }

  /**
   * Returns the forks of the last round if it is a later one: its plan was made before they ran.
   */
  private static List<Entry.Fork> begun(List<Entry> earlier) {
    int last = 1;
    for (Entry entry : earlier) {
      if (entry instanceof Entry.Fork fork) {
        last = Math.max(last, fork.round());
      }
    }
    List<Entry.Fork> begun = new ArrayList<>();
    for (Entry entry : earlier) {
      if (entry instanceof Entry.Fork fork && fork.round() == last && last > 1) {
        begun.add(fork);
      }
    }
    return begun;
  }

  private static double wallMillis(List<Entry.Fork> forks) {
    return forks.stream().mapToDouble(Entry.Fork::wallMillis).sum();
  }

  private void firstRound() throws IOException {
    int longest = sweep.lengths().get(budget.levels() - 1);
    List<Cell> waiting = new ArrayList<>(schedule.first());
    waiting.removeIf(knowledge::decided);
    while (!waiting.isEmpty() && !stopping.getAsBoolean()) {
      Cell cell = waiting.remove(0);
      double nanos = knowledge.nanosPerOp(cell);
      double once = knowledge.overheadMillis() + ForkPlan.of(nanos).millis(nanos, cell.threads());
      double before = knowledge.expectedMillis(knowledge.measurable());
      double after =
          waiting.stream().filter(each -> each.length() <= longest).count()
              * knowledge.leastMillis();
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
      int rounds = Math.min(sweep.forks(), rounds(1, perRound, budgetMillis()));
      ForkPlan plan = ForkPlan.of(nanos);
      fork(1, rounds, cell, plan, perRound * rounds - before);
    }
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
    if (once > DEAR * knowledge.leastMillis() && perRound * budget.rounds() > budgetMillis()) {
      return Optional.of(
          "too long for " + budget.rounds() + " forks beside all others within " + budgetText);
    }
    return once > restMillis() ? Optional.of(budgetText + " is used up") : Optional.empty();
  }

  /**
   * Carries a round out. Forks that no longer fit the budget are passed over; the order is random,
   * so chance decides which.
   *
   * @param done forks of the round that an earlier run finished
   * @return whether any cell got one
   */
  private boolean laterRound(int round, List<Entry.Fork> done) throws IOException {
    Steering.Plan plan = steering.round(round, knowledge);
    List<Cell> cells = new ArrayList<>(plan.cells());
    double perRound = knowledge.expectedMillis(cells);
    double left = plan.millisLeft();
    for (Entry.Fork fork : done) {
      left -= knowledge.expectedMillis(fork.cell());
      cells.remove(fork.cell());
    }
    done.forEach(knowledge::take);
    int rounds = rounds(round, perRound, Math.min(left, restMillis()));
    boolean any = !done.isEmpty();
    for (Cell cell : cells) {
      if (stopping.getAsBoolean()) {
        return false;
      }
      double expected = knowledge.expectedMillis(cell);
      if (expected <= restMillis()) {
        double nanos = knowledge.nanosPerOp(cell);
        ForkPlan forkPlan = ForkPlan.of(nanos, plan.measuredMillis(cell));
        fork(round, rounds, cell, forkPlan, left);
        any = true;
      }
      left -= expected;
    }
    return any;
  }

  /** Returns the round that is expected to be the last, begun where it cannot be finished. */
  private static int rounds(int round, double perRound, double leftMillis) {
    return round - 1 + (int) Math.max(1, Math.ceil(leftMillis / perRound));
  }

  private void fork(int round, int rounds, Cell cell, ForkPlan plan, double millisLeft)
      throws IOException {
    progress.starting(
        new Progress.Step(
            round, rounds, cell, elapsedMillis(), (long) Math.min(millisLeft, restMillis())));
    Entry.Fork fork = forks.run(round, cell, plan);
    if (!fork.succeeded() && stopping.getAsBoolean()) {
      return;
    }
    if (!fork.succeeded() && forks.lacks(cell)) {
      leaveOut(leftOut(cell, 0, LACKING));
      return;
    }
    append(fork);
    if (!fork.succeeded()) {
      progress.failed(fork);
    }
  }

  private void leaveOut(Entry.LeftOut entry) throws IOException {
    append(entry);
    progress.leftOut(entry);
  }

  private void append(Entry entry) throws IOException {
    journal.append(entry);
    knowledge.take(entry);
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

  private long elapsedMillis() {
    return (nanoTime.getAsLong() - start) / 1_000_000;
  }
}
