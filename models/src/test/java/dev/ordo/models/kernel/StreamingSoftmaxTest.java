package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamingSoftmaxTest {

  private static final float SCALE = 0.7f;

  private final SplittableRandom random = new SplittableRandom(2);

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void piecesEqualTheSoftmaxOfTheWhole(int length) {
    float[] scores = Oracle.random(random, 3 * length);
    float[] maxima = new float[2];
    float[] sums = new float[2];
    StreamingSoftmax.start(maxima, sums, 2);
    double[] weights = new double[3 * length];
    for (int piece = 0; piece < 3; piece++) {
      float[] x = new float[2 + length + 3 + Gemm.LANES];
      System.arraycopy(scores, piece * length, x, 2, length);
      float kept = StreamingSoftmax.row(x, 2, length, length + 3, SCALE, maxima, sums, 1);
      for (int i = 0; i < piece * length; i++) {
        weights[i] *= kept;
      }
      for (int i = 0; i < length; i++) {
        weights[piece * length + i] = x[2 + i];
      }
      assertThat(x).startsWith(0, 0);
      for (int i = length; i < length + 3; i++) {
        assertThat(x[2 + i]).as("what follows the scores").isZero();
      }
    }
    double max = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, SCALE * score);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double expected = Math.exp((double) SCALE * scores[i] - max);
      sum += expected;
      assertThat(weights[i]).isCloseTo(expected, within(1e-6));
    }
    assertThat((double) sums[1]).isCloseTo(sum, within(1e-6 * (1 + sum)));
    assertThat(sums[0]).as("another row").isZero();
    if (length > 0) {
      assertThat((double) maxima[1]).isCloseTo(max, within(1e-6));
    }
  }

  @Test
  void aLargerScoreTakesTheWeightOfEarlierOnes() {
    float[] maxima = new float[1];
    float[] sums = new float[1];
    StreamingSoftmax.start(maxima, sums, 1);
    float[] x = new float[Gemm.LANES];
    assertThat(StreamingSoftmax.row(x, 0, 1, 1, 1, maxima, sums, 0)).isZero();
    x[0] = -5;
    assertThat(StreamingSoftmax.row(x, 0, 1, 1, 1, maxima, sums, 0)).isEqualTo(1);
    x[0] = 1000;
    assertThat(StreamingSoftmax.row(x, 0, 1, 1, 1, maxima, sums, 0)).isZero();
    assertThat(sums[0]).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void scalesAtEveryLength(int length) {
    float[] x = Oracle.random(random, length + 2);
    float[] y = x.clone();
    StreamingSoftmax.scale(y, 1, length, 3);
    for (int i = 0; i < x.length; i++) {
      assertThat(y[i]).isEqualTo(i == 0 || i > length ? x[i] : 3 * x[i]);
    }
  }
}
