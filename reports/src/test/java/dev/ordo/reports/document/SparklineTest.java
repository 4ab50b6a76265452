package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparklineTest {

  @Test
  void showsLowAndHigh() {
    assertThat(Sparkline.of(new double[] {1, 1, 2, 2}, 8)).isEqualTo("▁▁██");
  }

  @Test
  void keepsNoiseLow() {
    assertThat(Sparkline.of(new double[] {100, 101, 100, 99}, 8)).doesNotContain("▁", "█");
    assertThat(Sparkline.of(new double[] {0, 0}, 8)).hasSize(2);
    assertThat(Sparkline.of(new double[0], 8)).isEmpty();
  }

  @Test
  void takesMediansOfMany() {
    double[] values = IntStream.range(0, 1000).mapToDouble(i -> i < 500 ? 1 : 9).toArray();
    values[100] = 1000;

    assertThat(Sparkline.of(values, 4)).isEqualTo("▁▁██");
  }
}
