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

class CausalConvolutionTest {

  private final SplittableRandom random = new SplittableRandom(11);

  static IntStream channels() {
    return IntStream.rangeClosed(1, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("channels")
  void equalsThePlainLoopAtEveryNumberOfChannelsAndSteps(int channels) {
    for (int steps = 0; steps <= 9; steps++) {
      check(channels, 4, steps);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void equalsThePlainLoopAtEveryNumberOfTaps(int taps) {
    for (int steps = 0; steps <= 9; steps++) {
      check(19, taps, steps);
    }
  }

  private void check(int channels, int taps, int steps) {
    float[] weight = Oracle.random(random, channels * taps);
    float[] bias = Oracle.random(random, channels);
    CausalConvolution convolution = new CausalConvolution(weight, bias);
    assertThat(convolution.windowSize()).isEqualTo((taps - 1) * channels);
    // All inputs, those of the window first.
    float[] inputs = Oracle.random(random, (taps - 1 + steps) * channels);
    double[] expected = new double[steps * channels];
    for (int t = 0; t < steps; t++) {
      for (int c = 0; c < channels; c++) {
        double sum = bias[c];
        for (int k = 0; k < taps; k++) {
          sum += (double) weight[c * taps + k] * inputs[(t + k) * channels + c];
        }
        expected[t * channels + c] = sum;
      }
    }
    float[] window = Arrays.copyOf(inputs, convolution.windowSize());
    float[] x = Arrays.copyOfRange(inputs, window.length, inputs.length);
    float[] last = Arrays.copyOfRange(inputs, inputs.length - window.length, inputs.length);
    float[] y = new float[steps * channels];
    float[] next = new float[window.length];
    convolution.apply(x, steps, y, window, next);
    Golden.assertClose(y, Oracle.floats(expected), 1e-6);
    assertThat(next).isEqualTo(last);
    assertThat(window).isEqualTo(Arrays.copyOf(inputs, window.length));
    convolution.apply(x, steps, y, window, window);
    Golden.assertClose(y, Oracle.floats(expected), 1e-6);
    assertThat(window).isEqualTo(last);
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    CausalConvolution convolution = new CausalConvolution(new float[4 * 40], new float[40]);
    float[] x = new float[5 * 40];
    float[] y = new float[5 * 40];
    float[] window = new float[convolution.windowSize()];
    assertThat(Allocation.bytesPerCall(() -> convolution.apply(x, 5, y, window, window)))
        .isLessThan(100);
  }

  @Test
  void rejectsWeightsThatDoNotFit() {
    assertThatThrownBy(() -> new CausalConvolution(new float[7], new float[2]))
        .hasMessage("weight (7 values) must have the same taps for each of 2 channels");
    assertThatThrownBy(() -> new CausalConvolution(new float[0], new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
