package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "a|b → a\\|b",
        "<img src=x> → &lt;img src=x&gt;",
        "R&D → R&amp;D",
        "*a* _b_ `c` ~d~ → \\*a\\* \\_b\\_ \\`c\\` \\~d\\~",
        "[x](y) → \\[x\\](y)",
        "a\\b → a\\\\b",
        "$x$ #1 → \\$x\\$ \\#1",
        "- item → \\- item",
        "+ item → \\+ item",
        "--- → \\---",
        "=== → \\===",
        "1. item → 1\\. item",
        "12) item → 12\\) item",
        "1.98 → 1.98",
        "-0.03 → -0.03",
        "a - b → a - b"
      })
  void marksLoseTheirMeaning(String plain, String escaped) {
    assertThat(MarkdownFormat.INSTANCE.escapePlainText(plain)).isEqualTo(escaped);
  }

  @Test
  void mentionsTellNobody() {
    assertThat(MarkdownFormat.INSTANCE.escapePlainText("@all")).isEqualTo("@<!-- -->all");
  }

  @Test
  void linesStayOneLine() {
    assertThat(MarkdownFormat.INSTANCE.escapePlainText("a\nb\r\nc")).isEqualTo("a b  c");
  }
}
