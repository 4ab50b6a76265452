package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseSplitTest {

  private static Optional<NoiseSplit> of(List<double[][]> cells) {
    return Observations.of(Grown.series(Grown.doublings(8, cells.size()), cells, Unit.NANOS_PER_OP))
        .summary()
        .noise();
  }

  /** Forks and iterations are as unbalanced as may be: 2 to 6 forks of 4 to 12 iterations. */
  @ParameterizedTest
  @CsvSource({"0.021, 0.008, 0", "0.02, 0.06, 0", "0.03, 0.03, 0.4", "0, 0.03, 0"})
  void splitsWithoutBias(double between, double within, double correlation) {
    Random random = new Random(41);
    int repetitions = 200;
    double betweenSquares = 0;
    double withinSquares = 0;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      List<double[][]> cells = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        double[][] forks = new double[2 + random.nextInt(5)][];
        for (int j = 0; j < forks.length; j++) {
          int count = correlation > 0 ? 40 : 4 + random.nextInt(9);
          double factor = Math.exp(between * random.nextGaussian());
          forks[j] =
              new Iterations(count, within, correlation, false)
                  .draw(Iterations.Change.NONE, 0, random);
          for (int k = 0; k < count; k++) {
            forks[j][k] *= factor;
          }
        }
        cells.add(forks);
      }
      NoiseSplit split = of(cells).orElseThrow();
      betweenSquares += split.between() * split.between();
      withinSquares += split.within() * split.within();
    }
    // Where there is nothing between forks, what is not negative lies a little above it.
    assertThat(Math.sqrt(betweenSquares / repetitions))
        .isCloseTo(between, within(Math.max(0.06 * between, 0.2 * within)));
    assertThat(Math.sqrt(withinSquares / repetitions)).isCloseTo(within, within(0.06 * within));
  }

  @Test
  void holdsForAHandMadeExample() {
    // Fork means 90 and 110 of two iterations each, 10 apart.
    NoiseSplit split = NoiseSplit.of(0.02, 1, 0.005, 2, 2, 0);

    assertThat(split.between()).isCloseTo(Math.sqrt(0.0175), within(1e-12));
    assertThat(split.iterationsShare()).isCloseTo(0.125, within(1e-12));
    assertThat(split.narrowerByIterations()).isCloseTo(1 - Math.sqrt(0.9375), within(1e-12));
    assertThat(split.betweenDegrees())
        .isCloseTo(0.0175 * 0.0175 / (0.0004 + 0.0025 * 0.0025 / 2), within(1e-9));
    assertThat(split.bestIterations(7, 1)).isCloseTo(Math.sqrt(7 * 0.005 / 0.0175), within(1e-9));
  }

  @Test
  void saysWhatWouldNarrowTheIntervals() {
    assertThat(NoiseSplit.of(0.021 * 0.021, 10, 0.008 * 0.008, 100, 10, 0).sentence())
        .isEqualTo(
            "Forks vary by 2.1 %, iterations within a fork by 0.8 %: more forks would narrow the"
                + " intervals, more iterations hardly.");
    assertThat(NoiseSplit.of(0.0009, 10, 0.002, 40, 4, 0).sentence())
        .isEqualTo(
            "Forks vary by 2.0 %, iterations within a fork by 4.5 %: twice the forks would narrow"
                + " the intervals by 29 %, twice the iterations by 15 %.");
    assertThat(NoiseSplit.of(0.0001, 10, 0.0016, 40, 4, 0).sentence())
        .isEqualTo(
            "Forks vary no more than their iterations, which vary by 4.0 %, explain: more"
                + " iterations would narrow the intervals as much as more forks.");
  }

  @Test
  void isAbsentWithOneForkASizeOrOneIterationAFork() {
    assertThat(of(List.of(new double[][] {{9, 10}}, new double[][] {{20, 21}}))).isEmpty();
    assertThat(of(List.of(new double[][] {{9}, {10}}, new double[][] {{20}, {21}}))).isEmpty();
  }

  @Test
  void rejectsWhatIsNoSplit() {
    assertThatThrownBy(() -> new NoiseSplit(-1, 1, 1, 1, 1, 1, 0))
        .hasMessage("deviations (-1.0, 1.0, 1.0) must not be negative");
    assertThatThrownBy(() -> new NoiseSplit(1, 1, 1, 1, 1, 0, 0))
        .hasMessage("iterations (0.0) must be at least 1");
    assertThatThrownBy(() -> new NoiseSplit(1, 1, 1, 1, 1, 1, Double.NaN))
        .hasMessage("correlation (NaN) must be at least 0 and below 1");
  }

  @Test
  void rejectsFreeForks() {
    NoiseSplit split = NoiseSplit.of(0.02, 1, 0.005, 2, 2, 0);
    assertThatThrownBy(() -> split.bestIterations(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("costs (0.0, 1.0) must be positive");
  }
}
