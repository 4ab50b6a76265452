package dev.ordo.reports.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ordo.reports.Studies;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTest {

  private static final String FAMILY = "👩‍👩‍👧‍👦";

  @Test
  void replacesWhatCouldSteerATerminal() {
    assertThat(Text.clean("a\u001b[31mb\u0000c")).isEqualTo("a�[31mb�c");
    assertThat(Text.clean("a\u202Eb\u2066c")).isEqualTo("a�b�c");
    assertThat(Text.clean("a\tb\nc\u2028d\u00A0e")).isEqualTo("a b c d e");
    assertThat(Text.clean("a\ud800b\uFFFFc")).isEqualTo("a�b�c");
    assertThat(Text.clean("漢字 " + FAMILY)).isEqualTo("漢字 " + FAMILY);
  }

  @Test
  void countsColumns() {
    assertThat(Text.width("abc")).isEqualTo(3);
    assertThat(Text.width("漢字")).isEqualTo(4);
    assertThat(Text.width("e\u0301")).isEqualTo(1);
    assertThat(Text.width("👍")).isEqualTo(2);
    assertThat(Text.width("❤\uFE0F")).isEqualTo(2);
    assertThat(Text.width("n² [1.95, 2.01] µs · …")).isEqualTo(22);
  }

  @Test
  void cutsAtTheEnd() {
    assertThat(Text.head("transformer", 11)).isEqualTo("transformer");
    assertThat(Text.head("transformer", 6)).isEqualTo("trans…");
    assertThat(Text.head("漢字漢字", 4)).isEqualTo("漢…");
    assertThat(Text.head("abc", 0)).isEmpty();
  }

  @Test
  void cutsInTheMiddle() {
    assertThat(Text.middle("abcdefghij", 10)).isEqualTo("abcdefghij");
    assertThat(Text.middle("abcdefghij", 7)).isEqualTo("abc…hij");
    assertThat(Text.middle("abcdefghij", 2)).isEqualTo("a…");
  }

  @Test
  void neverCutsACharacterInTwo() {
    assertThat(Text.head("ab" + FAMILY + "c", 5)).isEqualTo("ab…");
    assertThat(Text.middle("e\u0301e\u0301e\u0301e\u0301", 3)).isEqualTo("e\u0301…e\u0301");
  }

  @Test
  void cutTextsFit() {
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      String text = Text.clean(Studies.hostile(random));
      int columns = random.nextInt(40);
      assertThat(Text.width(Text.head(text, columns))).isLessThanOrEqualTo(columns);
      assertThat(Text.width(Text.middle(text, columns))).isLessThanOrEqualTo(columns);
    }
  }

  @Test
  void wrapsAtBlanks() {
    assertThat(Text.wrap("one two three four", 10, "  "))
        .containsExactly("one two", "  three", "  four");
  }

  @Test
  void breaksWordsThatAreTooLong() {
    assertThat(Text.wrap("a abcdefghijklmnop", 10, "  "))
        .containsExactly("a", "  abcdefgh", "  ijklmnop");
  }

  @Test
  void wrappedLinesFitAndLoseNothing() {
    Random random = new Random(12);
    for (int i = 0; i < 2000; i++) {
      String text = Text.clean(Studies.hostile(random));
      int columns = 10 + random.nextInt(40);
      List<String> lines = Text.wrap(text, columns, "  ");
      assertThat(lines).allMatch(line -> Text.width(line) <= columns);
      assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }
  }

  @Test
  void rejectsLinesWithoutRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Text.wrap("text", 9, ""))
        .withMessage("columns (9) must be at least 10 and hold the indent and 4 more");
  }
}
