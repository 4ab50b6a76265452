package dev.ordo.reports.fit;

import java.util.List;
import java.util.Optional;

/**
 * One size that stands off the curve through all others, its forks agreeing.
 *
 * <p>Sought only where all laws are contradicted, or with one fork a size, from {@value #FEWEST}
 * sizes on. Each size but the two at either end is left out in turn and predicted by the law that
 * fits the others best; it stands off if the externally studentised residual exceeds Student's
 * quantile at the level {@value #LEVEL}, divided by the number of sizes (Bonferroni), and {@value
 * #LEAST} of the value, and if the others then contradict a law no more. If that holds for two
 * sizes, it is not one size that is off. The ends are not judged, for a curve may bend there, nor
 * their neighbours, for it is the end that may be off.
 *
 * @param index which size
 * @param size the size
 * @param excess what it has above the prediction, as a part of that; negative below it
 */
record OutlyingSize(int index, double size, double excess) {

  private static final int FEWEST = 6;
  private static final int UNJUDGED = 2;
  private static final double LEVEL = 0.01;
  private static final double LEAST = 0.15;

  /** What predicting adds to the variance of the predicted size, about that of two parameters. */
  private static final double LEVERAGE = 0.5;

  /** Finds it; empty where there is none. */
  static Optional<OutlyingSize> find(Observations data, List<LawFit> fits, PowerFit power) {
    if (data.count() < FEWEST || !Plausible.of(data, fits, power).loose()) {
      return Optional.empty();
    }
    Optional<OutlyingSize> found = Optional.empty();
    for (int i = UNJUDGED; i < data.count() - UNJUDGED; i++) {
      Optional<OutlyingSize> off = judge(data, i);
      if (off.isPresent() && found.isPresent()) {
        return Optional.empty();
      }
      found = found.or(() -> off);
    }
    return found;
  }

  private static Optional<OutlyingSize> judge(Observations data, int i) {
    Observations others = data.without(i);
    List<LawFit> fits = new CurveFitter(others.sizes(), others.weights()).fitAll(others.logs());
    PowerFit power = PowerFit.of(others.sizes(), others.logs(), others.weights());
    double n = data.sizes()[i];
    double predicted = power.logFactor() + power.exponent() * Math.log(n);
    double variance = power.squares() / (others.count() - 2);
    int degrees = others.count() - 2;
    for (LawFit fit : fits) {
      if (fit.degrees() > 0 && fit.squares() / fit.degrees() < variance) {
        predicted = Math.log(fit.at(n));
        variance = fit.squares() / fit.degrees();
        degrees = fit.degrees();
      }
    }
    double least = Plausible.UNSEEN * Plausible.UNSEEN;
    if (data.forkDegrees() > 0) {
      least = data.forkVariance() / data.meanForks() + Ranking.FLOOR * Ranking.FLOOR;
      degrees += others.forkDegrees();
    }
    double error = Math.sqrt(Math.max(least, variance) * (1 / data.weights()[i] + LEVERAGE));
    double residual = data.logs()[i] - predicted;
    double limit = Observations.quantileOfT(1 - LEVEL / (2 * data.count()), degrees);
    boolean off = Math.abs(residual) > Math.max(limit * error, Math.log1p(LEAST));
    boolean agreed = data.forkDegrees() == 0 || !Plausible.of(others, fits, power).loose();
    return off && agreed
        ? Optional.of(new OutlyingSize(i, n, Math.expm1(residual)))
        : Optional.empty();
  }
}
