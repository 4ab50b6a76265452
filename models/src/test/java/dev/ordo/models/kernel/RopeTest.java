package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RopeTest {

  private final SplittableRandom random = new SplittableRandom(3);

  static IntStream halves() {
    return IntStream.rangeClosed(1, 3 * Gemm.LANES + 1);
  }

  private static float[] frequencies(int half) {
    float[] frequencies = new float[half];
    for (int j = 0; j < half; j++) {
      frequencies[j] = (float) Math.pow(100, -(double) j / half);
    }
    return frequencies;
  }

  @ParameterizedTest
  @MethodSource("halves")
  void turnsPairsAndUndoesIt(int half) {
    float[] frequencies = frequencies(half);
    int heads = 2;
    int stride = heads * 2 * half + 3;
    float[] x = Oracle.random(random, 1 + 3 * stride);
    float[] y = x.clone();
    Rope rope = new Rope(frequencies, 12);
    rope.apply(7, 3, y, 1, stride, heads);
    double[] expected = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = x[i];
    }
    for (int r = 0; r < 3; r++) {
      for (int h = 0; h < heads; h++) {
        for (int j = 0; j < half; j++) {
          int a = 1 + r * stride + h * 2 * half + j;
          double angle = (7.0 + r) * frequencies[j];
          expected[a] = x[a] * Math.cos(angle) - x[a + half] * Math.sin(angle);
          expected[a + half] = x[a + half] * Math.cos(angle) + x[a] * Math.sin(angle);
        }
      }
    }
    assertThat(y).containsExactly(Oracle.floats(expected), within(2e-6f));
    rope.undo(7, 3, y, 1, stride, heads);
    assertThat(y).containsExactly(x, within(1e-6f));
  }

  @Test
  void scoresDependOnTheDistanceAlone() {
    Rope rope = new Rope(frequencies(8), 100);
    float[] q = Oracle.random(random, 16);
    float[] k = Oracle.random(random, 16);
    float first = score(rope, q, 10, k, 3);
    assertThat(score(rope, q, 97, k, 90)).isCloseTo(first, within(2e-5f));
    assertThat(score(rope, q, 10, k, 4)).isNotCloseTo(first, within(1e-3f));
  }

  private static float score(Rope rope, float[] q, int at, float[] k, int other) {
    float[] a = q.clone();
    float[] b = k.clone();
    rope.apply(at, 1, a, 0, 16, 1);
    rope.apply(other, 1, b, 0, 16, 1);
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    Rope rope = new Rope(frequencies(20), 10);
    float[] x = new float[400];
    assertThat(Allocation.bytesPerCall(() -> rope.apply(0, 10, x, 0, 40, 1))).isLessThan(100);
  }

  @Test
  void rejectsWhatDoesNotFit() {
    Rope rope = new Rope(frequencies(2), 10);
    assertThat(rope.width()).isEqualTo(4);
    assertThatThrownBy(() -> rope.apply(8, 3, new float[99], 0, 4, 1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("positions 8..10 must be in 0..9");
    assertThatThrownBy(() -> new Rope(new float[0], 10)).hasMessageContaining("frequencies (0)");
    assertThatThrownBy(() -> new Rope(new float[1 << 16], 1 << 16))
        .hasMessageContaining("capacity (65536)");
  }
}
