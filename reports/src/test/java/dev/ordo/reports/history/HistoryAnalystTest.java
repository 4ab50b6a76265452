package dev.ordo.reports.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryAnalystTest {

  private static final double NOISE = 0.02;

  private static double[][] suite(int cells, int runs, RunNoise noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] values = new double[cells][];
    for (int cell = 0; cell < cells; cell++) {
      double[] drawn = noise.draw(runs, random);
      for (int i = 0; i < runs; i++) {
        drawn[i] = 1000 * (cell + 1) * Math.exp(NOISE * drawn[i]);
      }
      values[cell] = drawn;
    }
    return values;
  }

  private static void slowDown(double[] values, int from, int to, double factor) {
    for (int i = from; i < to; i++) {
      values[i] *= factor;
    }
  }

  private static HistoryStudy study(double[]... values) {
    return HistoryAnalyst.study(Histories.of(values), HistoryOptions.DEFAULT);
  }

  /** At 5 % a suite, 60 suites have 3 ± 1.7. */
  @Test
  void claimsNothingInMostSuitesThatDidNotChange() {
    int claimed = 0;
    for (int i = 0; i < 60; i++) {
      claimed += study(suite(30, 40, RunNoise.WHITE, i)).changeCount() > 0 ? 1 : 0;
    }

    assertThat(claimed).isLessThanOrEqualTo(8);
  }

  @Test
  void claimsNothingInMostSuitesWhoseHostWanders() {
    int claimed = 0;
    for (int i = 0; i < 40; i++) {
      claimed +=
          study(suite(30, 60, new RunNoise(0.6, 0.4, false), 100 + i)).changeCount() > 0 ? 1 : 0;
    }

    assertThat(claimed).isLessThanOrEqualTo(6);
  }

  @Test
  void namesTheFirstRunAfterAChange() {
    double[][] values = suite(20, 60, RunNoise.WHITE, 1);
    slowDown(values[7], 45, 60, 1.15);
    HistoryStudy study = study(values);

    assertThat(study.changeCount()).isEqualTo(1);
    ChangePoint change = study.findings().get(7).tracks().get(0).changes().get(0);
    assertThat(change.first()).isEqualTo(45);
    assertThat(change.worse()).isTrue();
    assertThat(change.relative()).isTrue();
    assertThat(change.effect().contains(1.15)).isTrue();
    assertThat(change.effect().value()).isEqualTo(1.15, within(0.03));
    assertThat(change.adjusted()).isBetween(change.probability(), 0.05);
  }

  @Test
  void findsARegressionThatWasMended() {
    double[][] values = suite(20, 60, RunNoise.WHITE, 2);
    slowDown(values[3], 20, 40, 1.15);
    List<ChangePoint> changes = study(values).findings().get(3).tracks().get(0).changes();

    assertThat(changes).extracting(ChangePoint::worse).containsExactly(true, false);
    assertThat(changes.get(0).first()).isBetween(19, 21);
    assertThat(changes.get(1).first()).isBetween(39, 41);
  }

  @Test
  void findsThreeSteps() {
    double[][] values = suite(12, 80, RunNoise.WHITE, 3);
    slowDown(values[0], 20, 80, 1.2);
    slowDown(values[0], 40, 80, 1.2);
    slowDown(values[0], 60, 80, 0.7);

    assertThat(study(values).findings().get(0).tracks().get(0).changes())
        .extracting(ChangePoint::worse)
        .containsExactly(true, true, false);
  }

  @Test
  void comparesNoHostWithAnother() {
    double[][] values = suite(10, 60, RunNoise.WHITE, 4);
    for (double[] cell : values) {
      slowDown(cell, 30, 60, 2);
    }
    List<TrendKey> keys = new ArrayList<>();
    List<History.Recorded> recorded = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      keys.add(Histories.cell(i));
    }
    for (int run = 0; run < 60; run++) {
      recorded.add(Histories.recorded(run, run < 30 ? "old" : "new", keys, values));
    }
    HistoryStudy study =
        HistoryAnalyst.study(History.of(recorded, Run.BY_TIME, List.of()), HistoryOptions.DEFAULT);

    assertThat(study.changeCount()).isZero();
    assertThat(study.findings().get(0).tracks()).hasSize(2);
    assertThat(study.history().hosts()).extracting(HostIdentity::key).containsExactly("old", "new");
  }

  @Test
  void findsAChangeOnOneOfTwoHostsThatTakeTurns() {
    double[][] values = suite(5, 80, RunNoise.WHITE, 5);
    List<TrendKey> keys = new ArrayList<>();
    List<History.Recorded> recorded = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      keys.add(Histories.cell(i));
    }
    for (int run = 0; run < 80; run++) {
      boolean even = run % 2 == 0;
      values[0][run] *= (even ? 3 : 1) * (run >= 50 ? 1.2 : 1);
      recorded.add(Histories.recorded(run, even ? "a" : "b", keys, values));
    }
    HistoryStudy study =
        HistoryAnalyst.study(History.of(recorded, Run.BY_TIME, List.of()), HistoryOptions.DEFAULT);

    for (Track track : study.findings().get(0).tracks()) {
      assertThat(track.changes()).hasSize(1);
      assertThat(track.run(track.changes().get(0).first())).isBetween(47, 53);
    }
  }

  @Test
  void knowsThatALowerRateIsWorse() {
    TrendKey rate =
        new TrendKey(
            "b",
            "avgt",
            1,
            Map.of(),
            "items",
            new Unit("items/s", Unit.Dimension.OTHER),
            Optional.empty());
    double[] values = suite(1, 50, RunNoise.WHITE, 6)[0];
    slowDown(values, 30, 50, 0.8);
    HistoryStudy study =
        HistoryAnalyst.study(
            Histories.of(List.of(rate), new double[][] {values}), HistoryOptions.DEFAULT);

    assertThat(study.findings().get(0).tracks().get(0).changes())
        .extracting(ChangePoint::worse)
        .containsExactly(true);
  }

  @Test
  void findsExponentsThatGrew() {
    SplittableRandom random = new SplittableRandom(7);
    double[] values = new double[40];
    for (int i = 0; i < 40; i++) {
      values[i] = (i < 30 ? 0 : 1) + 0.05 * random.nextGaussian();
    }
    HistoryStudy study =
        HistoryAnalyst.study(
            Histories.of(List.of(Histories.exponent()), new double[][] {values}),
            HistoryOptions.DEFAULT);
    ChangePoint change = study.findings().get(0).tracks().get(0).changes().get(0);

    assertThat(change.relative()).isFalse();
    assertThat(change.effect().value()).isEqualTo(1, within(0.1));
    assertThat(change.worse()).isTrue();
  }

  @Test
  void leavesOutWhatIsBelowTheMargin() {
    double[] values = suite(1, 400, RunNoise.WHITE, 8)[0];
    slowDown(values, 200, 400, 1.02);

    assertThat(
            HistoryAnalyst.study(Histories.of(values), new HistoryOptions(0.05, 0.01, 1))
                .changeCount())
        .isEqualTo(1);
    assertThat(
            HistoryAnalyst.study(Histories.of(values), new HistoryOptions(0.05, 0.05, 1))
                .changeCount())
        .isZero();
  }

  @Test
  void saysNothingOfFewRuns() {
    assertThat(study(new double[] {1, 2, 3}).tests()).isZero();
    assertThat(study(new double[] {1}).changeCount()).isZero();
  }

  @Test
  void isTheSameWhateverTheThreads() {
    double[][] values = suite(10, 50, RunNoise.WHITE, 9);
    slowDown(values[0], 30, 50, 1.1);

    assertThat(study(values).findings().get(0).tracks().get(0).changes())
        .isEqualTo(study(values).findings().get(0).tracks().get(0).changes());
  }
}
