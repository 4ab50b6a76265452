package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeListTest {

  @ParameterizedTest
  @CsvSource({
    "65536, 65536",
    "1e6, 1000000",
    "1E6, 1000000",
    "1e+6, 1000000",
    "10K, 10000",
    "10k, 10000",
    "2.5M, 2500000",
    "1G, 1e9",
    "0.5, 0.5",
    "1e15, 1e15"
  })
  void readsNumbersWithExponentsAndLetters(String text, double size) {
    assertThat(SizeList.of(text).sizes()).containsExactly(size);
  }

  @Test
  void keepsTheOrderAndEachSizeOnce() {
    assertThat(SizeList.of("1M, 10K,1e6,5").sizes()).containsExactly(1e6, 1e4, 5.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "1e6,",
        "-5",
        "+5",
        "0",
        "0e9",
        "x",
        "1e",
        "1KB",
        "1e6K",
        "1 000",
        "NaN",
        "Infinity",
        "1e16",
        "1e99",
        "1..5",
        "0x10",
        "1_000",
        "1e-3"
      })
  void rejectsWhatIsNoSize(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SizeList.of(text))
        .withMessageMatching("size .*must be .*");
  }

  @Test
  void rejectsMoreThanAHundred() {
    StringBuilder text = new StringBuilder("1");
    for (int size = 2; size <= 101; size++) {
      text.append(',').append(size);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SizeList.of(text.toString()))
        .withMessage("sizes (101) must be at most 100 at once");
  }
}
