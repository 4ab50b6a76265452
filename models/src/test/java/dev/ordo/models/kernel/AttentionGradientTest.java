package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.kernel.AttentionGradient.View;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionGradientTest {

  private static final int OFFSET = 3;

  private final SplittableRandom random = new SplittableRandom(8);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 49, 63, 64, 65, 100, 130})
  void equalsThePlainLoopAtEveryLength(int length) {
    for (int width : new int[] {1, 5, Gemm.LANES, Gemm.PANEL, Gemm.PANEL + 3, 2 * Gemm.PANEL}) {
      check(length, width);
    }
  }

  /** Rows of all matrices are wider than a head; what lies between heads must stay as it is. */
  private void check(int length, int width) {
    int stride = width + 2;
    float[][] m = new float[8][];
    for (int i = 0; i < m.length; i++) {
      m[i] = Oracle.random(random, OFFSET + length * stride + 1);
    }
    float[][] before = new float[m.length][];
    for (int i = 0; i < m.length; i++) {
      before[i] = m[i].clone();
    }
    View[] v = new View[m.length];
    for (int i = 0; i < m.length; i++) {
      v[i] = new View(m[i], OFFSET, stride);
    }
    float[] logSums = new float[length + 1];
    AttentionGradient.forward(v[0], v[1], v[2], length, width, v[3], logSums, 1);
    AttentionGradient.backward(
        v[0], v[1], v[2], v[5], v[6], v[7], length, width, v[3], v[4], logSums, 1);

    double[][] expected = new double[m.length][];
    for (int i = 0; i < m.length; i++) {
      expected[i] = new double[m[i].length];
      for (int j = 0; j < m[i].length; j++) {
        expected[i][j] = before[i][j];
      }
    }
    oracle(expected, length, width, stride);
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[i].length; j++) {
        assertThat((double) m[i][j])
            .as("matrix %s, value %s, length %s, width %s", i, j, length, width)
            .isCloseTo(expected[i][j], within(1e-4));
      }
    }
  }

  /** Matrices are q, k, v, y, dy, dq, dk and dv. */
  private static void oracle(double[][] m, int length, int width, int stride) {
    double scale = 1 / Math.sqrt(width);
    for (int t = 0; t < length; t++) {
      int q = OFFSET + t * stride;
      double[] weights = new double[t + 1];
      double sum = 0;
      for (int s = 0; s <= t; s++) {
        weights[s] = Math.exp(scale * dot(m[0], q, m[1], OFFSET + s * stride, width));
        sum += weights[s];
      }
      for (int j = 0; j < width; j++) {
        m[3][q + j] = 0;
        for (int s = 0; s <= t; s++) {
          m[3][q + j] += weights[s] / sum * m[2][OFFSET + s * stride + j];
        }
      }
      double along = dot(m[3], q, m[4], q, width);
      for (int s = 0; s <= t; s++) {
        int k = OFFSET + s * stride;
        double weight = weights[s] / sum;
        double change = scale * weight * (dot(m[4], q, m[2], k, width) - along);
        for (int j = 0; j < width; j++) {
          m[5][q + j] += change * m[1][k + j];
          m[6][k + j] += change * m[0][q + j];
          m[7][k + j] += weight * m[4][q + j];
        }
      }
    }
  }

  private static double dot(double[] a, int aOffset, double[] b, int bOffset, int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += a[aOffset + j] * b[bOffset + j];
    }
    return sum;
  }
}
