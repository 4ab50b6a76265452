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

class LongConvolutionTest {

  private final SplittableRandom random = new SplittableRandom(13);

  static IntStream sizes() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainLoopAtEveryNumberOfChannels(int channels) {
    check(new LongConvolution(40), 21, channels);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainLoopAtEveryLength(int steps) {
    check(new LongConvolution(3 * Gemm.LANES + 1), steps, Gemm.LANES + 2);
  }

  @Test
  void equalsThePlainLoopAtLongLengths() {
    LongConvolution convolution = new LongConvolution(1500);
    check(convolution, 1500, Gemm.LANES);
    check(convolution, 512, Gemm.LANES);
    check(convolution, 513, Gemm.LANES);
  }

  private void check(LongConvolution convolution, int steps, int channels) {
    float[] u = Oracle.random(random, steps * channels);
    float[] kernel = Oracle.random(random, steps * channels);
    double[] expected = new double[steps * channels];
    for (int t = 0; t < steps; t++) {
      for (int s = 0; s <= t; s++) {
        for (int c = 0; c < channels; c++) {
          expected[t * channels + c] +=
              (double) kernel[s * channels + c] * u[(t - s) * channels + c];
        }
      }
    }
    float[] y = new float[steps * channels];
    convolution.apply(u, kernel, steps, channels, y);
    Golden.assertClose(y, Oracle.floats(expected), 2e-6);
    convolution.apply(u, kernel, steps, channels, u);
    assertThat(u).isEqualTo(y);
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    LongConvolution convolution = new LongConvolution(100);
    float[] u = new float[100 * 20];
    float[] y = new float[100 * 20];
    assertThat(Allocation.bytesPerCall(() -> convolution.apply(u, u, 100, 20, y))).isLessThan(100);
  }

  @Test
  void countsThreeTransformsOfTheNextPowerOfTwo() {
    assertThat(Operations.longConvolution(1)).isEqualTo(6 + 7);
    assertThat(Operations.longConvolution(24)).isEqualTo(3 * Operations.fft(32) + 6 * 32 + 7 * 24);
    assertThat(Operations.longConvolution(32)).isEqualTo(3 * Operations.fft(32) + 6 * 32 + 7 * 32);
  }

  @Test
  void rejectsLengthsOverItsCapacity() {
    float[] x = new float[9];
    assertThatThrownBy(() -> new LongConvolution(0))
        .hasMessage("capacity (0) must be in 1..16777216");
    assertThatThrownBy(() -> new LongConvolution(8).apply(x, x, 9, 1, x))
        .hasMessage("steps (9) must be at most 8");
  }
}
