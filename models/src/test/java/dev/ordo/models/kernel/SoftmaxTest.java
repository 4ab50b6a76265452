package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SoftmaxTest {

  private final SplittableRandom random = new SplittableRandom(3);

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void equalsThePlainLoopAtEveryLength(int width) {
    for (int rows = 0; rows <= Math.min(5, width); rows++) {
      int first = width - rows + 1;
      int stride = width + 3;
      float[] x = Oracle.random(random, 2 + rows * stride);
      float[] expected = x.clone();
      for (int r = 0; r < rows; r++) {
        plain(expected, 2 + r * stride, first + r, width, 0.7f);
        // What lies behind the scores must not matter.
        Arrays.fill(x, 2 + r * stride + first + r, 2 + r * stride + width, Float.NaN);
      }
      float[] inverses = new float[1 + rows];
      Softmax.causal(x, 2, stride, rows, first, width, 0.7f, inverses, 1);
      for (int r = 0; r < rows; r++) {
        for (int i = 2 + r * stride; i < 2 + r * stride + width; i++) {
          x[i] *= inverses[1 + r];
        }
      }
      assertThat(x).containsExactly(expected, within(1e-6f));
    }
  }

  private static void plain(float[] x, int from, int scores, int width, double scale) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + scores; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = from; i < from + scores; i++) {
      sum += Math.exp(scale * (x[i] - max));
    }
    for (int i = from; i < from + width; i++) {
      x[i] = i < from + scores ? (float) (Math.exp(scale * (x[i] - max)) / sum) : 0;
    }
  }

  @Test
  void largeScoresDoNotOverflow() {
    float[] x = new float[Gemm.LANES];
    x[0] = 1e30f;
    x[1] = 1e30f;
    x[2] = -1e30f;
    float[] inverses = new float[1];
    Softmax.causal(x, 0, x.length, 1, 3, x.length, 1, inverses, 0);
    assertThat(Arrays.copyOf(x, 4)).containsExactly(1, 1, 0, 0);
    assertThat(inverses).containsExactly(0.5f);
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    float[] x = new float[8 * 101];
    float[] inverses = new float[8];
    Runnable call = () -> Softmax.causal(x, 0, 101, 8, 90, 100, 1, inverses, 0);
    assertThat(Allocation.bytesPerCall(call)).isLessThan(100);
  }
}
