package dev.ordo.reports.fit;

import java.util.List;
import java.util.Optional;

/**
 * The search for a place at which a series changes: a step between two sizes, or a knot at which
 * the exponent changes, of which a floor is one kind.
 *
 * <p>Where a smooth law is the truth, its noise makes the best curve with a step fit better than
 * the best smooth law by σ² times a χ² with at most three degrees of freedom, and two power laws by
 * one with at most four: the parameters that the richer curve has more, and one for the direction
 * in which it differs. A place is claimed if the gain exceeds what this gives at {@value
 * #FALSE_ALARMS} divided by the number of places and kinds (Bonferroni), and if the noise explains
 * what is left. Smooth are all laws that are tried, the power law, an overhead with any power and,
 * for knots, other sums of two powers: near an end these look like steps.
 *
 * <p>A step is suspected, and not claimed, at a rate of false alarms of up to {@value #SUSPICION}
 * or where too few sizes are left to judge it. It is suspected, too, where all laws that fit need
 * an overhead and a law with a step in its place fits as well: it has as many parameters.
 *
 * <p>One place is sought. Other places that fit nearly as well (F, 95 %, two degrees) make the
 * interval in which it lies.
 */
final class RegimeSearch {

  /** The rate of false alarms for a series, whatever its length. */
  static final double FALSE_ALARMS = 0.01;

  /** The rate up to which a step is suspected. */
  static final double SUSPICION = 0.2;

  /** With one fork a size, the scatter that judges must have so many degrees of freedom. */
  private static final int FEWEST_DEGREES_OF_ONE_FORK = 4;

  private static final int FEWEST_DEGREES = 3;

  private final Observations data;
  private final double smooth;

  /**
   * What was found, and what a law is to be judged by: of a step, all sizes and laws that have it;
   * else the sizes beyond the place.
   *
   * @param claimed whether it is claimed, not only suspected
   */
  record Found(Regime regime, boolean claimed, Observations data, Candidates candidates) {

    /** Returns whether a step is claimed and leaves less than laws without an outlying size. */
    boolean explains(Observations all, OutlyingSize size) {
      return claimed
          && regime.kind() == Regime.Kind.STEP
          && candidates.leastSquares() < Candidates.of(all.without(size.index())).leastSquares();
    }
  }

  private RegimeSearch(Observations data, double smooth) {
    this.data = data;
    this.smooth = smooth;
  }

  /**
   * Searches.
   *
   * @param without all laws fitted without a step
   */
  static Optional<Found> find(Observations data, Candidates without) {
    double smooth = without.leastSquares();
    List<LawFit> fits = without.laws();
    PowerFit power = without.power();
    Optional<Found> found = new RegimeSearch(data, smooth).found(fits, power);
    return found.isEmpty() && Plausible.of(data, without).needsOverhead()
        ? StepSearch.insteadOfOverhead(data, smooth).map(step -> step.found(fits, power))
        : found;
  }

  private Optional<Found> found(List<LawFit> fits, PowerFit power) {
    if (isHopeless()) {
      return Optional.empty();
    }
    Optional<StepSearch> step = StepSearch.find(this, data);
    Optional<KnotSearch> knot = KnotSearch.find(this, data);
    boolean knotted =
        knot.isPresent()
            && step.map(found -> !found.claimed() || found.squares() > knot.get().clearlyAbove())
                .orElse(true);
    return knotted ? knot.map(KnotSearch::found) : step.map(found -> found.found(fits, power));
  }

  /** Returns whether not even a curve through every size could gain enough. */
  private boolean isHopeless() {
    int left = data.count() - StepSearch.PARAMETERS;
    return data.forkDegrees() == 0
        ? left < FEWEST_DEGREES_OF_ONE_FORK
        : left < 1
            || RegimeNoise.of(data, 0, 1).falseAlarm(smooth, StepSearch.PARAMETERS, places())
                > SUSPICION;
  }

  /** Returns whether evidence of a rate of false alarms is enough for a claim. */
  boolean claims(double falseAlarm, int left) {
    int fewest = data.forkDegrees() == 0 ? FEWEST_DEGREES_OF_ONE_FORK : FEWEST_DEGREES;
    return falseAlarm <= FALSE_ALARMS && left >= fewest;
  }

  /**
   * Returns the rate of false alarms at which a curve fits better than smooth laws, if that is
   * suspicious and the curve itself is not contradicted.
   *
   * @param squares what the curve leaves
   * @param left its degrees of freedom
   * @param parameters how many parameters it has
   */
  Optional<Double> falseAlarm(double squares, int left, int parameters) {
    RegimeNoise noise = RegimeNoise.of(data, squares, left);
    return Optional.of(noise.falseAlarm(smooth - squares, parameters, places()))
        .filter(rate -> rate <= SUSPICION && noise.explains(squares, left));
  }

  /** Returns how many places are searched: for steps all between neighbours, for knots fewer. */
  int places() {
    return data.count() - 1 + Math.max(0, data.count() - 2 * KnotSearch.FEWEST_ON_A_SIDE + 1);
  }
}
