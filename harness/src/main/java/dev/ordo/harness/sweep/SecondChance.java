package dev.ordo.harness.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/**
 * Runs a fork once more that a signal or the time limit ended, once for each cell: it may not have
 * been the fork's fault. The first failure stays in the journal.
 */
final class SecondChance implements Forks {

  private final Forks forks;
  private final Journal journal;
  private final Progress progress;
  private final BooleanSupplier stopping;

  /**
   * Makes forks with a second chance.
   *
   * @param forks where measurements come from
   * @param journal knows which cells have had their second chance, and takes first failures
   * @param progress is told of first failures
   * @param stopping tells whether forks are being ended because the run is
   */
  SecondChance(Forks forks, Journal journal, Progress progress, BooleanSupplier stopping) {
    this.forks = forks;
    this.journal = journal;
    this.progress = progress;
    this.stopping = stopping;
  }

  @Override
  public boolean lacks(Cell cell) {
    return forks.lacks(cell);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the journal cannot be written
   */
  @Override
  public Entry.Fork run(int round, Cell cell, ForkPlan plan) {
    Entry.Fork first = forks.run(round, cell, plan);
    if (first.succeeded() || !first.failure().kind().transitory() || stopping.getAsBoolean()) {
      return first;
    }
    if (Earlier.transitoryFailures(journal.entries(), cell) > 0) {
      return first;
    }
    try {
      journal.append(first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress.failed(first);
    return forks.run(round, cell, plan);
  }
}
