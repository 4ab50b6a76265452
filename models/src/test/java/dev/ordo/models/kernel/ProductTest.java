package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProductTest {

  private final SplittableRandom random = new SplittableRandom(11);

  static IntStream sizes() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainLoopAtEveryNumberOfColumns(int n) {
    for (int m : new int[] {0, 1, 2, 3, 4, 5, 8, 13}) {
      check(m, n, 1 + (5 * n + m) % 19);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainLoopAtEveryNumberOfRows(int m) {
    for (int n : new int[] {1, 3, Gemm.LANES, Gemm.PANEL, Gemm.PANEL + 5}) {
      check(m, n, 1 + (7 * m + n) % 23);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainLoopAtEveryDepth(int k) {
    check(9, Gemm.PANEL + 1, k);
    check(1, Gemm.LANES, k);
    check(3, 2, k);
  }

  @ParameterizedTest
  @CsvSource({"300,37,513", "7,2100,5", "2,70,600", "1,2500,257", "261,1,300", "65,129,255"})
  void equalsThePlainLoopBeyondItsBlocks(int m, int n, int k) {
    check(m, n, k);
  }

  private void check(int m, int n, int k) {
    for (int kind = 0; kind < 8; kind++) {
      check((kind & 1) != 0, (kind & 2) != 0, (kind & 4) != 0, m, n, k);
    }
  }

  private void check(
      boolean transposeA, boolean transposeB, boolean accumulate, int m, int n, int k) {
    int aRows = transposeA ? k : m;
    int bRows = transposeB ? n : k;
    int aStride = (transposeA ? m : k) + 1;
    int bStride = (transposeB ? k : n) + 2;
    int cStride = n + 3;
    float[] a = Oracle.random(random, 4 + aRows * aStride);
    float[] b = Oracle.random(random, 5 + bRows * bStride);
    float[] before = Oracle.random(random, 6 + m * cStride + 1);
    float[] c = before.clone();
    Product.apply(
        transposeA, transposeB, m, n, k, a, 4, aStride, b, 5, bStride, accumulate, c, 6, cStride);
    for (int i = 0; i < c.length; i++) {
      int row = Math.floorDiv(i - 6, cStride);
      int column = i - 6 - row * cStride;
      if (row < 0 || row >= m || column >= n) {
        assertThat(c[i]).as("outside of C at %s", i).isEqualTo(before[i]);
        continue;
      }
      double expected = accumulate ? before[i] : 0;
      for (int p = 0; p < k; p++) {
        double x = a[4 + (transposeA ? p * aStride + row : row * aStride + p)];
        double y = b[5 + (transposeB ? column * bStride + p : p * bStride + column)];
        expected += x * y;
      }
      if (!(Math.abs(c[i] - expected) <= 1e-6 * (2 + k))) {
        assertThat((double) c[i])
            .as(
                "%s×%s×%s, %s %s %s, at %s, %s",
                m, n, k, transposeA, transposeB, accumulate, row, column)
            .isEqualTo(expected);
      }
    }
  }

  @Tag(Allocation.TAG)
  @ParameterizedTest
  @CsvSource({"1,64,64", "13,61,70", "64,64,300"})
  void allocatesNothing(int m, int n, int k) {
    float[] a = Oracle.random(random, m * k);
    float[] b = Oracle.random(random, k * n);
    float[] c = new float[m * n];
    for (boolean transpose : new boolean[] {false, true}) {
      double bytes =
          Allocation.bytesPerCall(
              () ->
                  Product.apply(
                      transpose,
                      transpose,
                      m,
                      n,
                      k,
                      a,
                      0,
                      transpose ? m : k,
                      b,
                      0,
                      transpose ? k : n,
                      false,
                      c,
                      0,
                      n));
      assertThat(bytes).isLessThan(100);
    }
  }

  @Test
  void rejectsSizesAndStridesThatDoNotFit() {
    assertThatThrownBy(() -> square(-1, 2, 2, 2)).hasMessage("m (-1) must not be negative");
    assertThatThrownBy(() -> square(2, -1, 2, 2)).hasMessage("n (-1) must not be negative");
    assertThatThrownBy(() -> square(2, 2, -1, 2)).hasMessage("k (-1) must not be negative");
    assertThatThrownBy(() -> square(2, 2, 2, 1)).hasMessage("aStride (1) must be at least 2");
    assertThatThrownBy(() -> square(3, 2, 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("a (0..6) must lie in its array of 4");
  }

  private static void square(int m, int n, int k, int stride) {
    Product.apply(
        false,
        false,
        m,
        n,
        k,
        new float[4],
        0,
        stride,
        new float[4],
        0,
        stride,
        false,
        new float[4],
        0,
        stride);
  }
}
