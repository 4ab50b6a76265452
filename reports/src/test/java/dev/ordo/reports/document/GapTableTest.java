package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Gap;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GapTableTest {

  private static final Gap HOSTILE =
      new Gap(
          Studies.HOSTILE + "\u001b[31m",
          "prefill",
          64,
          Map.of("threads", "2"),
          3,
          1,
          "threw",
          "threw <script>|\nsomething");

  private static Study study(List<Gap> gaps) {
    return new Study("", List.of(), Map.of(), List.of()).withGaps(gaps);
  }

  @Test
  void hasARowForEachGap() {
    List<Page.Gap> rows = new GapTable(study(List.of(HOSTILE))).rows();

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).size()).isEqualTo("64");
    assertThat(rows.get(0).settings()).isEqualTo("threads 2");
    assertThat(rows.get(0).failed()).isEqualTo(1);
    assertThat(rows.get(0).subject()).doesNotContain("\u001b");
  }

  @Test
  void namesTheFirstGapsInATerminal() {
    List<Gap> gaps = new ArrayList<>();
    for (int size = 1; size <= 7; size++) {
      gaps.add(new Gap("rnn", "decode", size, Map.of(), 0, 1, "killed", "gone"));
    }

    assertThat(new GapTable(study(gaps)).sentences())
        .hasSize(2 + 5 + 1)
        .startsWith("", "Failed or left out:", "rnn, decode, size 1: gone")
        .endsWith("and 2 more, which the report lists.");
    assertThat(new GapTable(study(List.of())).sentences()).isEmpty();
  }

  @Test
  void isEscapedInThePages() {
    String html = Templates.html(study(List.of(HOSTILE)), List.of());
    assertThat(html).contains("threw &lt;script&gt;").doesNotContain("<script>|");
    String markdown = Templates.markdown(study(List.of(HOSTILE)), List.of());
    assertThat(markdown.lines().filter(line -> line.contains("something")))
        .singleElement()
        .asString()
        .doesNotContain("<script>|");
  }
}
