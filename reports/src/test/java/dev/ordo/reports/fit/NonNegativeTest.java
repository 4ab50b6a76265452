package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonNegativeTest {

  private static double squares(double[][] rows, double[] weights, double[] targets, double[] x) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double residual = targets[i];
      for (int k = 0; k < x.length; k++) {
        residual -= rows[i][k] * x[k];
      }
      sum += weights[i] * residual * residual;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void satisfiesTheConditionsOfOptimality(int k) {
    Random random = new Random(k);
    for (int repetition = 0; repetition < 300; repetition++) {
      int m = k + random.nextInt(6);
      double[][] rows = new double[m][k];
      double[] weights = new double[m];
      double[] targets = new double[m];
      for (int i = 0; i < m; i++) {
        weights[i] = 0.1 + random.nextDouble();
        targets[i] = random.nextGaussian();
        for (int j = 0; j < k; j++) {
          rows[i][j] = random.nextGaussian();
        }
      }
      double[] x = new double[k];
      new NonNegative().solve(rows, weights, targets, x);

      // Karush, Kuhn and Tucker: no coefficient can be moved downhill without becoming negative.
      for (int j = 0; j < k; j++) {
        double gradient = 0;
        for (int i = 0; i < m; i++) {
          double residual = targets[i];
          for (int l = 0; l < k; l++) {
            residual -= rows[i][l] * x[l];
          }
          gradient -= weights[i] * rows[i][j] * residual;
        }
        assertThat(x[j]).isNotNegative();
        if (x[j] > 0) {
          assertThat(gradient).isCloseTo(0, within(1e-8));
        } else {
          assertThat(gradient).isGreaterThan(-1e-8);
        }
      }
    }
  }

  @Test
  void isNoWorseThanAnyPointOfAGrid() {
    Random random = new Random(11);
    for (int repetition = 0; repetition < 20; repetition++) {
      double[][] rows = new double[6][3];
      double[] weights = new double[6];
      double[] targets = new double[6];
      for (int i = 0; i < 6; i++) {
        weights[i] = random.nextDouble();
        targets[i] = random.nextDouble();
        for (int j = 0; j < 3; j++) {
          rows[i][j] = random.nextDouble();
        }
      }
      double[] x = new double[3];
      new NonNegative().solve(rows, weights, targets, x);
      double best = squares(rows, weights, targets, x);

      for (double a = 0; a <= 2; a += 0.1) {
        for (double b = 0; b <= 2; b += 0.1) {
          for (double c = 0; c <= 2; c += 0.1) {
            assertThat(squares(rows, weights, targets, new double[] {a, b, c}))
                .isGreaterThanOrEqualTo(best - 1e-12);
          }
        }
      }
    }
  }

  @Test
  void agreesWithAQrDecompositionWhereNoBoundIsReached() {
    Random random = new Random(12);
    double[][] rows = new double[8][3];
    double[] weights = new double[8];
    double[] targets = new double[8];
    double[] truth = {1, 2, 3};
    double[][] scaled = new double[8][3];
    double[] scaledTargets = new double[8];
    for (int i = 0; i < 8; i++) {
      weights[i] = 0.5 + random.nextDouble();
      double root = Math.sqrt(weights[i]);
      for (int j = 0; j < 3; j++) {
        rows[i][j] = random.nextDouble();
        scaled[i][j] = root * rows[i][j];
        targets[i] += truth[j] * rows[i][j];
      }
      targets[i] += 0.01 * random.nextGaussian();
      scaledTargets[i] = root * targets[i];
    }
    double[] x = new double[3];
    new NonNegative().solve(rows, weights, targets, x);

    RealVector expected =
        new QRDecomposition(new Array2DRowRealMatrix(scaled))
            .getSolver()
            .solve(new ArrayRealVector(scaledTargets));
    assertThat(x).containsExactly(expected.toArray(), within(1e-10));
  }
}
