package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Crossings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossingsTableTest {

  private static Study models() {
    Study study = Studies.models();
    return study.withCrossings(Crossings.of(study.findings(), 1));
  }

  @Test
  void sumsUpEachAspect() {
    List<Page.Crossovers> all = new CrossingsTable(models()).byAspect();

    assertThat(all)
        .extracting(Page.Crossovers::aspect)
        .containsExactly("prefill", "decode", "generate");
    assertThat(all.get(0).summary()).startsWith("Of 10 pairs, ").endsWith(".");
    assertThat(all)
        .flatMap(Page.Crossovers::sentences)
        .anySatisfy(s -> assertThat(s.sentence()).contains(" is faster than transformer"));
  }

  @Test
  void hasARowForEveryPair() {
    assertThat(new CrossingsTable(models()).rows())
        .hasSize(30)
        .allSatisfy(row -> assertThat(row.said()).isNotEmpty());
  }

  @Test
  void standsInEveryReport() throws IOException {
    Study study = models();

    assertThat(Templates.html(study, List.of()))
        .contains("<h2 id=\"crossovers-title\">Crossovers</h2>", "All 30 pairs");
    assertThat(Templates.markdown(study, List.of())).contains("## Crossovers", "**prefill**");
    assertThat(SummaryTable.text(study, 80)).contains("\nCrossovers:\n");
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    FitsJson.write(study, json);
    assertThat(json.toString(StandardCharsets.UTF_8))
        .contains("\"crossovers\" : [", "\"ratioAtLargest\"");
  }

  @Test
  void escapesNames() {
    Study study = Studies.models();
    List<Study.Finding> hostile =
        study.findings().stream()
            .filter(f -> f.aspect().equals("prefill"))
            .limit(2)
            .map(
                f ->
                    new Study.Finding(
                        Studies.HOSTILE + f.subject(),
                        f.aspect(),
                        f.series(),
                        f.analysis(),
                        f.theory()))
            .toList();
    Study named =
        new Study("", hostile, study.environment(), List.of())
            .withCrossings(Crossings.of(hostile, 1));

    assertThat(Templates.html(named, List.of())).doesNotContain(Studies.HOSTILE);
  }

  @Test
  void saysNothingWhereNothingIsCompared() {
    assertThat(new CrossingsTable(Studies.models()).sentences()).isEmpty();
    assertThat(Templates.html(Studies.models(), List.of())).doesNotContain("crossovers-title");
  }
}
