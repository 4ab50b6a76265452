package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessTimeTest {

  @Test
  void readsALineOfTheKernel() {
    String line = "4242 (java) S 17 4242 17 0 -1 4194304 9 0 0 0 150 25 0 0 20 0 30 0 99 1 2 3";

    assertThat(ProcessTime.parse(line)).contains(new ProcessTime(4242, 17, "java", 175));
  }

  @Test
  void readsNamesWithBlanksAndParentheses() {
    String line = "7 (tmux: (a) b) S 1 7 7 0 -1 0 0 0 0 0 3 4 0 0 20 0 1 0 9";

    assertThat(ProcessTime.parse(line)).contains(new ProcessTime(7, 1, "tmux: (a) b", 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "7 (x", "7 (x) S 1 7", "x (y) S 1 7 7 0 -1 0 0 0 0 0 3 4 0"})
  void findsNothingInOtherTexts(String line) {
    assertThat(ProcessTime.parse(line)).isEmpty();
  }
}
