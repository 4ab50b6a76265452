package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowSumsTest {

  private final SplittableRandom random = new SplittableRandom(7);

  static IntStream columns() {
    return IntStream.rangeClosed(0, 6 * Lanes.COUNT + 1);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void equalThePlainLoopAtEveryWidthAndNothingElseChanges(int columns) {
    for (int rows : new int[] {0, 1, 2, 7, 40}) {
      int stride = columns + rows % 3;
      float[] x = Oracle.random(random, rows * stride);
      float[] y = Oracle.random(random, columns + 5);
      float[] expected = y.clone();
      for (int i = 0; i < columns; i++) {
        double sum = y[2 + i];
        for (int r = 0; r < rows; r++) {
          sum += x[r * stride + i];
        }
        expected[2 + i] = (float) sum;
      }
      RowSums.add(x, stride, rows, columns, y, 2);
      assertThat(y).containsExactly(expected, within(1e-5f));
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    float[] x = new float[10 * 101];
    float[] y = new float[101];
    assertThat(Allocation.bytesPerCall(() -> RowSums.add(x, 101, 10, 101, y, 0))).isLessThan(100);
  }
}
