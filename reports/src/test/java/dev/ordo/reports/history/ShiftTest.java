package dev.ordo.reports.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShiftTest {

  private static final int MOST = 1999;

  private static double[] stepped(int runs, int place, double height, long seed) {
    double[] values = RunNoise.WHITE.draw(runs, new SplittableRandom(seed));
    for (int i = place; i < runs; i++) {
      values[i] += height;
    }
    return values;
  }

  private static Shift strongest(double[] values) {
    return Shift.strongest(values, Suspicion.ALONE, MOST, 1).orElseThrow();
  }

  /** With 600 series of each length, 5 % is 30 ± 5.3: three standard errors above is 46. */
  @Test
  void alarmsFalselyNoMoreThanItSays() {
    for (RunNoise noise : new RunNoise[] {RunNoise.WHITE, new RunNoise(0, 1, true)}) {
      for (int runs : new int[] {7, 20, 60}) {
        SplittableRandom random = new SplittableRandom(runs);
        int alarms = 0;
        for (int i = 0; i < 600; i++) {
          double[] values = noise.draw(runs, random);
          alarms +=
              Shift.strongest(values, Suspicion.ALONE, 499, i).orElseThrow().probability() <= 0.05
                  ? 1
                  : 0;
        }
        assertThat(alarms).as("%s of %d runs", noise, runs).isLessThanOrEqualTo(46);
      }
    }
  }

  @Test
  void alarmsSeldomWhereHostsWander() {
    SplittableRandom random = new SplittableRandom(5);
    int alarms = 0;
    for (int i = 0; i < 200; i++) {
      double[] values = new RunNoise(0.7, 0.2, false).draw(200, random);
      alarms +=
          Shift.strongest(values, Suspicion.ALONE, 499, i).orElseThrow().probability() <= 0.01
              ? 1
              : 0;
    }

    assertThat(alarms).isLessThanOrEqualTo(8);
  }

  @Test
  void findsAStepAndItsPlace() {
    Shift shift = strongest(stepped(60, 40, 4, 3));

    assertThat(shift.from()).isZero();
    assertThat(shift.to()).isBetween(39, 41);
    assertThat(shift.probability()).isLessThan(0.002);
  }

  @Test
  void findsAStepThreeRunsAgo() {
    assertThat(strongest(stepped(60, 57, 8, 4)).probability()).isLessThan(0.01);
  }

  @Test
  void findsALevelThatComesBack() {
    double[] values = RunNoise.WHITE.draw(45, new SplittableRandom(6));
    for (int i = 15; i < 30; i++) {
      values[i] += 6;
    }
    Shift shift = strongest(values);

    assertThat(shift.from()).isBetween(14, 16);
    assertThat(shift.to()).isBetween(29, 31);
    assertThat(shift.probability()).isLessThan(0.01);
  }

  @Test
  void passesOverOneOddRun() {
    for (int place : new int[] {0, 20, 39}) {
      double[] values = RunNoise.WHITE.draw(40, new SplittableRandom(8));
      values[place] = 500;

      assertThat(strongest(values).probability()).as("odd run %d", place).isGreaterThan(0.05);
    }
  }

  @Test
  void provesLongShiftsWithoutPermutations() {
    double[] values = stepped(4000, 2500, 3, 9);

    assertThat(Shift.strongest(values, Suspicion.ALONE, 1, 1).orElseThrow().probability())
        .isLessThan(1e-6);
  }

  @Test
  void findsChangesOfCountedBytes() {
    double[] values = new double[30];
    for (int i = 0; i < 30; i++) {
      values[i] = i < 24 ? 4096 : 4112;
    }

    assertThat(strongest(values).to()).isEqualTo(24);
    assertThat(strongest(values).probability()).isLessThan(0.01);
  }

  @Test
  void isTheSameFromTheSameSeed() {
    double[] values = stepped(50, 30, 1, 10);

    assertThat(strongest(values)).isEqualTo(strongest(values.clone()));
  }

  @Test
  void doesNotJudgeFewOrEqualRuns() {
    assertThat(Shift.strongest(new double[5], Suspicion.ALONE, MOST, 1)).isEmpty();
    assertThat(Shift.strongest(new double[50], Suspicion.ALONE, MOST, 1)).isEmpty();
  }
}
