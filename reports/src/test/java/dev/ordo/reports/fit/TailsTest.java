package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailsTest {

  @ParameterizedTest
  @ValueSource(ints = {999, 1999})
  void givesTheQuantilesOfSortedValues(int count) {
    Random random = new Random(1);
    for (int repetition = 0; repetition < 50; repetition++) {
      int distinct = repetition % 3 == 0 ? 5 : Integer.MAX_VALUE;
      double[] values = random.doubles(count).map(x -> Math.floor(x * distinct)).toArray();
      values[repetition] = Double.POSITIVE_INFINITY;
      double[] sorted = values.clone();
      Arrays.sort(sorted);

      Tails.order(values);

      for (double level : new double[] {0.005, 0.025, 0.975, 0.995}) {
        assertThat(Tails.quantile(values, level))
            .isEqualTo(sorted[(int) Math.round(level * (count + 1)) - 1]);
      }
      Arrays.sort(values);
      assertThat(values).isEqualTo(sorted);
    }
  }

  @Test
  void rejectsALevelBetweenTheTails() {
    assertThatThrownBy(() -> Tails.quantile(new double[99], 0.5))
        .hasMessage("level (0.5) must be in a tail of 0.03");
  }
}
