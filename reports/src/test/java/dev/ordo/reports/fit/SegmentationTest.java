package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentationTest {

  @Test
  void findsChangesOfLevel() {
    double[] values = new double[30];
    Arrays.fill(values, 0, 7, 5);
    Arrays.fill(values, 7, 19, 1);
    Arrays.fill(values, 19, 30, 2);

    assertThat(Segmentation.starts(values, 3, 0.5)).containsExactly(0, 7, 19);
    assertThat(Segmentation.starts(values, 3, 10)).containsExactly(0, 7);
    assertThat(Segmentation.starts(values, 3, 1000)).containsExactly(0);
  }

  @Test
  void leavesShortSequencesWhole() {
    assertThat(Segmentation.starts(new double[] {1, 1, 1, 9, 9}, 3, 0.1)).containsExactly(0);
    assertThat(Segmentation.starts(new double[] {1, 1, 1, 9, 9, 9}, 3, 0.1)).containsExactly(0, 3);
  }

  /** What pruning leaves must cost what trying every last change costs. */
  @ParameterizedTest
  @CsvSource({"1, 0.5", "1, 3", "2, 2", "3, 4", "5, 1", "7, 3"})
  void costsAsLittleAsAnExhaustiveSearch(int least, double penalty) {
    Random random = new Random(11);
    for (int repetition = 0; repetition < 200; repetition++) {
      double[] values = new double[2 + random.nextInt(60)];
      double level = 1e6;
      for (int i = 0; i < values.length; i++) {
        level += random.nextInt(8) == 0 ? 4 * random.nextGaussian() : 0;
        values[i] = level + random.nextGaussian();
      }
      int[] starts = Segmentation.starts(values, least, penalty);

      for (int i = 1; i < starts.length; i++) {
        assertThat(starts[i] - starts[i - 1]).isGreaterThanOrEqualTo(least);
      }
      assertThat(cost(values, starts, penalty))
          .isCloseTo(exhaustive(values, least, penalty), within(1e-6));
    }
  }

  private static double cost(double[] values, int[] starts, double penalty) {
    double cost = penalty * (starts.length - 1);
    for (int i = 0; i < starts.length; i++) {
      cost += squares(values, starts[i], i + 1 < starts.length ? starts[i + 1] : values.length);
    }
    return cost;
  }

  private static double exhaustive(double[] values, int least, double penalty) {
    if (values.length < least) {
      return squares(values, 0, values.length);
    }
    double[] best = new double[values.length + 1];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
    for (int end = least; end <= values.length; end++) {
      for (int start = 0; start <= end - least; start++) {
        best[end] = Math.min(best[end], best[start] + penalty + squares(values, start, end));
      }
    }
    return best[values.length];
  }

  private static double squares(double[] values, int from, int to) {
    double mean = Arrays.stream(values, from, to).average().orElseThrow();
    return Arrays.stream(values, from, to).map(v -> (v - mean) * (v - mean)).sum();
  }
}
