package dev.ordo.reports.fit;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What more to measure so that the laws of a set would part.
 *
 * <p>One larger size, if it is at most {@value #FARTHEST} times the largest: the smallest doubling
 * at which the laws differ by six standard deviations of a size, at least by half. Else more forks:
 * laws part when the squared distance of their curves over the measured sizes is {@value #PARTING}
 * σ², twice what {@link Plausible} asks for, so that chance does not undo it.
 */
final class Advice {

  private static final double FARTHEST = 16;
  private static final double PARTING = 24;
  private static final double MOST_FORKS = 50;
  private static final double LEAST_APART = 1.5;

  private final Observations data;
  private final Plausible plausible;
  private final List<Candidates.Curve> curves;
  private final Unit unit;

  /**
   * Makes one.
   *
   * @param curves the curves that are to be told apart
   */
  Advice(Observations data, Plausible plausible, List<Candidates.Curve> curves, Unit unit) {
    this.data = data;
    this.plausible = plausible;
    this.curves = curves;
    this.unit = unit;
  }

  /** Returns the advice as the end of a sentence; empty where there is nothing to advise. */
  String deciding() {
    return size()
        .map(n -> "; a size of " + Words.size(n) + cost(n) + " would decide")
        .or(() -> forks().map(f -> "; about " + f + " forks a size would decide"))
        .orElse("");
  }

  /** Returns the smallest size, in doublings of the largest, at which the laws would part. */
  Optional<Double> size() {
    double apart = Math.max(LEAST_APART, Math.exp(6 * Math.sqrt(plausible.noise())));
    for (double n = 2 * data.largest();
        n <= FARTHEST * data.largest() && curves.size() > 1;
        n *= 2) {
      double size = n;
      double most =
          curves.stream().mapToDouble(curve -> curve.at().applyAsDouble(size)).max().orElseThrow();
      double least =
          curves.stream().mapToDouble(curve -> curve.at().applyAsDouble(size)).min().orElseThrow();
      if (most / least >= apart) {
        return Optional.of(n);
      }
    }
    return Optional.empty();
  }

  /** Returns how many forks a size would part the laws that are farthest apart. */
  Optional<Integer> forks() {
    if (data.forkDegrees() == 0 || plausible.loose()) {
      return Optional.empty();
    }
    double distance = 0;
    for (Candidates.Curve one : curves) {
      for (Candidates.Curve other : curves) {
        distance = Math.max(distance, distance(one, other));
      }
    }
    double variance = distance / PARTING - Ranking.FLOOR * Ranking.FLOOR;
    double forks = Math.max(2 * data.meanForks(), data.forkVariance() / variance);
    return variance > 0 && forks <= MOST_FORKS
        ? Optional.of((int) Math.ceil(forks))
        : Optional.empty();
  }

  /** Returns the advice for an interval to become narrower by a factor, as a sentence's end. */
  String forksFor(double factor) {
    double forks = data.meanForks() * factor * factor;
    if (data.forkDegrees() == 0) {
      return "";
    }
    return forks > MOST_FORKS
        ? "; a quieter machine would decide"
        : "; about " + (int) Math.ceil(forks) + " forks a size would decide";
  }

  private double distance(Candidates.Curve one, Candidates.Curve other) {
    double sum = 0;
    for (int i = 0; i < data.count(); i++) {
      double apart = one.residuals()[i] - other.residuals()[i];
      sum += data.weights()[i] * apart * apart;
    }
    return sum;
  }

  /** Says what an operation of a size would cost by the law that fits best. */
  private String cost(double n) {
    return curves.stream()
        .filter(curve -> curve.degrees() > 0)
        .min(Comparator.comparingDouble(Candidates.Curve::meanSquare))
        .map(
            curve ->
                " (about " + Figures.value(curve.at().applyAsDouble(n), unit) + " an operation)")
        .orElse("");
  }
}
