package dev.ordo.reports.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.fit.Interval;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LevelTest {

  private static double[] stepped(int runs, int place, double height, SplittableRandom random) {
    double[] values = RunNoise.WHITE.draw(runs, random);
    for (int i = place; i < runs; i++) {
      values[i] += height;
    }
    return values;
  }

  /** Of 400 intervals of 95 %, 380 ± 4.4 hold the truth. */
  @Test
  void coversTheDifference() {
    SplittableRandom random = new SplittableRandom(1);
    int held = 0;
    for (int i = 0; i < 400; i++) {
      Interval found = Level.difference(stepped(30, 20, 5, random), 20, Dependence.NONE);
      held += found.contains(5) ? 1 : 0;
    }

    assertThat(held).isBetween(364, 394);
  }

  /** The range holds the place in at least 95 % of cases, since it has no gaps. */
  @Test
  void coversThePlace() {
    SplittableRandom random = new SplittableRandom(2);
    int held = 0;
    double width = 0;
    for (int i = 0; i < 300; i++) {
      double[] values = stepped(60, 35, 2, random);
      int[] range = Level.range(values, Level.place(values), Dependence.NONE);
      held += range[0] <= 35 && 35 <= range[1] ? 1 : 0;
      width += (range[1] - range[0] + 1) / 300.0;
    }

    assertThat(held).isGreaterThanOrEqualTo(276);
    assertThat(width).isLessThan(8);
  }

  @Test
  void isSureOfALargeStep() {
    double[] values = stepped(40, 25, 50, new SplittableRandom(3));

    assertThat(Level.place(values)).isEqualTo(25);
    assertThat(Level.range(values, 25, Dependence.NONE)).containsExactly(25, 25);
  }

  @Test
  void isNotMovedByOneOddRun() {
    double[] values = stepped(40, 20, 5, new SplittableRandom(4));
    values[8] = 1000;

    assertThat(Level.difference(values, 20, Dependence.NONE).value()).isBetween(4.0, 6.0);
  }

  @Test
  void widensWhereRunsAreAlike() {
    double[] values = stepped(40, 20, 5, new SplittableRandom(5));
    Interval plain = Level.difference(values, 20, Dependence.NONE);
    Interval wide = Level.difference(values, 20, new Dependence(0.8, 0.8));

    assertThat(wide.high() - wide.low()).isGreaterThan(2 * (plain.high() - plain.low()));
  }
}
