package dev.ordo.models.ssm;

import dev.ordo.models.autograd.FiniteDifferences;
import dev.ordo.models.kernel.LongConvolution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S4OperatorsTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 7, 3", "3, 4, 17", "2, 9, 33"})
  void longFilter(int batch, int steps, int width) {
    FiniteDifferences.check(
        batch,
        (tape, x) -> LongFilter.apply(tape, x[0], x[1], x[2], new LongConvolution(steps + 3)),
        x -> {
          double[] y = new double[x[0].length];
          for (int i = 0; i < y.length; i++) {
            int c = i % width;
            int t = i / width % steps;
            y[i] = x[2][c] * x[0][i];
            for (int s = 0; s <= t; s++) {
              y[i] += x[1][s * width + c] * x[0][i - s * width];
            }
          }
          return y;
        },
        new int[] {batch * steps, width},
        new int[] {steps, width},
        new int[] {1, width});
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "2, 16", "2, 37"})
  void gatedUnit(int rows, int width) {
    FiniteDifferences.check(
        rows,
        (tape, x) -> GatedUnit.apply(tape, x[0]),
        x -> {
          double[] y = new double[rows * width];
          for (int i = 0; i < y.length; i++) {
            int a = i / width * 2 * width + i % width;
            y[i] = x[0][a] / (1 + Math.exp(-x[0][a + width]));
          }
          return y;
        },
        new int[] {rows, 2 * width});
  }
}
