package dev.ordo.reports.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.PairedOptions;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class PairedTrialsTest {

  @Test
  void suspectsNoMoreThanTheLevelAndCallsNextToNothing() {
    for (double alpha : new double[] {0.05, 0.01}) {
      for (boolean heavy : new boolean[] {false, true}) {
        List<CellFinding> cells =
            cells(new Noise(0.03, heavy), new PairedOptions(0, alpha, 32), n -> 1, 4000);

        assertThat(share(cells, CellFinding::suspected)).isBetween(alpha / 5, alpha);
        assertThat(share(cells, cell -> cell.change() == Change.SLOWER))
            .isLessThanOrEqualTo(2 * alpha * alpha);
      }
    }
  }

  @Test
  void findsTenPerCentAndNeverCallsThemImproved() {
    for (boolean heavy : new boolean[] {false, true}) {
      List<CellFinding> cells =
          cells(new Noise(0.014, heavy), PairedOptions.DEFAULT, n -> 1.1, 1000);

      assertThat(share(cells, cell -> cell.change() == Change.SLOWER)).isGreaterThan(0.95);
      assertThat(share(cells, cell -> cell.change() == Change.FASTER)).isZero();
    }
  }

  @Test
  void callsChangesAtTheMarginUnchangedNoMoreThanTheLevelSays() {
    List<CellFinding> cells = cells(new Noise(0.03, false), PairedOptions.DEFAULT, n -> 1.05, 2000);

    assertThat(share(cells, cell -> cell.change() == Change.UNCHANGED)).isLessThanOrEqualTo(0.05);
  }

  @Test
  void findsAWorseLawInEverySeries() {
    PairedTrials trials = new PairedTrials(new Noise(0.046, true), PairedOptions.DEFAULT);

    assertThat(IntStream.range(0, 100))
        .allMatch(i -> BenchPaired.regressed(trials.run(1, 7, n -> 1 + n / 500, i)));
  }

  @Test
  void passesSuitesInWhichNothingChanged() {
    PairedTrials trials = new PairedTrials(new Noise(0.03, true), new PairedOptions(0, 0.05, 8));

    long regressed =
        IntStream.range(0, 100)
            .filter(i -> BenchPaired.regressed(trials.run(3, 4, n -> 1, i)))
            .count();

    assertThat(regressed).isLessThanOrEqualTo(5);
  }

  private static List<CellFinding> cells(
      Noise noise, PairedOptions options, DoubleUnaryOperator ratio, int count) {
    PairedTrials trials = new PairedTrials(noise, options);
    return IntStream.range(0, count)
        .mapToObj(i -> trials.run(1, 1, ratio, 31L * i).comparison().cells().get(0))
        .toList();
  }

  private static double share(List<CellFinding> cells, Predicate<CellFinding> counted) {
    return cells.stream().filter(counted).count() / (double) cells.size();
  }
}
