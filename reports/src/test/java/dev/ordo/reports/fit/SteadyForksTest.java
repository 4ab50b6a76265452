package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SteadyForksTest {

  private static final Iterations QUIET = new Iterations(20, 0.01, 0, false);

  private static Series series(List<double[][]> cells) {
    return Grown.series(Grown.doublings(64, cells.size()), cells, Unit.NANOS_PER_OP);
  }

  private static double[] fork(Iterations.Change change, Random random) {
    return QUIET.draw(change, change == Iterations.Change.NONE ? 0 : 0.3, random);
  }

  @Test
  void countsAForkThatWarmsUpFromItsLastLevelOn() {
    Random random = new Random(1);
    double[] warming = fork(Iterations.Change.EARLY_STEP, random);
    SteadyForks forks =
        SteadyForks.of(
            series(List.<double[][]>of(new double[][] {warming}, new double[][] {{1, 2, 3}})));

    assertThat(forks.labelled()).hasSize(1);
    assertThat(forks.labelled().get(0).treatment()).isEqualTo(ForkSummary.Treatment.LAST_LEVEL);
    assertThat(forks.forks().get(0)[0].iterations()).isEqualTo(13);
    assertThat(Math.exp(forks.forks().get(0)[0].log())).isCloseTo(100, within(1.0));
    assertThat(forks.judged()).isEqualTo(1);
  }

  @Test
  void leavesOutWhatDriftsWhereTwoSteadyForksRemain() {
    Random random = new Random(2);
    double[] drifting = fork(Iterations.Change.DRIFT, random);
    double[] steady = fork(Iterations.Change.NONE, random);
    double[] other = fork(Iterations.Change.NONE, random);
    SteadyForks forks =
        SteadyForks.of(
            series(List.of(new double[][] {steady, drifting, other}, new double[][] {drifting})));

    assertThat(forks.forks().get(0)).hasSize(2);
    assertThat(forks.forks().get(1)).hasSize(1);
    assertThat(forks.labelled())
        .extracting(ForkSummary.Labelled::treatment)
        .containsExactly(ForkSummary.Treatment.LEFT_OUT, ForkSummary.Treatment.KEPT);
    assertThat(forks.labelled().get(0).fork()).isEqualTo(1);
    assertThat(new ForkSummary(java.util.Optional.empty(), 4, forks.labelled()).clauses())
        .containsExactly(
            "1 fork drifts (at 64) and is left out",
            "1 fork drifts (at 128) and is kept, as fewer than two steady forks would be left");
  }

  @Test
  void changesNothingWithFiveIterations() {
    Series series = Grown.series(n -> n, Grown.doublings(64, 5), 3, 0.05, new Random(3));
    SteadyForks forks = SteadyForks.of(series);

    for (int i = 0; i < 5; i++) {
      assertThat(forks.forks().get(i))
          .extracting(SteadyForks.Fork::log)
          .containsExactlyInAnyOrder(
              java.util.Arrays.stream(series.points().get(i).sample().forkMeans())
                  .mapToObj(Math::log)
                  .toArray(Double[]::new));
    }
    assertThat(forks.judged()).isZero();
  }

  @Test
  void isToldInTheConclusion() {
    Random random = new Random(4);
    List<double[][]> cells = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double[][] forks = new double[4][];
      for (int j = 0; j < forks.length; j++) {
        forks[j] =
            fork(i == 3 && j == 1 ? Iterations.Change.LATE_STEP : Iterations.Change.NONE, random);
        for (int k = 0; k < forks[j].length; k++) {
          forks[j][k] *= Math.pow(2, i);
        }
      }
      cells.add(forks);
    }
    Analysis analysis = Analyst.analyze(series(cells), 1);

    assertThat(analysis.conclusion().law()).isEqualTo("linear");
    assertThat(analysis.conclusion().sentence())
        .endsWith("; 1 fork never settles (at 512) and is left out.");
    assertThat(analysis.forks().judged()).isEqualTo(24);
    assertThat(analysis.forks().noise()).isPresent();
  }

  /** A third of all forks drift, or warm up; the interval is narrower and still right. */
  @ParameterizedTest
  @CsvSource({"DRIFT, 5, 0.85", "LATE_STEP, 5, 0.9", "EARLY_STEP, 3, 0.6"})
  void keepsTheCoverageOfTheExponent(Iterations.Change change, int forks, double narrower) {
    Random random = new Random(9);
    double[] sizes = Grown.doublings(64, 7);
    int covered = 0;
    double width = 0;
    double widthOfMeans = 0;
    int repetitions = 250;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      List<double[][]> cells = new ArrayList<>();
      List<double[][]> means = new ArrayList<>();
      for (double size : sizes) {
        double[][] cell = new double[forks][];
        double[][] meansOfCell = new double[forks][1];
        for (int j = 0; j < forks; j++) {
          boolean off = random.nextInt(3) == 0;
          double factor = Math.pow(size, 1.3) * Math.exp(0.02 * random.nextGaussian());
          cell[j] = fork(off ? change : Iterations.Change.NONE, random);
          for (int k = 0; k < cell[j].length; k++) {
            cell[j][k] *= factor;
            meansOfCell[j][0] += cell[j][k] / cell[j].length;
          }
        }
        cells.add(cell);
        means.add(meansOfCell);
      }
      Interval interval = exponent(series(cells), repetition);
      Interval ofMeans = exponent(series(means), repetition);
      covered += interval.contains(1.3) ? 1 : 0;
      width += interval.high() - interval.low();
      widthOfMeans += ofMeans.high() - ofMeans.low();
    }
    assertThat((double) covered / repetitions).isBetween(0.91, 0.99);
    assertThat(width / widthOfMeans).isLessThan(narrower);
  }

  private static Interval exponent(Series series, long seed) {
    Observations data = Observations.of(series);
    return Exponent.of(data, PowerFit.of(data.sizes(), data.logs(), data.weights()), seed);
  }
}
