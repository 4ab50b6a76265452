package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PanelsTest {

  private static final float NEAR = 2e-5f;

  private final SplittableRandom random = new SplittableRandom(4);

  static IntStream widths() {
    return IntStream.rangeClosed(1, 5 * Lanes.COUNT + 1);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void equalsThePlainProductAtEveryWidthAndTouchesNothingElse(int out) {
    for (int rows : new int[] {0, 1, 3, 13}) {
      for (int in : new int[] {1, 7, 300}) {
        check(rows, in, out, rows + in & 1);
      }
    }
  }

  private void check(int rows, int in, int out, int sharedRow) {
    int aStride = in + 3;
    int dStride = sharedRow == 1 ? 0 : out + 2;
    int cStride = out + 5;
    float[] a = Oracle.random(random, 2 + rows * aStride);
    float[] b = Oracle.random(random, in * out);
    float[] d = Oracle.random(random, 1 + Math.max(1, rows) * (out + 2));
    float[] before = Oracle.random(random, 4 + rows * cStride);
    float[] expected = before.clone();
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        double sum = d[1 + r * dStride + o];
        for (int i = 0; i < in; i++) {
          sum += (double) a[2 + r * aStride + i] * b[i * out + o];
        }
        expected[4 + r * cStride + o] = (float) sum;
      }
    }
    float[] transposed = new float[b.length];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        transposed[o * in + i] = b[i * out + o];
      }
    }
    float scale = (float) Math.sqrt(in);
    float[] c = before.clone();
    panels(false, in, out, b).apply(a, 2, aStride, rows, d, 1, dStride, c, 4, cStride);
    assertThat(c).containsExactly(expected, within(NEAR * scale));
    float[] same = before.clone();
    panels(true, in, out, transposed).apply(a, 2, aStride, rows, d, 1, dStride, same, 4, cStride);
    assertThat(same).isEqualTo(c);
  }

  /** Packs into memory that held something else. */
  private static Panels panels(boolean transposed, int in, int out, float[] b) {
    float[] memory = new float[Panels.size(in, out)];
    Arrays.fill(memory, Float.NaN);
    return new Panels(transposed, in, out, b, memory);
  }

  @Test
  void rejectsWhatDoesNotFit() {
    assertThatThrownBy(() -> new Panels(false, 2, 3, new float[5], new float[99]))
        .hasMessage("in (2) and out (3) must be positive and fit b (5 values) and memory (99)");
    assertThatThrownBy(() -> new Panels(false, 0, 3, new float[5], new float[99]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Panels(false, 2, 3, new float[6], new float[5]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Panels.size(1 << 20, 1 << 12))
        .hasMessage("in × out (4294967296) must be less than 2³¹");
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    Panels panels = panels(false, 40, 50, Oracle.random(random, 2000));
    float[] a = new float[3 * 40];
    float[] d = new float[50];
    float[] c = new float[3 * 50];
    assertThat(Allocation.bytesPerCall(() -> panels.apply(a, 0, 40, 3, d, 0, 0, c, 0, 50)))
        .isLessThan(100);
  }
}
