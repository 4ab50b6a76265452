package dev.ordo.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateConfigTest {

  @TempDir private Path directory;

  private GateConfig read(String text) throws IOException {
    return GateConfig.read(Files.writeString(directory.resolve("ordo.yml"), text));
  }

  @Test
  void readsAllKeys() throws IOException {
    GateConfig config =
        read(
            """
            # what must hold
            margin: 5%
            alpha: 0.01
            inconclusive: pass
            ignore:
              - "*.train"
              - transformer.generate@4096
            laws:
              mamba.decode: O(1)
              parser.*: O(n)
            rnn.prefill: O(n log n)
            """);

    assertThat(config.margin()).hasValue(0.05);
    assertThat(config.alpha()).hasValue(0.01);
    assertThat(config.inconclusiveFails()).hasValue(false);
    assertThat(config.ignored())
        .extracting(NamePattern::text)
        .containsExactly("*.train", "transformer.generate@4096");
    assertThat(config.declared())
        .extracting(d -> d.law().text())
        .containsExactly("O(1)", "O(n)", "O(n log n)");
    assertThat(config.declared().get(1).place()).endsWith("ordo.yml:10");
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    assertThat(read("")).isEqualTo(GateConfig.NONE);
    assertThat(read("# nothing\n")).isEqualTo(GateConfig.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mragin: 5% | ordo.yml:1: unknown key 'mragin': expected one of margin",
        "margin: much | ordo.yml:1: key 'margin': expected a number like 5%",
        "margin: [1] | key 'margin': expected a number like 5% or 0.05, found a list",
        "alpha: 0.9 | key 'alpha': expected a number above 0 and at most 0.5",
        "inconclusive: maybe | key 'inconclusive': expected fail or pass, found 'maybe'",
        "laws: O(n) | key 'laws': expected patterns with laws",
        "'laws: {a: fast}' | law of 'a': expected one like O(1)",
        "'laws: {a: O(n+m)}' | law of 'a': expected one like O(1)",
        "'laws: {a: [1]}' | key 'a': expected a law like O(n), found a list",
        "'{margin: 1%, margin: 2%}' | margin",
        "'ignore: {a: b}' | key 'ignore': expected a list of patterns, found keys with values",
        "'[1, 2]' | the file: expected keys with values",
        "'margin: {{' | ordo.yml",
        "margin: \"x | not YAML",
        "'- a\n b: c\n: d' | expected"
      })
  void refusesWhatItDoesNotUnderstandInOneLine(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("ordo.yml")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "O(1), 0, 0",
    "O(log n), 0, 1",
    "O(log(n)), 0, 1",
    "O(sqrt n), 0.5, 0",
    "O(√n), 0.5, 0",
    "O(n), 1, 0",
    "O(L), 1, 0",
    "O(n log n), 1, 1",
    "O(n·log n), 1, 1",
    "O(n^1.5), 1.5, 0",
    "O(n²), 2, 0",
    "O(n^2 log n), 2, 1",
    "O(n^3), 3, 0"
  })
  void readsLaws(String text, double power, int logPower) {
    DeclaredLaw law = DeclaredLaw.parse(text).orElseThrow();

    assertThat(law.power()).isEqualTo(power);
    assertThat(law.logPower()).isEqualTo(logPower);
  }

  @ParameterizedTest
  @CsvSource({"O()", "n", "O(n", "O(2)", "O(n m)", "O(n log m)", "O(n^99)", "o(n)", "''"})
  void isNoLaw(String text) {
    assertThat(DeclaredLaw.parse(text)).isEmpty();
  }
}
