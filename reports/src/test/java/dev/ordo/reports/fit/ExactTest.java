package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ExactTest {

  private static final double[] SIZES = Grown.doublings(64, 5);

  @Test
  void sameBytesAreConstant() {
    Analysis analysis = of(n -> 12288);
    assertThat(analysis.conclusion().law()).isEqualTo("constant");
    assertThat(analysis.conclusion().sentence())
        .isEqualTo("Memory is the same 12288 B at all 5 sizes.");
    assertThat(analysis.exponent()).contains(new Interval(0, 0, 0, 0.95));
  }

  @Test
  void proportionalBytesAreLinear() {
    Analysis analysis = of(n -> 512 * n);
    assertThat(analysis.conclusion().law()).isEqualTo("linear");
    assertThat(analysis.conclusion().sentence())
        .isEqualTo("Memory is 512·n B, to the byte at all 5 sizes.");
    assertThat(analysis.best().orElseThrow().name()).isEqualTo("b·n");
    assertThat(analysis.exponent().orElseThrow().value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aLineAboveAConstantHasBothCoefficients() {
    Analysis analysis = of(n -> 40960 + 512 * n);
    assertThat(analysis.conclusion().law()).isEqualTo("overhead + linear");
    assertThat(analysis.conclusion().sentence()).startsWith("Memory is 40960 + 512·n B,");
    assertThat(analysis.best().orElseThrow().terms())
        .containsExactly(new Fit.Term(40960, 0, 0), new Fit.Term(512, 1, 0));
    Interval exponent = analysis.exponent().orElseThrow();
    assertThat(exponent.low()).isEqualTo(exponent.high()).isBetween(0.5, 0.99);
    assertThat(of(n -> 16 + 512 * n).conclusion().law()).isEqualTo("linear");
    assertThat(of(n -> 512 * n - 512).conclusion().sentence())
        .startsWith("Memory is −512 + 512·n B,".replace('−', '-'));
  }

  @Test
  void aParabolaIsQuadratic() {
    assertThat(of(n -> 8 * n * n).conclusion().law()).isEqualTo("quadratic");
    assertThat(of(n -> 8 * n * n + 96 * n).conclusion().law()).isEqualTo("linear + quadratic");
    assertThat(of(n -> 2 * n * (n + 1)).conclusion().bounds())
        .contains(Bounds.of(Growth.QUADRATIC));
  }

  @Test
  void needsOneSizeMoreThanCoefficients() {
    assertThat(Exact.of(series(n -> 512 * n, 64, 128))).isEmpty();
    assertThat(Exact.of(series(n -> 512 * n, 64, 128, 256))).isPresent();
    assertThat(Exact.of(series(n -> n * n, 64, 128, 256))).isEmpty();
    assertThat(Exact.of(series(n -> n * n, 64, 128, 256, 512))).isPresent();
  }

  @Test
  void leavesOtherGrowthAndNoiseToStatistics() {
    assertThat(Exact.of(series(n -> Math.rint(n * Math.log(n)), SIZES))).isEmpty();
    assertThat(Exact.of(series(n -> n * n * n, SIZES))).isEmpty();
    assertThat(Exact.of(series(n -> 1e6 - n, SIZES))).isEmpty();
    assertThat(Exact.of(series(n -> n + 0.25, SIZES))).isEmpty();
    Series differing =
        Grown.series(
            new double[] {1, 2, 3},
            List.of(new double[][] {{5}, {5}}, new double[][] {{5}, {6}}, new double[][] {{5}}),
            Unit.BYTES);
    assertThat(Exact.of(differing)).isEmpty();
    assertThat(Exact.of(Grown.exact(n -> 512 * n, SIZES, Unit.NANOS_PER_OP))).isEmpty();
    assertThat(Analyst.analyze(series(n -> n * n * n, SIZES), 1).conclusion().law())
        .isEqualTo("cubic");
  }

  @Test
  void isExactForLargeMemories() {
    assertThat(of(n -> 1e12 + 3 * n * n * 1e4 + 7 * n).conclusion().sentence())
        .startsWith("Memory is 1000000000000 + 7·n + 30000·n² B,");
  }

  private static Analysis of(DoubleUnaryOperator bytes) {
    return Exact.of(series(bytes, SIZES)).orElseThrow();
  }

  private static Series series(DoubleUnaryOperator bytes, double... sizes) {
    return Grown.exact(bytes, sizes, Unit.BYTES);
  }
}
