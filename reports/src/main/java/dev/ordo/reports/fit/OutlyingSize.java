package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.Optional;

/**
 * One size that stands off the curve through all others, its forks agreeing.
 *
 * <p>Sought only where all laws are contradicted, or with one fork a size, from {@value #FEWEST}
 * sizes on. Weighed against each other by {@link Credence#evidence} are: no size is off, at the
 * noise of the forks; none is off, but sizes scatter by {@link Plausible#MACHINE} more; and for
 * each size that this one is off, by any factor up to {@value #LARGEST} either way, and the others
 * follow a law. The prior of the last is {@value #PRIOR} over all sizes. A size stands off if that
 * is {@value #SURE} sure, if it is {@value #LEAST} off, and if the others contradict some law no
 * more.
 *
 * @param index which size
 * @param size the size
 * @param excess what it has above the prediction, as a part of that; negative below it
 */
record OutlyingSize(int index, double size, double excess) {

  private static final int FEWEST = 6;
  private static final double PRIOR = 0.1;
  private static final double PRIOR_OF_SCATTER = 0.2;
  private static final double SURE = 0.9;
  private static final double LEAST = 0.15;
  private static final double LARGEST = 2.5;

  /** A size that is off by {@link #LEAST} keeps more than this of every curve away from itself. */
  static final double NEAR = 0.06;

  /** The noise, and its degrees of freedom, where forks tell nothing. */
  private static final double UNKNOWN_NOISE = 0.03;

  private static final double UNKNOWN_DEGREES = 2;

  /** Finds it; empty where there is none. */
  static Optional<OutlyingSize> find(Observations data, Candidates candidates) {
    int m = data.count();
    boolean near =
        Arrays.stream(candidates.closest().residuals()).allMatch(r -> Math.abs(r) < NEAR);
    if (m < FEWEST || near || !Plausible.of(data, candidates).loose()) {
      return Optional.empty();
    }
    double noise = noise(data);
    double scatter = noise + Plausible.MACHINE * Plausible.MACHINE;
    double[] evidence = new double[m + 2];
    evidence[m] =
        Math.log((1 - PRIOR) * (1 - PRIOR_OF_SCATTER))
            + Credence.of(data, noise, degrees(data)).evidence();
    evidence[m + 1] =
        Math.log((1 - PRIOR) * PRIOR_OF_SCATTER)
            + Credence.of(data, scatter, UNKNOWN_DEGREES).evidence();
    double best = Math.max(evidence[m], evidence[m + 1]);
    int off = m;
    for (int i = 0; i < m; i++) {
      Observations others = data.without(i);
      evidence[i] =
          Math.log(PRIOR / m / (2 * Math.log(LARGEST)))
              + Credence.of(others, noise(others), degrees(others)).evidence();
      if (evidence[i] > best) {
        best = evidence[i];
        off = i;
      }
    }
    double total = 0;
    for (double each : evidence) {
      total += Math.exp(each - best);
    }
    return off == m || 1 / total < SURE ? Optional.empty() : judge(data, off);
  }

  private static double noise(Observations data) {
    return data.forkDegrees() == 0 ? UNKNOWN_NOISE * UNKNOWN_NOISE : data.noise();
  }

  private static double degrees(Observations data) {
    return data.forkDegrees() == 0 ? UNKNOWN_DEGREES : data.forkDegrees();
  }

  private static Optional<OutlyingSize> judge(Observations data, int i) {
    Observations others = data.without(i);
    Candidates candidates = Candidates.of(others);
    double n = data.sizes()[i];
    double excess = data.logs()[i] - Math.log(candidates.closest().at().applyAsDouble(n));
    boolean agreed = data.forkDegrees() == 0 || !Plausible.of(others, candidates).loose();
    return Math.abs(excess) > Math.log1p(LEAST) && agreed
        ? Optional.of(new OutlyingSize(i, n, Math.expm1(excess)))
        : Optional.empty();
  }
}
