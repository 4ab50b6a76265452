package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The integrals against sums over fine grids. */
class MarginalTest {

  private static final double[] X = {0, 1, 2, 3, 4, 5, 6};

  private static final double[] WEIGHTS = {1, 1, 1, 1, 1, 1, 1};

  private static double[] logs(double noise) {
    Random random = new Random(5);
    double[] logs = new double[X.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = 7 + Math.log(1 + Math.exp(1.3 * (X[i] - 2))) + noise * random.nextGaussian();
    }
    return logs;
  }

  private static Marginal marginal(double noise) {
    return new Marginal(logs(noise), WEIGHTS, noise * noise, 12, 0);
  }

  private static CurveTree tree(
      CurveTree.Parameter first, CurveTree.Parameter second, CurveTree.Shape shape) {
    return new CurveTree(first, second, shape, WEIGHTS, 0, new AtomicLong(1 << 20));
  }

  private static double sum(List<Marginal.Piece> pieces) {
    return Math.log(pieces.stream().mapToDouble(piece -> Math.exp(piece.log())).sum());
  }

  private static void curve(double k, double place, double[] curve) {
    for (int i = 0; i < curve.length; i++) {
      curve[i] = Math.log(1 + Math.exp(k * (X[i] - place)));
    }
  }

  private static boolean write(double k, double place, CurveTree.Sheet sheet) {
    curve(k, place, sheet.curve);
    for (int i = 0; i < X.length; i++) {
      double share = 1 / (1 + Math.exp(k * (place - X[i])));
      sheet.first[i] = share * (X[i] - place);
      sheet.second[i] = -share * k;
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.3})
  void integratesOverOneParameterAsAFineGridDoes(double noise) {
    Marginal marginal = marginal(noise);
    List<Marginal.Piece> pieces =
        marginal.integrate(
            tree(
                new CurveTree.Parameter(0, 3),
                CurveTree.Parameter.NONE,
                (k, none, sheet) -> write(k, 2, sheet)),
            Double.NEGATIVE_INFINITY);

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
            tree(
                new CurveTree.Parameter(0, 3), new CurveTree.Parameter(-2, 5), MarginalTest::write),
            Double.NEGATIVE_INFINITY);

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

  @Test
  void looksIntoNothingThatDoesNotCount() {
    Marginal marginal = marginal(0.05);
    double best = marginal.log(logs(0));
    int[] looks = {0, 0};
    for (int i = 0; i < 2; i++) {
      int run = i;
      List<Marginal.Piece> pieces =
          marginal.integrate(
              tree(
                  new CurveTree.Parameter(0, 3),
                  CurveTree.Parameter.NONE,
                  (k, none, sheet) -> {
                    looks[run]++;
                    return write(k, 5, sheet);
                  }),
              run == 0 ? Double.NEGATIVE_INFINITY : best - 14);
      assertThat(pieces.isEmpty()).isEqualTo(run == 1);
    }
    assertThat(looks[1]).isLessThan(looks[0] / 2);
  }
}
