package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogAxisTest {

  @Test
  void labelsOneTwoFiveOverFewDecades() {
    assertThat(new LogAxis(80, 1200).choices().get(0)).containsExactly(100.0, 200.0, 500.0, 1000.0);
  }

  @Test
  void labelsDecadesOverMany() {
    assertThat(new LogAxis(0.5, 2e4).choices().get(0)).containsExactly(1.0, 10.0, 100.0, 1e3, 1e4);
  }

  @Test
  void everyFurtherChoiceHasFewerLabels() {
    for (LogAxis axis : List.of(new LogAxis(1e-12, 1e12), new LogAxis(3, 900))) {
      List<Integer> sizes = axis.choices().stream().map(List::size).toList();
      assertThat(sizes).isSortedAccordingTo(Comparator.reverseOrder()).hasSizeGreaterThan(2);
      assertThat(sizes.get(sizes.size() - 1)).isLessThan(4);
    }
  }

  @Test
  void neverZoomsIntoNoise() {
    LogAxis axis = LogAxis.around(1000, 1010, 1);
    assertThat(Math.log10(axis.high() / axis.low())).isCloseTo(1, within(1e-9));
  }

  @Test
  void alwaysHoldsItsValuesAndTwoTicksOrMore() {
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      double least = Math.pow(10, random.nextDouble() * 18 - 9);
      double most = least * Math.pow(10, random.nextDouble() * random.nextInt(12));
      LogAxis axis = LogAxis.around(least, most, 0.75);
      assertThat(axis.low()).isLessThan(least);
      assertThat(axis.high()).isGreaterThan(most);
      List<Double> ticks = axis.choices().get(0);
      assertThat(ticks).hasSizeGreaterThanOrEqualTo(2).isSorted();
      assertThat(ticks).allMatch(tick -> tick >= axis.low() && tick <= axis.high());
    }
  }
}
