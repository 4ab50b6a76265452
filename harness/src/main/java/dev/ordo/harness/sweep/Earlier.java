package dev.ordo.harness.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the journal of a run that was stopped means for the run that goes on. */
final class Earlier {

  private Earlier() {}

  /**
   * Returns the entries that still stand, in order. Cells that were left out are decided upon anew
   * once the budget has grown. A failure does not stand once its cell was tried again, nor if the
   * cell is still to be tried again: because that was asked for, or because the run was stopped
   * before the {@linkplain SecondChance second chance} of a fork that was ended.
   *
   * @param entries all entries of the journal
   */
  static List<Entry> standing(List<Entry> entries) {
    List<Entry> standing = new ArrayList<>();
    Map<Cell, Entry.Fork> failures = new HashMap<>();
    long budgetMillis = 0;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Start start) {
        budgetMillis = start.budgetMillis();
      } else if (entry instanceof Entry.Resume resume) {
        if (resume.budgetMillis() > budgetMillis) {
          standing.removeIf(Entry.LeftOut.class::isInstance);
        }
        budgetMillis = resume.budgetMillis();
        if (resume.retryFailed()) {
          standing.removeAll(failures.values());
          failures.clear();
        }
      } else if (entry instanceof Entry.LeftOut) {
        standing.add(entry);
      } else if (entry instanceof Entry.Fork fork) {
        standing.remove(failures.remove(fork.cell()));
        standing.add(fork);
        if (!fork.succeeded()) {
          failures.put(fork.cell(), fork);
        }
      }
    }
    failures
        .values()
        .forEach(
            last -> {
              if (last.failure().kind().transitory()
                  && transitoryFailures(entries, last.cell()) == 1) {
                standing.remove(last);
              }
            });
    return standing;
  }

  /** Returns how often a cell's fork was ended, since failed cells were last tried again. */
  static long transitoryFailures(List<Entry> entries, Cell cell) {
    long count = 0;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Resume resume && resume.retryFailed()) {
        count = 0;
      } else if (entry instanceof Entry.Fork fork
          && fork.cell().equals(cell)
          && !fork.succeeded()
          && fork.failure().kind().transitory()) {
        count++;
      }
    }
    return count;
  }

  /**
   * Returns the sweep of a run with the budget and the number of forks that it has by now.
   *
   * @param entries all entries of the journal
   */
  static Sweep sweep(List<Entry> entries) {
    Sweep sweep = ((Entry.Start) entries.get(0)).sweep();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Resume resume) {
        sweep = sweep.within(resume.budget(), resume.forks());
      }
    }
    return sweep;
  }
}
