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

class SelectiveScanTest {

  private static final int OFFSET = 3;

  private final SplittableRandom random = new SplittableRandom(5);

  static IntStream channels() {
    return IntStream.rangeClosed(1, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("channels")
  void equalsThePlainLoopAtEveryNumberOfChannels(int channels) {
    check(channels, 16, 7);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 18, 64})
  void equalsThePlainLoopAtEveryNumberOfStates(int states) {
    check(Gemm.LANES + 3, states, 5);
  }

  private void check(int channels, int states, int steps) {
    float[] logA = Oracle.random(random, channels * states);
    float[] skip = Oracle.random(random, channels);
    float[] x = Oracle.random(random, steps * channels);
    float[] dt = Oracle.random(random, steps * channels);
    for (int i = 0; i < dt.length; i++) {
      dt[i] = Math.abs(dt[i]) * (i % 5 == 0 ? 300 : 0.1f);
    }
    int stride = OFFSET + 2 * states + 1;
    float[] bc = Oracle.random(random, steps * stride);

    double[] h = new double[channels * states];
    double[] expected = new double[steps * channels];
    for (int t = 0; t < steps; t++) {
      for (int c = 0; c < channels; c++) {
        int at = t * channels + c;
        expected[at] = (double) skip[c] * x[at];
        for (int n = 0; n < states; n++) {
          double a = Math.exp(-Math.exp(logA[c * states + n]) * dt[at]);
          int i = c * states + n;
          h[i] = a * h[i] + (double) dt[at] * x[at] * bc[t * stride + OFFSET + n];
          expected[at] += h[i] * bc[t * stride + OFFSET + states + n];
        }
      }
    }

    SelectiveScan scan = new SelectiveScan(logA, skip);
    assertThat(scan.stateSize()).isEqualTo(channels * states);
    float[] whole = new float[steps * channels];
    float[] state = new float[scan.stateSize()];
    scan.apply(x, dt, bc, OFFSET, stride, steps, whole, state, state);
    Golden.assertClose(whole, Oracle.floats(expected), 3e-6);

    // The same one step at a time, each into a fresh state, over its own input.
    float[] from = new float[scan.stateSize()];
    for (int t = 0; t < steps; t++) {
      float[] row = Arrays.copyOfRange(x, t * channels, (t + 1) * channels);
      float[] rowDt = Arrays.copyOfRange(dt, t * channels, (t + 1) * channels);
      float[] rowBc = Arrays.copyOfRange(bc, t * stride, (t + 1) * stride);
      float[] before = from.clone();
      float[] to = new float[from.length];
      scan.apply(row, rowDt, rowBc, OFFSET, stride, 1, row, from, to);
      assertThat(from).isEqualTo(before);
      assertThat(row).isEqualTo(Arrays.copyOfRange(whole, t * channels, (t + 1) * channels));
      from = to;
    }
    assertThat(from).isEqualTo(state);
  }

  @Test
  void anEndlessStepForgetsTheStateAndStaysFinite() {
    int channels = Gemm.LANES + 1;
    SelectiveScan scan = new SelectiveScan(new float[2 * channels], new float[channels]);
    float[] state = new float[scan.stateSize()];
    Arrays.fill(state, 1e30f);
    float[] dt = new float[channels];
    Arrays.fill(dt, 1e20f);
    float[] y = new float[channels];
    scan.apply(new float[channels], dt, new float[] {1, 1, 1, 1}, 0, 4, 1, y, state, state);
    for (float value : y) {
      assertThat(value).isBetween(0f, 1e-6f);
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    int channels = 2 * Gemm.LANES;
    SelectiveScan scan = new SelectiveScan(new float[channels * 16], new float[channels]);
    float[] x = new float[3 * channels];
    float[] y = new float[3 * channels];
    float[] state = new float[scan.stateSize()];
    float[] bc = new float[3 * 32];
    assertThat(Allocation.bytesPerCall(() -> scan.apply(x, x, bc, 0, 32, 3, y, state, state)))
        .isLessThan(100);
  }

  @Test
  void rejectsWeightsThatDoNotFit() {
    assertThatThrownBy(() -> new SelectiveScan(new float[6], new float[2]))
        .hasMessage(
            "logA (6 values) must have the same even number of states for each of 2 channels");
    assertThatThrownBy(() -> new SelectiveScan(new float[0], new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
