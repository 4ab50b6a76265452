package dev.ordo.reports.paired;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import java.util.Objects;
import java.util.Optional;

/**
 * What the pairs of a cell come to.
 *
 * @param cell the cell
 * @param change what became of it; {@link Change#SLOWER} only where two stages of pairs say so
 * @param suspected whether the first stage saw a regression
 * @param excluded whether a regression beyond the margin is ruled out, even where the change is
 *     inconclusive
 * @param ratio candidate over base with an interval that holds whenever measuring ended: of the
 *     second stage where there were pairs enough in it; absent where there were too few in either
 */
public record CellFinding(
    PairedCell cell, Change change, boolean suspected, boolean excluded, Optional<Interval> ratio) {

  /** Checks that every part is there. */
  public CellFinding {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(ratio, "ratio");
  }

  /** Returns whether the cell may have regressed, for all that is known. */
  public boolean doubtful() {
    return change == Change.INCONCLUSIVE && !excluded;
  }

  /** Returns the series and the size, for example {@code mamba.decode@4096}. */
  public String label() {
    return cell.series() + "@" + Figures.size(cell.size());
  }

  /** Returns the number of pairs in both stages. */
  public int pairs() {
    return cell.first().size() + cell.again().size();
  }
}
