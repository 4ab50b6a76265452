package dev.ordo.reports.history;

import java.util.Optional;

/**
 * How readily runs of a track are taken for dependent.
 *
 * @param least the dependence that all tracks of the host show together
 * @param errors how many standard errors the correlation at lag 1 of a track must be above zero
 */
record Suspicion(Dependence least, double errors) {

  private static final double ALONE_ERRORS = 1;
  private static final double TOGETHER_ERRORS = 2;

  /** That of a track whose host has few others: a little correlation is enough. */
  static final Suspicion ALONE = new Suspicion(Dependence.NONE, ALONE_ERRORS);

  /** Returns that of tracks whose host shows in all of them what its runs have in common. */
  static Suspicion together(Variogram all) {
    return new Suspicion(all.dependence(TOGETHER_ERRORS), TOGETHER_ERRORS);
  }

  /** Returns the dependence to reckon with. */
  Dependence of(Optional<Variogram> own) {
    return own.map(variogram -> variogram.dependence(errors)).orElse(Dependence.NONE).or(least);
  }
}
