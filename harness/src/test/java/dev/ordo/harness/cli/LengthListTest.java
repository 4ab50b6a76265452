package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthListTest {

  @Test
  void readsNumbersAndRangesAscendingAndOnce() {
    assertThat(LengthList.of("512, 64..256,128,100").lengths())
        .containsExactly(64, 100, 128, 256, 512);
  }

  @Test
  void endsARangeAtTheLastDoublingThatFits() {
    assertThat(LengthList.of("3..20").lengths()).containsExactly(3, 6, 12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "64,",
        "0",
        "-64",
        "1.5",
        "x",
        "64..",
        "..64",
        "64...128",
        "128..64",
        "99999999999",
        "1..2..3",
        "16777217"
      })
  void rejectsWhatIsNoListOfLengths(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LengthList.of(text))
        .withMessageContaining("length");
  }
}
