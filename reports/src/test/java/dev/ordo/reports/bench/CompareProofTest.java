package dev.ordo.reports.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds that {@code scripts/bench-fit --compare} prints, asserted on fewer draws. */
@Tag("simulation")
class CompareProofTest {

  private static final ForkPairs PAIRS = new ForkPairs(11, 499);
  private static final Suites SUITES =
      new Suites(11, ComparisonOptions.DEFAULT.withMargin(0).withResamples(499));

  /** 600 draws have a standard error of 0.9 % at 5 %, and of 0.4 % at 1 %. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void raisesNoMoreFalseAlarmsThanItsLevel(int forks) {
    List<Double> all = new ArrayList<>();
    for (boolean heavy : new boolean[] {false, true}) {
      for (double p :
          BenchCompare.probabilities(PAIRS, ForkPairs.Setting.of(forks, 0.03, heavy), 1, 300)) {
        all.add(p);
      }
    }
    double[] probabilities = all.stream().mapToDouble(Double::doubleValue).toArray();

    assertThat(BenchCompare.below(probabilities, 0.05)).isLessThanOrEqualTo(0.065);
    assertThat(BenchCompare.below(probabilities, 0.01)).isLessThanOrEqualTo(0.02);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10})
  void keepsTheAlarmsOfASuiteRare(int forks) {
    List<Comparison> suites =
        BenchCompare.suites(SUITES, BenchCompare.setting(forks, false), 0, 10);

    assertThat(BenchCompare.alarms(suites, 0.05)).isLessThanOrEqualTo(0.075);
    assertThat(BenchCompare.anyAlarm(suites)).isLessThanOrEqualTo(0.2);
  }

  @Test
  void findsMostChangesInASuiteWithFewFalseOnes() {
    List<Comparison> suites = BenchCompare.suites(SUITES, BenchCompare.setting(5, false), 0.10, 8);

    assertThat(BenchCompare.found(suites, true)).isGreaterThanOrEqualTo(0.85);
    assertThat(BenchCompare.found(suites, false)).isZero();
    assertThat(BenchCompare.falseShare(suites)).isLessThanOrEqualTo(0.1);
  }

  @Test
  void findsMoreWithMoreForksAndLargerShifts() {
    double few = power(3, 0.05);

    assertThat(power(10, 0.05)).isGreaterThan(0.9).isGreaterThan(few);
    assertThat(power(3, 0.20)).isGreaterThan(0.9).isGreaterThan(few);
  }

  private static double power(int forks, double shift) {
    return BenchCompare.below(
        BenchCompare.probabilities(PAIRS, ForkPairs.Setting.of(forks, 0.03, false), 1 + shift, 100),
        0.05);
  }

  @ParameterizedTest
  @EnumSource(SeriesPairs.Kind.class)
  void holdsTheTrueCrossoverInItsInterval(SeriesPairs.Kind kind) {
    List<SeriesPairs.Drawn> drawn = BenchCompare.crossovers(new SeriesPairs(11), kind, 0.03, 3, 40);

    assertThat(BenchCompare.share(drawn, SeriesPairs.Drawn::overtakes))
        .isGreaterThanOrEqualTo(0.85);
    assertThat(BenchCompare.coverage(drawn)).isGreaterThanOrEqualTo(0.87);
  }
}
