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
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedScanTest {

  private static final int OFFSET = 3;

  private final SplittableRandom random = new SplittableRandom(5);

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 3 * Lanes.COUNT + 1);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void equalsThePlainLoopAtEveryNumberOfChannels(int channels) {
    if (channels > 0) {
      check(channels, 4, 2 * ChunkedScan.CHUNK + 3);
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void equalsThePlainLoopAtEveryNumberOfSteps(int steps) {
    check(Lanes.COUNT + 3, 6, steps);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 64})
  void equalsThePlainLoopAtEveryNumberOfStates(int states) {
    check(Lanes.COUNT + 3, states, 3 * ChunkedScan.CHUNK);
  }

  private void check(int channels, int states, int steps) {
    float[] logA = Oracle.random(random, channels * states);
    float[] skip = Oracle.random(random, channels);
    float[] x = Oracle.random(random, steps * channels);
    float[] dt = Oracle.random(random, steps * channels);
    for (int i = 0; i < dt.length; i++) {
      dt[i] = Math.abs(dt[i]) * (i % 5 == 0 ? 300 : 0.03f);
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
          int i = c * states + n;
          double a = Math.exp(-Math.exp(logA[i]) * dt[at]);
          h[i] = a * h[i] + (double) dt[at] * x[at] * bc[t * stride + OFFSET + n];
          expected[at] += h[i] * bc[t * stride + OFFSET + states + n];
        }
      }
    }
    ChunkedScan scan = new ChunkedScan(logA, skip);
    float[] y = new float[steps * channels];
    float[] from = new float[channels * states];
    float[] to = new float[channels * states];
    scan.apply(x, dt, bc, OFFSET, stride, steps, y, from, to, scan.workspace());
    Golden.assertClose(y, Oracle.floats(expected), 5e-6);
    assertThat(from).containsOnly(0);
    if (states % 2 == 0) {
      float[] sequential = new float[from.length];
      new SelectiveScan(logA, skip)
          .apply(x, dt, bc, OFFSET, stride, steps, y, sequential, sequential);
      Golden.assertClose(to, sequential, 5e-6);
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    int channels = 2 * Lanes.COUNT;
    ChunkedScan scan = new ChunkedScan(new float[channels * 4], new float[channels]);
    ChunkedScan.Workspace work = scan.workspace();
    float[] x = new float[40 * channels];
    float[] y = new float[40 * channels];
    float[] state = new float[4 * channels];
    float[] bc = new float[40 * 8];
    assertThat(Allocation.bytesPerCall(() -> scan.apply(x, x, bc, 0, 8, 40, y, state, state, work)))
        .isLessThan(100);
  }

  @Test
  void rejectsWeightsThatDoNotFit() {
    assertThatThrownBy(() -> new ChunkedScan(new float[5], new float[2]))
        .hasMessage("logA (5 values) must have the same number of states for each of 2 channels");
  }
}
