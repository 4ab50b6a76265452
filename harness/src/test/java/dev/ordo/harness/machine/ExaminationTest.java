package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExaminationTest {

  @Test
  void warnsOfStolenTime() {
    assertThat(Examination.steal(Optional.of(0.002)).level()).isEqualTo(Check.Level.OK);
    assertThat(Examination.steal(Optional.of(0.2)).level()).isEqualTo(Check.Level.WARN);
    assertThat(Examination.steal(Optional.empty()).level()).isEqualTo(Check.Level.UNKNOWN);
  }

  @Test
  void warnsOfLoadByTheNumberOfProcessors() {
    assertThat(Examination.load(OptionalDouble.of(0.6), 2).level()).isEqualTo(Check.Level.WARN);
    assertThat(Examination.load(OptionalDouble.of(0.6), 16).level()).isEqualTo(Check.Level.OK);
    assertThat(Examination.load(OptionalDouble.empty(), 2).level()).isEqualTo(Check.Level.UNKNOWN);
  }

  @Test
  void namesTheBusiestProgramsButNotItself() {
    Map<Long, ProcessTime> before =
        Map.of(
            1L, new ProcessTime(1, 0, "init", 100),
            2L, new ProcessTime(2, 1, "make", 0),
            3L, new ProcessTime(3, 1, "ordo", 0),
            4L, new ProcessTime(4, 1, "game", 0));
    List<ProcessTime> after =
        List.of(
            new ProcessTime(1, 0, "init", 101),
            new ProcessTime(2, 1, "make", 50),
            new ProcessTime(3, 1, "ordo", 100),
            new ProcessTime(4, 1, "game", 90),
            new ProcessTime(5, 1, "new", 100));

    Check check = Examination.others(before, after, 3, 1);

    assertThat(check.level()).isEqualTo(Check.Level.WARN);
    assertThat(check.found()).isEqualTo("game 90 %, make 50 %");
  }

  @Test
  void warnsOfQuotas() {
    assertThat(Examination.container("no limit", "no limit").level()).isEqualTo(Check.Level.OK);
    assertThat(Examination.container("50000 (/sys/fs/cgroup/cpu/x)", "no limit").level())
        .isEqualTo(Check.Level.WARN);
    assertThat(Examination.container("no limit", "1073741824 (/x)").level())
        .isEqualTo(Check.Level.OK);
    assertThat(Examination.container("unknown", "unknown").level()).isEqualTo(Check.Level.UNKNOWN);
  }

  @Test
  void warnsOfACoarseTimer() {
    assertThat(Examination.timer(new NanoTimer(25, 1), " (tsc)").found())
        .isEqualTo("25 ns a reading, steps of 1 ns (tsc)");
    assertThat(Examination.timer(new NanoTimer(700, 100), "").level()).isEqualTo(Check.Level.WARN);
  }

  @Test
  void noticesThrottlingMeanwhileAlone() {
    assertThat(Examination.heat(OptionalLong.of(5), OptionalLong.of(5)).level())
        .isEqualTo(Check.Level.OK);
    assertThat(Examination.heat(OptionalLong.of(5), OptionalLong.of(7)).level())
        .isEqualTo(Check.Level.WARN);
    assertThat(Examination.heat(OptionalLong.empty(), OptionalLong.empty()).level())
        .isEqualTo(Check.Level.UNKNOWN);
  }

  @Test
  void findsTheSameTheSameAndADriftADifference() {
    List<double[]> same = new ArrayList<>();
    List<double[]> other = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      double level = 100 + i / 2;
      same.add(new double[] {level, level + 1});
      other.add(new double[] {(i % 2 == 0 ? 1.2 : 1) * level, (i % 2 == 0 ? 1.2 : 1) * level});
    }

    assertThat(Examination.same(same).level()).isEqualTo(Check.Level.OK);
    assertThat(Examination.same(other).level()).isEqualTo(Check.Level.WARN);
  }

  @Test
  void showsALineACheck() {
    assertThat(Check.warn("smt", "on", "switch it off"))
        .hasToString("warn    smt         on: switch it off");
    assertThat(Check.ok("smt", "off")).hasToString("ok      smt         off");
  }
}
