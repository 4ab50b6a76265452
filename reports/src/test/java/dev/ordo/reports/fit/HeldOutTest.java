package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  private static final double[] SIZES = Grown.doublings(64, 7);

  private static Optional<HeldOut> heldOut(Series series) {
    return Analyst.analyze(series, 1).heldOut();
  }

  private static Analysis analysis(DoubleUnaryOperator curve) {
    Series series = Grown.series(curve, SIZES, 3, 0.01, new SplittableRandom(2));
    return Analyst.analyze(series, 1);
  }

  @Test
  void theLargestSizeIsPredictedFromTheOthers() {
    HeldOut check = analysis(n -> 20_000 + 450 * n).heldOut().orElseThrow();
    double truth = 20_000 + 450 * 4096.0;
    assertThat(check.size()).isEqualTo(4096);
    assertThat(check.measured()).isCloseTo(truth, within(0.02 * truth));
    assertThat(check.predicted().value()).isCloseTo(truth, within(0.03 * truth));
    assertThat(check.holds()).isTrue();
    assertThat(check.ratio().value()).isEqualTo(check.measured() / check.predicted().value());
    assertThat(check.ratio().contains(1)).isTrue();
    assertThat(check.law()).isEqualTo("a + b·n");
  }

  @Test
  void saysItInOneSentence() {
    HeldOut check = new HeldOut(4096, new Interval(1.83e6, 1.70e6, 1.98e6, 0.95), 1.81e6, "b·n");
    assertThat(check.sentence(Unit.NANOS_PER_OP))
        .isEqualTo("Without 4096, the fit predicts 1.83 ms [1.70, 1.98]; measured 1.81 ms, ×0.99.");
  }

  @Test
  void aCheckThatFailsStandsInTheConclusion() {
    Analysis analysis = analysis(n -> n == 4096 ? 900 * n : 450 * n);
    HeldOut check = analysis.heldOut().orElseThrow();
    assertThat(check.holds()).isFalse();
    assertThat(check.ratio().low()).isGreaterThan(1);
    assertThat(check.sentence(Unit.NANOS_PER_OP)).endsWith(", outside the interval.");
    assertThat(analysis.conclusion().sentence())
        .contains("; the check fails: without 4096, the fit predicts ")
        .contains(" there, measured is 3.7")
        .endsWith(").");
    assertThat(analysis(n -> 450 * n).conclusion().sentence()).doesNotContain("check");
  }

  @Test
  void needsFiveSizesAndPositiveValues() {
    assertThat(heldOut(Grown.exact(n -> n, Grown.doublings(8, 4), Unit.NANOS_PER_OP))).isEmpty();
    assertThat(heldOut(Grown.exact(n -> n, Grown.doublings(8, 5), Unit.NANOS_PER_OP))).isPresent();
    assertThat(heldOut(Grown.exact(n -> n - 64, SIZES, Unit.NANOS_PER_OP))).isEmpty();
    assertThat(heldOut(Grown.exact(n -> 0, SIZES, Unit.BYTES_PER_OP))).isEmpty();
  }

  @Test
  void countedBytesNeedNoCheck() {
    assertThat(heldOut(Grown.exact(n -> 8 * n, SIZES, Unit.BYTES))).isEmpty();
  }
}
