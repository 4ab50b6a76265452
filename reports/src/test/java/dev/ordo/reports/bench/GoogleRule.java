package dev.ordo.reports.bench;

import dev.ordo.reports.fit.Growth;
import java.util.List;

/**
 * The rule of google/benchmark for {@code Complexity(oAuto)}: each of 1, log n, n, n log n, n², n³
 * is fitted through the origin by least squares of absolute errors, c = Σ t·g / Σ g²; the smallest
 * root mean square over the mean time wins, the constant being there first (its user guide,
 * "Calculating Asymptotic Complexity", and {@code MinimalLeastSq} in {@code complexity.cc}).
 *
 * <p>The tool fits single repetitions. With as many of them at every size their means give the same
 * coefficients and the same winner.
 */
final class GoogleRule implements Peer {

  private static final List<Growth> CURVES =
      List.of(
          Growth.CONSTANT,
          Growth.LOGARITHMIC,
          Growth.LINEAR,
          Growth.LINEARITHMIC,
          Growth.QUADRATIC,
          Growth.CUBIC);

  @Override
  public Answer answer(double[] sizes, double[] means) {
    Growth best = Growth.CONSTANT;
    double least = Double.POSITIVE_INFINITY;
    for (Growth growth : CURVES) {
      double squares = squares(growth, sizes, means);
      if (squares < least) {
        least = squares;
        best = growth;
      }
    }
    Growth winner = best;
    double factor = factor(winner, sizes, means);
    return new Answer(Claim.of(Order.of(winner)), n -> factor * winner.at(n));
  }

  private static double factor(Growth growth, double[] sizes, double[] means) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < sizes.length; i++) {
      double g = growth.at(sizes[i]);
      product += means[i] * g;
      square += g * g;
    }
    return product / square;
  }

  private static double squares(Growth growth, double[] sizes, double[] means) {
    double factor = factor(growth, sizes, means);
    double squares = 0;
    for (int i = 0; i < sizes.length; i++) {
      double residual = means[i] - factor * growth.at(sizes[i]);
      squares += residual * residual;
    }
    return squares;
  }
}
