package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The integrals against sums over fine grids. */
class MarginalTest {

  private static final double[] X = {0, 1, 2, 3, 4, 5, 6};

  private static double[] logs(double noise) {
    Random random = new Random(5);
    double[] logs = new double[X.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = 7 + Math.log(1 + Math.exp(1.3 * (X[i] - 2))) + noise * random.nextGaussian();
    }
    return logs;
  }

  private static Marginal marginal(double noise) {
    return new Marginal(logs(noise), new double[] {1, 1, 1, 1, 1, 1, 1}, noise * noise, 12, 0);
  }

  private static double sum(List<Marginal.Piece> pieces) {
    return Math.log(pieces.stream().mapToDouble(piece -> Math.exp(piece.log())).sum());
  }

  private static boolean curve(double k, double place, double[] curve) {
    for (int i = 0; i < curve.length; i++) {
      curve[i] = Math.log(1 + Math.exp(k * (X[i] - place)));
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.3})
  void integratesOverOneParameterAsAFineGridDoes(double noise) {
    Marginal marginal = marginal(noise);
    List<Marginal.Piece> pieces =
        marginal.integrate(
            new Marginal.Parameter(0, 3, 2),
            Marginal.Parameter.NONE,
            (k, none, curve) -> curve(k, 2, curve));

    double grid = 0;
    double[] curve = new double[X.length];
    int steps = 30_000;
    for (int i = 0; i < steps; i++) {
      curve(3 * (i + 0.5) / steps, 2, curve);
      grid += Math.exp(marginal.log(curve)) / steps;
    }
    assertThat(sum(pieces)).isCloseTo(Math.log(grid), within(0.1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.3})
  void integratesOverTwoParametersAsAFineGridDoes(double noise) {
    Marginal marginal = marginal(noise);
    List<Marginal.Piece> pieces =
        marginal.integrate(
            new Marginal.Parameter(0, 3, 2),
            new Marginal.Parameter(-2, 5, 0.6),
            MarginalTest::curve);

    double grid = 0;
    double[] curve = new double[X.length];
    int steps = 1000;
    for (int i = 0; i < steps; i++) {
      for (int j = 0; j < steps; j++) {
        curve(3 * (i + 0.5) / steps, -2 + 7 * (j + 0.5) / steps, curve);
        grid += Math.exp(marginal.log(curve)) / steps / steps;
      }
    }
    assertThat(sum(pieces)).isCloseTo(Math.log(grid), within(0.15));
  }
}
