package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.text.Text;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatexFormatTest {

  private static String escaped(String plain) {
    return LatexFormat.INSTANCE.escapePlainText(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\\input{x};\\textbackslash{}input\\{x\\}",
        "50 % & $x_1$ #2 ~;50 \\% \\& \\$x\\_1\\$ \\#2 \\textasciitilde{}",
        "[0.98, 1.02];{[}0.98{,} 1.02{]}",
        "[-0.21];{[}\\ensuremath{-}0.21{]}",
        "a--b * <i>|;a{-}{-}b {*} \\textless{}i\\textgreater{}\\textbar{}",
        "at most n^0.22;at most n\\textsuperscript{0.22}",
        "x^y;x\\textasciicircum{}y",
        "n … n²;n \\ldots{} n\\textsuperscript{2}",
        "1.5 µs·n;1.5 \\ensuremath{\\mu}s\\ensuremath{\\cdot}n",
        "Żółć naïve;\\.{Z}\\'{o}\\l{}\\'{c} na\\\"{i}ve",
        "漢👍;{[}U+6F22{]}{[}U+1F44D{]}",
      })
  void keepsTextAsText(String plain, String latex) {
    assertThat(escaped(plain)).isEqualTo(latex);
  }

  @Test
  void leavesNothingThatLatexObeysOrDoesNotKnow() {
    Random random = new Random(8);
    String special = "\\{}$&#_%^~-`'\"[]*?!,<>|";
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder(Text.clean(Studies.hostile(random)));
      for (int j = random.nextInt(12); j > 0; j--) {
        text.insert(
            random.nextInt(text.length() + 1), special.charAt(random.nextInt(special.length())));
      }
      String latex = escaped(text.toString());
      assertThat(latex.chars()).allMatch(c -> c >= ' ' && c < 0x7F);
      String rest =
          latex
              .replaceAll("\\\\(textbackslash|textasciicircum|textasciitilde|text[a-z]+)\\{\\}", "")
              .replaceAll("\\\\ensuremath\\{-\\}", "")
              .replaceAll("\\\\textsuperscript\\{[0-9.]+\\}", "")
              .replaceAll("\\\\[`'^~=.\"uvrcH]\\{[A-Za-z]\\}", "")
              .replaceAll("\\\\[{}$&#_%]", "")
              .replaceAll("\\{('')?[-`'\\[\\]*?!,]?\\}", "");
      assertThat(rest).doesNotContain("\\", "{", "}", "$", "&", "#", "_", "%", "^", "~", "--", "[");
    }
  }
}
