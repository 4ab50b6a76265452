package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import dev.ordo.models.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagonalRecurrenceTest {

  /** The rounding of a to float32, up to 6e-8, is raised to as many powers as there are steps. */
  private static final double TOLERANCE = 5e-5;

  private final SplittableRandom random = new SplittableRandom(17);

  static IntStream channels() {
    return IntStream.rangeClosed(1, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("channels")
  void equalsThePlainLoopAtEveryNumberOfChannels(int channels) {
    check(channels, 3, 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 63, 64, 65, 66, 67, 1001})
  void equalsThePlainLoopAtEveryLength(int steps) {
    check(Gemm.LANES + 1, 2, steps);
  }

  private void check(int channels, int states, int steps) {
    double[][] aw = coefficients(channels * states);
    float[] u = Oracle.random(random, steps * channels);
    double[] kernel = new double[steps * channels];
    double[] y = new double[steps * channels];
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < states; n++) {
        int i = c * states + n;
        double hr = 0;
        double hi = 0;
        for (int t = 0; t < steps; t++) {
          double size = Math.pow(Math.hypot(aw[0][i], aw[1][i]), t);
          double angle = Math.atan2(aw[1][i], aw[0][i]) * t;
          kernel[t * channels + c] +=
              size * (aw[2][i] * Math.cos(angle) - aw[3][i] * Math.sin(angle));
          double r = aw[0][i] * hr - aw[1][i] * hi + u[t * channels + c];
          hi = aw[0][i] * hi + aw[1][i] * hr;
          hr = r;
          y[t * channels + c] += aw[2][i] * hr - aw[3][i] * hi;
        }
      }
    }

    DiagonalRecurrence recurrence =
        new DiagonalRecurrence(aw[0], aw[1], aw[2], aw[3], channels, states);
    int size = recurrence.stateSize();
    assertThat(size).isEqualTo(channels * states);
    float[] k = Oracle.random(random, steps * channels);
    recurrence.kernel(steps, k, new float[size], new float[size]);
    Golden.assertClose(k, Oracle.floats(kernel), TOLERANCE);

    float[] stepped = new float[steps * channels];
    float[] re = new float[size];
    float[] im = new float[size];
    for (int t = 0; t < steps; t++) {
      float[] row = Arrays.copyOfRange(u, t * channels, (t + 1) * channels);
      float[] nextRe = new float[size];
      float[] nextIm = new float[size];
      recurrence.step(row, row, re, im, nextRe, nextIm);
      System.arraycopy(row, 0, stepped, t * channels, channels);
      re = nextRe;
      im = nextIm;
    }
    Golden.assertClose(stepped, Oracle.floats(y), TOLERANCE);

    float[] finalRe = Oracle.random(random, size);
    float[] finalIm = Oracle.random(random, size);
    recurrence.finalState(u, steps, finalRe, finalIm);
    Golden.assertClose(finalRe, re, TOLERANCE);
    Golden.assertClose(finalIm, im, TOLERANCE);
  }

  /** Draws a with |a| in 0.98 … 1, and w of any size: re a, im a, re w, im w. */
  private double[][] coefficients(int count) {
    double[][] aw = new double[4][count];
    for (int i = 0; i < count; i++) {
      double size = 1 - 0.02 * random.nextDouble();
      double angle = -3 * random.nextDouble();
      aw[0][i] = size * Math.cos(angle);
      aw[1][i] = size * Math.sin(angle);
      aw[2][i] = random.nextDouble() - 0.5;
      aw[3][i] = random.nextDouble() - 0.5;
    }
    return aw;
  }

  @Test
  void aKernelThatHasDecayedIsZeroAndNeverSubnormal() {
    int channels = Gemm.LANES;
    double[] a = new double[channels];
    double[] one = new double[channels];
    for (int c = 0; c < channels; c++) {
      a[c] = 0.8 + 0.15 * c / channels;
      one[c] = 1;
    }
    int steps = 4000;
    float[] k = new float[steps * channels];
    new DiagonalRecurrence(a, new double[channels], one, new double[channels], channels, 1)
        .kernel(steps, k, new float[channels], new float[channels]);
    for (float value : k) {
      assertThat(value == 0 || value >= Float.MIN_NORMAL).as("%s", value).isTrue();
    }
    assertThat(k).endsWith(new float[channels]);
    assertThat(k[100 * channels]).isPositive();
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    int channels = 2 * Gemm.LANES;
    double[][] aw = coefficients(channels * 4);
    DiagonalRecurrence recurrence = new DiagonalRecurrence(aw[0], aw[1], aw[2], aw[3], channels, 4);
    float[] re = new float[recurrence.stateSize()];
    float[] im = new float[recurrence.stateSize()];
    float[] u = new float[9 * channels];
    float[] k = new float[9 * channels];
    assertThat(
            Allocation.bytesPerCall(
                () -> {
                  recurrence.kernel(9, k, re, im);
                  recurrence.finalState(u, 9, re, im);
                  recurrence.step(u, k, re, im, re, im);
                }))
        .isLessThan(100);
  }

  @Test
  void rejectsSizesThatDoNotFit() {
    double[] six = new double[6];
    assertThatThrownBy(() -> new DiagonalRecurrence(six, six, six, new double[5], 3, 2))
        .hasMessage("wIm (5 values) must have channels × states = 6");
    assertThatThrownBy(() -> new DiagonalRecurrence(six, six, six, six, 0, 2))
        .hasMessage("channels (0) must be positive");
    assertThatThrownBy(() -> new DiagonalRecurrence(six, six, six, six, 3, 0))
        .hasMessage("states (0) must be positive");
  }
}
