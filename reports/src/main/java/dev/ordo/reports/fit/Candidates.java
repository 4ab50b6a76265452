package dev.ordo.reports.fit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * All laws fitted to one series.
 *
 * <p>Of a series with a step that is claimed, all have it.
 *
 * @param laws every law with a name, with and without overhead
 * @param power the power law
 * @param above the power law above a constant, where there is one
 */
record Candidates(List<LawFit> laws, PowerFit power, Optional<OverheadPower> above) {

  /** Fits all of them; needs at least 3 sizes. */
  static Candidates of(Observations data) {
    return new Candidates(
        new CurveFitter(data.sizes(), data.weights()).fitAll(data.logs()),
        PowerFit.of(data.sizes(), data.logs(), data.weights()),
        OverheadPower.of(data.sizes(), data.logs(), data.weights()));
  }

  /**
   * One fitted curve.
   *
   * @param at its value at a size
   * @param residuals observed less fitted logarithm at each size; not modified
   * @param squares the weighted sum of squared residuals
   * @param parameters the number of its coefficients
   */
  record Curve(DoubleUnaryOperator at, double[] residuals, double squares, int parameters) {

    static Curve of(LawFit fit) {
      return new Curve(fit::at, fit.residuals(), fit.squares(), fit.parameters());
    }

    static Curve of(PowerFit fit) {
      return new Curve(fit::at, fit.residuals(), fit.squares(), fit.parameters());
    }

    static Curve of(OverheadPower fit) {
      return new Curve(fit::at, fit.residuals(), fit.squares(), OverheadPower.PARAMETERS);
    }

    int degrees() {
      return residuals.length - parameters;
    }

    double meanSquare() {
      return squares / degrees();
    }
  }

  /** Returns the smallest weighted sum of squares of all. */
  double leastSquares() {
    return curves().mapToDouble(Curve::squares).min().orElseThrow();
  }

  /** Returns the curve with the smallest mean square. */
  Curve closest() {
    return curves()
        .filter(curve -> curve.degrees() > 0)
        .min(Comparator.comparingDouble(Curve::meanSquare))
        .orElseThrow();
  }

  /** Returns the relative error of the curve that comes nearest to all sizes. */
  double leastError() {
    return curves()
        .mapToDouble(curve -> LawFit.relativeError(curve.residuals()))
        .min()
        .orElseThrow();
  }

  private Stream<Curve> curves() {
    return Stream.concat(
        laws.stream().map(Curve::of),
        Stream.concat(Stream.of(Curve.of(power)), above.stream().map(Curve::of)));
  }
}
