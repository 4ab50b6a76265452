package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandWordsTest {

  /** Words between bars; in the first column, as typed into a shell. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "python bench.py; python|bench.py",
        "`  a\t b  `; a|b",
        "sh -c 'echo \"1 2\"'; sh|-c|echo \"1 2\"",
        "a \"b \\\"c\\\" \\\\ \\n\" d; a|b \"c\" \\ \\n|d",
        "a 'b \\' c; a|b \\|c",
        "my\\ tool x\\'y; my tool|x'y",
        "a '' b; a||b",
        "a'b'\"c\"d; abcd",
        "echo $HOME *.py; echo|$HOME|*.py",
        "a b\\; a|b\\"
      })
  void partsWordsAsAShellDoes(String line, String words) {
    assertThat(String.join("|", CommandWords.of(line))).isEqualTo(words);
  }

  @Test
  void refusesAnOpenQuoteAndNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandWords.of("sh -c 'x"))
        .withMessage("--command 'sh -c 'x' must close its quote ', found the end");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandWords.of("  "))
        .withMessage("--command '  ' must name a program");
  }
}
