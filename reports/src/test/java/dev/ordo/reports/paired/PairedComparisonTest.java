package dev.ordo.reports.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.compare.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {

  private static final double[] WOBBLE = {0.99, 1.01, 1.0, 1.005, 0.995, 1.002, 0.998, 1.0};

  @Test
  void callsARegressionOnlyOnceItWasSeenTwice() {
    PairedCell once = new PairedCell("a.decode", 64, pairs(1.3, 4), List.of());
    PairedCell twice = new PairedCell("a.decode", 64, pairs(1.3, 4), pairs(1.3, 4));

    CellFinding suspected = only(once);
    assertThat(suspected.change()).isEqualTo(Change.INCONCLUSIVE);
    assertThat(suspected.suspected()).isTrue();
    assertThat(suspected.doubtful()).isTrue();
    assertThat(only(twice).change()).isEqualTo(Change.SLOWER);
    assertThat(only(twice).ratio().orElseThrow().contains(1.3)).isTrue();
  }

  @Test
  void dropsASuspicionThatFreshPairsDoNotShare() {
    CellFinding found = only(new PairedCell("a.decode", 64, pairs(1.3, 4), pairs(1, 8)));

    assertThat(found.change()).isEqualTo(Change.UNCHANGED);
    assertThat(found.suspected()).isTrue();
    assertThat(found.doubtful()).isFalse();
  }

  @Test
  void tellsFasterAndUnchangedAtOnce() {
    assertThat(only(new PairedCell("a.decode", 64, pairs(0.7, 4), List.of())).change())
        .isEqualTo(Change.FASTER);
    assertThat(only(new PairedCell("a.decode", 64, pairs(1.01, 8), List.of())).change())
        .isEqualTo(Change.UNCHANGED);
  }

  @Test
  void neverCallsAnythingUnchangedWithoutAMargin() {
    PairedComparison comparison =
        PairedComparison.of(
            List.of(new PairedCell("a.decode", 64, pairs(1, 8), List.of())),
            new PairedOptions(0, 0.05, 16));

    assertThat(comparison.cells().get(0).change()).isEqualTo(Change.INCONCLUSIVE);
  }

  @Test
  void rulesARegressionOutWhereAnImprovementIsNotCertain() {
    CellFinding found = only(new PairedCell("a.decode", 64, pairs(0.952, 8), List.of()));

    assertThat(found.change()).isEqualTo(Change.INCONCLUSIVE);
    assertThat(found.excluded()).isTrue();
    assertThat(found.doubtful()).isFalse();
  }

  @Test
  void findsThatTheRatioGrows() {
    TrendFinding grows = trend(n -> Math.pow(n / 64, 0.9), true);

    assertThat(grows.change()).isEqualTo(Change.SLOWER);
    assertThat(grows.exponent().contains(0.9)).isTrue();
    assertThat(grows.top().value()).isBetween(29.0, 33.0);
    assertThat(trend(n -> Math.pow(n / 64, 0.9), false).suspected()).isTrue();
    assertThat(trend(n -> 1, false).change()).isEqualTo(Change.UNCHANGED);
    assertThat(trend(n -> Math.pow(n / 64, -0.9), false).change()).isEqualTo(Change.FASTER);
  }

  @Test
  void takesALossOfFixedCostForNoWorseLaw() {
    TrendFinding found = trend(n -> 1 - 0.5 * 64 / n, false);

    assertThat(found.suspected()).isFalse();
    assertThat(found.exponent().low()).isPositive();
  }

  @Test
  void measuresAllSizesOfASuspiciousSeriesAgain() {
    List<PairedCell> cells = series(n -> n < 300 ? 1 : Math.pow(n / 256, 0.9), 4, 0);
    PairedComparison comparison = PairedComparison.of(cells, PairedOptions.DEFAULT);

    assertThat(comparison.cells()).anyMatch(cell -> !cell.suspected());
    assertThat(comparison.suspects()).hasSameSizeAs(cells);
  }

  @Test
  void isTheSameInAnyOrderOfCells() {
    List<PairedCell> cells = new ArrayList<>(series(n -> 1.3, 4, 4));
    PairedComparison there = PairedComparison.of(cells, PairedOptions.DEFAULT);
    java.util.Collections.reverse(cells);
    PairedComparison back = PairedComparison.of(cells, PairedOptions.DEFAULT);

    assertThat(back.cells()).containsExactlyInAnyOrderElementsOf(there.cells());
  }

  @Test
  void reportsTheWorst() {
    assertThat(outcome(1.3, List.of())).isEqualTo(Outcome.REGRESSED);
    assertThat(outcome(1, List.of())).isEqualTo(Outcome.PASSED);
    assertThat(outcome(1, List.of(new PairedReport.Uncompared("x", false, "left out"))))
        .isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(outcome(1, List.of(new PairedReport.Uncompared("x", true, "it fails"))))
        .isEqualTo(Outcome.REGRESSED);
  }

  @Test
  void rejectsWhatCannotBe() {
    assertThatThrownBy(() -> new PairedOptions(-0.1, 0.05, 8))
        .hasMessageContaining("margin (-0.1)");
    assertThatThrownBy(() -> new PairedOptions(0.1, 0, 8)).hasMessageContaining("alpha (0.0)");
    assertThatThrownBy(() -> new Pair(1, Double.NaN)).hasMessageContaining("candidate (NaN)");
    assertThatThrownBy(() -> new PairedCell("a", 0, List.of(), List.of()))
        .hasMessageContaining("size (0.0)");
  }

  private static Outcome outcome(double ratio, List<PairedReport.Uncompared> uncompared) {
    List<PairedCell> cells =
        List.of(new PairedCell("a.decode", 64, pairs(ratio, 8), pairs(ratio, 8)));
    return new PairedReport(
            "base",
            "candidate",
            "length",
            PairedComparison.of(cells, PairedOptions.DEFAULT),
            uncompared,
            List.of(),
            java.util.Map.of())
        .outcome();
  }

  private static TrendFinding trend(DoubleUnaryOperator ratio, boolean again) {
    return PairedComparison.of(series(ratio, 8, again ? 8 : 0), PairedOptions.DEFAULT)
        .trends()
        .get(0);
  }

  private static List<PairedCell> series(DoubleUnaryOperator ratio, int first, int again) {
    return IntStream.of(64, 128, 256, 512, 1024, 2048, 4096)
        .mapToObj(
            n ->
                new PairedCell(
                    "a.decode",
                    n,
                    pairs(ratio.applyAsDouble(n), first, n),
                    pairs(ratio.applyAsDouble(n), again, n)))
        .toList();
  }

  private static CellFinding only(PairedCell cell) {
    return PairedComparison.of(List.of(cell), PairedOptions.DEFAULT).cells().get(0);
  }

  private static List<Pair> pairs(double ratio, int count) {
    return pairs(ratio, count, 0);
  }

  /** A base that wobbles by a per cent, each size in its own way. */
  private static List<Pair> pairs(double ratio, int count, int size) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Pair(1e6 * WOBBLE[(i * (1 + size % 7) + size) % 8], 1e6 * ratio))
        .toList();
  }
}
