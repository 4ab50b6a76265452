package dev.ordo.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  private static final Unit OPS = new Unit("ops/s", Unit.Dimension.OTHER);

  @ParameterizedTest
  @CsvSource({
    "64, 64",
    "4096, 4096",
    "65536, 65536",
    "999999, 999999",
    "1e6, 1M",
    "2.5e6, 2.5M",
    "1048576, 1048576",
    "1e9, 1000M",
    "0.5, 0.5",
    "12.345678, 12.35",
    "Infinity, ∞"
  })
  void writesSizes(double size, String text) {
    assertThat(Figures.size(size)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1.83e6; 1.7e6; 1.984e6; 1.83 ms [1.70, 1.98]",
        "999; 900; 1200; 999 ns [900, 1200]",
        "1.83e6; 12e3; 2.34e10; 1.83 ms [12.0 µs, 23.4 s]",
        "1.83e6; 1e6; Infinity; 1.83 ms [1.00 ms, ∞]",
        "2.7e13; 2.2e13; 3.3e13; 7.50 h [6.11, 9.17]",
        "3e12; 1e9; 1e16; 3000 s [1.00 s, 2780 h]",
        "0; 0; 0; 0 ns [0, 0]"
      })
  void writesEstimatesInOneUnitWhereTheirEndsAllow(
      double value, double low, double high, String text) {
    assertThat(Figures.estimate(new Interval(value, low, high, 0.95), Unit.NANOS_PER_OP))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"409.7, 410", "12.34, 12.3", "123456, 123000", "0, 0", "Infinity, ∞"})
  void roundsEstimatedSizes(double size, String text) {
    assertThat(Figures.roughSize(size)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "0.0012, 1.20 ps",
    "1, 1.00 ns",
    "24, 24.0 ns",
    "999.4, 999 ns",
    "999.6, 1.00 µs",
    "1234, 1.23 µs",
    "1234567, 1.23 ms",
    "-1234567, -1.23 ms",
    "987654321, 988 ms",
    "4.2e12, 4200 s",
    "NaN, NaN"
  })
  void writesTimesInTheFittingUnit(double nanos, String text) {
    assertThat(Figures.value(nanos, Unit.NANOS_PER_OP)).isEqualTo(text);
  }

  @Test
  void writesMemoryInPowersOfThousand() {
    assertThat(Figures.value(24, Unit.BYTES_PER_OP)).isEqualTo("24.0 B");
    assertThat(Figures.value(4096, Unit.BYTES_PER_OP)).isEqualTo("4.10 kB");
  }

  @Test
  void keepsTheSymbolOfOtherUnits() {
    assertThat(Figures.value(12.3456, OPS)).isEqualTo("12.3 ops/s");
  }

  @Test
  void writesTicksWithoutZerosAtTheEnd() {
    assertThat(Figures.tick(1e6, Unit.NANOS_PER_OP)).isEqualTo("1 ms");
    assertThat(Figures.tick(2.0000000001e5, Unit.NANOS_PER_OP)).isEqualTo("200 µs");
    assertThat(Figures.tick(0, Unit.BYTES_PER_OP)).isEqualTo("0 B");
  }

  @ParameterizedTest
  @CsvSource({"1.984, 1.98", "1, 1.00", "-0.001, 0.00", "-0.5, -0.50", "Infinity, ∞"})
  void writesExponentsWithTwoDecimals(double exponent, String text) {
    assertThat(Figures.exponent(exponent)).isEqualTo(text);
  }

  @Test
  void writesIntervals() {
    assertThat(Figures.exponents(new Interval(2, 1.951, 2.049, 0.95))).isEqualTo("[1.95, 2.05]");
    assertThat(Figures.roughSize(new Interval(410, 380, Double.POSITIVE_INFINITY, 0.95)))
        .isEqualTo("410 [380, ∞]");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 %",
    "0.0001, < 0.1 %",
    "0.021, 2.1 %",
    "0.0996, 10 %",
    "0.93, 93 %",
    "1, 100 %"
  })
  void writesShares(double share, String text) {
    assertThat(Figures.percent(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "9, 9",
    "999.6, 1k",
    "1234, 1.23k",
    "1.25e6, 1.25M",
    "3e9, 3G",
    "7e15, 7000T",
  })
  void countsHaveThreeDigits(double count, String text) {
    assertThat(Figures.count(count)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1.994, 1.99", "0.5, 0.50", "12.345, 12.3", "1e400, ∞"})
  void factorsHaveThreeDigits(double factor, String text) {
    assertThat(Figures.factor(factor)).isEqualTo(text);
  }
}
