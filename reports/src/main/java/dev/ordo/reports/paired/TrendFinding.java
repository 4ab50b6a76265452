package dev.ordo.reports.paired;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.fit.Interval;
import java.util.Objects;

/**
 * What the rounds of a series come to: whether the candidate grows faster with the size.
 *
 * @param series its name
 * @param change {@link Change#SLOWER} if it grows faster, {@link Change#FASTER} if slower
 * @param suspected whether the first stage saw that it grows faster
 * @param exponent by which power of the size the ratio grows, with an interval that holds whenever
 *     measuring ended
 * @param top the mean ratio over the largest third of the sizes, likewise
 * @param rounds the number of rounds behind them
 */
public record TrendFinding(
    String series, Change change, boolean suspected, Interval exponent, Interval top, int rounds) {

  /** Checks that every part is there. */
  public TrendFinding {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(exponent, "exponent");
    Objects.requireNonNull(top, "top");
  }
}
