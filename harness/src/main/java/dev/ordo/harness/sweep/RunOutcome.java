package dev.ordo.harness.sweep;

import java.util.List;

/**
 * What came of a run, in short.
 *
 * @param measured the number of forks that measured something
 * @param failed whether a cell failed and was not measured when it was tried again
 * @param ended whether the sweep came to its end
 * @param isEmptyShare whether there was nothing to do
 */
public record RunOutcome(long measured, boolean failed, boolean ended, boolean isEmptyShare) {

  /** Sums up the entries of a journal. */
  public static RunOutcome of(List<Entry> entries) {
    List<Entry> standing = Earlier.standing(entries);
    boolean ended = entries.get(entries.size() - 1) instanceof Entry.End;
    long measured =
        entries.stream()
            .filter(entry -> entry instanceof Entry.Fork fork && fork.succeeded())
            .count();
    boolean failed =
        standing.stream().anyMatch(entry -> entry instanceof Entry.Fork fork && !fork.succeeded());
    return new RunOutcome(measured, failed, ended, ended && standing.isEmpty());
  }
}
