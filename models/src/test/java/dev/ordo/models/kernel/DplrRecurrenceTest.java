package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import dev.ordo.models.Golden;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DplrRecurrenceTest {

  private final SplittableRandom random = new SplittableRandom(41);

  static IntStream channels() {
    return IntStream.rangeClosed(1, 3 * Gemm.LANES + 1);
  }

  private double[][] constants(int size) {
    double[][] constants = new double[10][size];
    for (int k = 0; k < 10; k++) {
      for (int i = 0; i < size; i++) {
        constants[k][i] = (float) (0.6 * (2 * random.nextDouble() - 1));
      }
    }
    return constants;
  }

  @ParameterizedTest
  @MethodSource("channels")
  void equalsThePlainLoopAtEveryNumberOfChannels(int channels) {
    int states = 3;
    int steps = 9;
    double[][] constants = constants(channels * states);
    DplrRecurrence recurrence = new DplrRecurrence(constants, channels, states);
    float[] u = Oracle.random(random, steps * channels);
    double[] expected = new double[steps * channels];
    for (int c = 0; c < channels; c++) {
      double[] re = new double[states];
      double[] im = new double[states];
      for (int t = 0; t < steps; t++) {
        double g = 0;
        for (int n = 0; n < states; n++) {
          int i = c * states + n;
          g += constants[6][i] * re[n] - constants[7][i] * im[n];
        }
        for (int n = 0; n < states; n++) {
          int i = c * states + n;
          double input = u[t * channels + c];
          double r = constants[0][i] * re[n] - constants[1][i] * im[n];
          im[n] = constants[0][i] * im[n] + constants[1][i] * re[n];
          re[n] = r + constants[2][i] * input - constants[4][i] * g;
          im[n] += constants[3][i] * input - constants[5][i] * g;
          expected[t * channels + c] += constants[8][i] * re[n] - constants[9][i] * im[n];
        }
      }
    }
    float[] re = new float[recurrence.stateSize()];
    float[] im = new float[recurrence.stateSize()];
    float[] otherRe = new float[recurrence.stateSize()];
    float[] otherIm = new float[recurrence.stateSize()];
    float[] actual = new float[u.length];
    float[] y = new float[channels];
    float[] input = new float[channels];
    for (int t = 0; t < steps; t++) {
      System.arraycopy(u, t * channels, input, 0, channels);
      recurrence.step(input, y, re, im, otherRe, otherIm);
      System.arraycopy(y, 0, actual, t * channels, channels);
      recurrence.step(input, input, re, im, re, im);
      assertThat(input).isEqualTo(y);
      assertThat(re).isEqualTo(otherRe);
      assertThat(im).isEqualTo(otherIm);
    }
    Golden.assertClose(actual, Oracle.floats(expected), 5e-6);
    recurrence.finalState(u, steps, otherRe, otherIm);
    Golden.assertClose(otherRe, re, 5e-6);
    Golden.assertClose(otherIm, im, 5e-6);
    recurrence.finalState(u, 0, otherRe, otherIm);
    assertThat(otherRe).containsOnly(0);
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    int channels = 2 * Gemm.LANES + 1;
    DplrRecurrence recurrence = new DplrRecurrence(constants(channels * 2), channels, 2);
    float[] u = new float[20 * channels];
    float[] re = new float[2 * channels];
    float[] im = new float[2 * channels];
    assertThat(
            Allocation.bytesPerCall(
                () -> {
                  recurrence.finalState(u, 20, re, im);
                  recurrence.step(u, u, re, im, re, im);
                }))
        .isLessThan(100);
  }

  @Test
  void rejectsSizesThatDoNotFit() {
    assertThatThrownBy(() -> new DplrRecurrence(new double[10][0], 0, 1))
        .hasMessage("channels (0) must be positive");
    assertThatThrownBy(() -> new DplrRecurrence(new double[10][0], 1, 0))
        .hasMessage("states (0) must be positive");
    assertThatThrownBy(() -> new DplrRecurrence(new double[8][6], 2, 3))
        .hasMessage("constants (8 arrays) must be 10");
    assertThatThrownBy(() -> new DplrRecurrence(new double[10][5], 2, 3))
        .hasMessage("constants (5 values) must have channels × states = 6");
  }
}
