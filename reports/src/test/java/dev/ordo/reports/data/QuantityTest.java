package dev.ordo.reports.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "64, 64",
    "10K, 10000",
    "10k, 10000",
    "1M, 1000000",
    "1.5M, 1500000",
    "1_000, 1000",
    "'1,000,000', 1000000",
    "1e6, 1000000",
    "1E-2, 0.01",
    "2^10, 1024",
    "2**10, 1024",
    "64KiB, 65536",
    "64KB, 64000",
    "4Ki, 4096",
    "12 MB, 12000000",
    ".5, 0.5",
    "-3, -3",
    "' 7 ', 7"
  })
  void readsNumbersAsPeopleWriteThem(String text, double expected) {
    assertThat(Quantity.parse(text)).hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "random",
        "NaN",
        "Infinity",
        "1d",
        "1f",
        "K",
        "10i",
        "1e999",
        "1-2",
        "a1"
      })
  void doesNotTakeOtherTextForANumber(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
  }
}
