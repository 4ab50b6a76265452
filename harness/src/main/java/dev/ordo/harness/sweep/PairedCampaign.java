package dev.ordo.harness.sweep;

import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.Looks;
import dev.ordo.reports.paired.PairedComparison;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Measures two sides in pairs until every cell is settled or the budget is spent, then what looks
 * like a regression once more.
 *
 * <p>A pair is one fork of each side, back to back in random order. Each round gives one pair to
 * every cell that is open and can reach its next look within the budget; where not all can, chance
 * decides once for the whole run which do.
 */
final class PairedCampaign {

  /** A pair that takes so many times as long as the shortest may be left out for the others. */
  private static final double DEAR = 1.5;

  /** Where the forks of both sides come from, in each stage: the second has another seed. */
  interface Machines {

    /** Returns where the forks of one side come from. */
    Forks of(Arm arm, Stage stage);
  }

  private final Sweep sweep;
  private final PairedOptions options;
  private final List<Cell> cells;
  private final Map<Arm, Knowledge> knowledge;
  private final Machines machines;
  private final Journal journal;
  private final Progress progress;
  private final BooleanSupplier stopping;
  private final LongSupplier nanoTime;
  private final PairedCells measured = new PairedCells();
  private final Random random;

  private long start;
  private long deadline;

  /**
   * Makes a campaign.
   *
   * @param sweep what to measure; each of the two stages may take its budget
   * @param options when a cell is settled
   * @param cells in the order of the first round: lengths ascending
   * @param forecast makes what predicts the time of operations
   * @param machines where measurements come from
   * @param journal takes the entries
   * @param progress is told what happens
   * @param stopping tells whether to stop before the next fork
   * @param nanoTime a clock, in nanoseconds
   */
  PairedCampaign(
      Sweep sweep,
      PairedOptions options,
      List<Cell> cells,
      Supplier<Forecast> forecast,
      Machines machines,
      Journal journal,
      Progress progress,
      BooleanSupplier stopping,
      LongSupplier nanoTime) {
    this.sweep = sweep;
    this.options = options;
    this.cells = List.copyOf(cells);
    this.knowledge =
        Map.of(
            Arm.BASE, new Knowledge(forecast.get()),
            Arm.CANDIDATE, new Knowledge(forecast.get()));
    this.machines = machines;
    this.journal = journal;
    this.progress = progress;
    this.stopping = stopping;
    this.nanoTime = nanoTime;
    this.random = new Random(sweep.seed());
  }

  /**
   * Measures.
   *
   * @throws IOException if the journal cannot be written
   */
  void run() throws IOException {
    start = nanoTime.getAsLong();
    deadline = start + sweep.budget().toNanos();
    firstRound();
    rounds(Stage.FIRST);
    if (!measured.compare(options).suspects().isEmpty()) {
      deadline = nanoTime.getAsLong() + sweep.budget().toNanos();
      rounds(Stage.AGAIN);
    }
  }

  private void firstRound() throws IOException {
    List<Cell> waiting = new ArrayList<>(cells);
    double before = 0;
    while (!waiting.isEmpty() && !stopping.getAsBoolean()) {
      Cell cell = waiting.remove(0);
      double nanos = nanosPerOp(cell);
      double once = 2 * (overheadMillis() + ForkPlan.of(nanos).millis(nanos, cell.threads()));
      double all = before + once + waiting.size() * 2 * leastMillis();
      boolean dear = once > DEAR * 2 * leastMillis();
      if (dear && Looks.FIRST * all > sweep.budget().toMillis() || once > restMillis()) {
        leaveOut(cell, nanos);
        continue;
      }
      pair(cell, Stage.FIRST, Looks.FIRST * all - before);
      before += pairMillis(cell);
    }
  }

  private void leaveOut(Cell cell, double nanos) throws IOException {
    Entry.LeftOut entry =
        new Entry.LeftOut(
            cell,
            nanos,
            cell
                + " left out: too long for "
                + Looks.FIRST
                + " pairs beside all others within the budget of "
                + sweep.budget().toSeconds()
                + " s");
    journal.append(entry);
    measured.take(entry);
    progress.leftOut(entry);
  }

  private void rounds(Stage stage) throws IOException {
    List<Cell> order = new ArrayList<>(cells);
    Collections.shuffle(order, random);
    while (!stopping.getAsBoolean()) {
      List<Cell> round = round(order, stage);
      if (round.isEmpty()) {
        return;
      }
      Collections.shuffle(round, random);
      double left = round.stream().mapToDouble(cell -> costToLook(cell, stage)).sum();
      for (Cell cell : round) {
        if (stopping.getAsBoolean()) {
          return;
        }
        pair(cell, stage, left);
        left -= pairMillis(cell);
      }
    }
  }

  /** Returns the open cells that can all reach their next looks within what is left. */
  private List<Cell> round(List<Cell> order, Stage stage) {
    Set<Cell> open = open(stage);
    double rest = restMillis();
    List<Cell> round = new ArrayList<>();
    for (Cell cell : order) {
      if (open.contains(cell) && costToLook(cell, stage) <= rest) {
        rest -= costToLook(cell, stage);
        round.add(cell);
      }
    }
    return round;
  }

  private Set<Cell> open(Stage stage) {
    PairedComparison comparison = measured.compare(options);
    List<Cell> judged = measured.measured();
    List<CellFinding> suspects = comparison.suspects();
    Set<Cell> open = new LinkedHashSet<>();
    for (int i = 0; i < judged.size(); i++) {
      CellFinding finding = comparison.cells().get(i);
      boolean settled =
          stage == Stage.FIRST
              ? comparison.settled(finding)
              : !suspects.contains(finding) || comparison.settledAgain(finding);
      if (!settled && measured.pairs(judged.get(i), stage).size() < options.most(stage)) {
        open.add(judged.get(i));
      }
    }
    return open;
  }

  private void pair(Cell cell, Stage stage, double millisLeft) throws IOException {
    int pair = measured.nextPair(cell, stage);
    progress.starting(
        new Progress.Step(
            pair,
            options.most(stage),
            cell,
            elapsedMillis(),
            (long) Math.max(0, Math.min(millisLeft, restMillis()))));
    // Both sides get the same plan: iterations of another length could look like another cost.
    ForkPlan plan = ForkPlan.of(nanosPerOp(cell));
    Arm first = random.nextBoolean() ? Arm.BASE : Arm.CANDIDATE;
    for (Arm arm : List.of(first, first.other())) {
      if (stopping.getAsBoolean()) {
        return;
      }
      Entry.Fork fork = machines.of(arm, stage).run(pair, cell, plan);
      if (!fork.succeeded() && stopping.getAsBoolean()) {
        return;
      }
      Entry.Paired entry = new Entry.Paired(arm, stage == Stage.AGAIN, pair, fork);
      journal.append(entry);
      measured.take(entry);
      knowledge.get(arm).take(fork);
      if (!fork.succeeded()) {
        progress.failed(fork);
      }
    }
  }

  private double costToLook(Cell cell, Stage stage) {
    int pairs = measured.pairs(cell, stage).size();
    return (Looks.after(pairs) - pairs) * pairMillis(cell);
  }

  private double pairMillis(Cell cell) {
    return knowledge.values().stream().mapToDouble(known -> known.expectedMillis(cell)).sum();
  }

  private double nanosPerOp(Cell cell) {
    return knowledge.values().stream().mapToDouble(known -> known.nanosPerOp(cell)).max().orElse(0);
  }

  private double overheadMillis() {
    return knowledge.get(Arm.BASE).overheadMillis();
  }

  private double leastMillis() {
    return knowledge.get(Arm.BASE).leastMillis();
  }

  private double restMillis() {
    return (deadline - nanoTime.getAsLong()) / 1e6;
  }

  private long elapsedMillis() {
    return (nanoTime.getAsLong() - start) / 1_000_000;
  }
}
