package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.Footprint;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageDataTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void dataInAScriptCannotEndIt() throws IOException {
    String json = "[\"</script><script>alert(1)</script><!--&\u2028\u2029\"]";
    String embedded = PageData.embedded(json);
    assertThat(embedded).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(MAPPER.readTree(embedded)).isEqualTo(MAPPER.readTree(json));
  }

  @Test
  void holdsEveryIterationAndTheFits() throws IOException {
    Study study = Studies.odd();
    JsonNode data = MAPPER.readTree(PageData.report(study));
    assertThat(data.get("measurements")).hasSize(study.findings().size());
    Series series = study.findings().get(0).series();
    JsonNode first = data.get("measurements").get(0);
    assertThat(first.get("benchmark").textValue()).isEqualTo(series.benchmark());
    assertThat(first.get("unit").textValue()).isEqualTo("ns/op");
    JsonNode fork = first.get("points").get(1).get("forks").get(0);
    double[] iterations = series.points().get(1).sample().fork(0);
    assertThat(fork).hasSize(iterations.length);
    assertThat(fork.get(0).doubleValue()).isEqualTo(iterations[0]);
    ByteArrayOutputStream fits = new ByteArrayOutputStream();
    FitsJson.write(study, fits);
    assertThat(data.get("claims").textValue())
        .isEqualTo(Templates.latex("claims.ftlt", study))
        .contains("toprule");
    assertThat(data.get("fits")).isEqualTo(MAPPER.readTree(fits.toByteArray()));
  }

  @Test
  void rowsBeyondTheFirstAreData() throws IOException {
    Page.Amount size = new Page.Amount("1M", 1e6);
    Page.Datum row = new Page.Datum("<b>", "time", size, size, size, size, 3, 15);
    assertThat(PageData.more(Collections.nCopies(PageData.MOST_ROWS, row))).isEmpty();
    JsonNode rows =
        MAPPER.readTree(PageData.more(Collections.nCopies(PageData.MOST_ROWS + 2, row)));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).get(0).textValue()).isEqualTo("<b>");
    assertThat(rows.get(1).get(2).get(0).textValue()).isEqualTo("1M");
    assertThat(rows.get(1).get(2).get(1).doubleValue()).isEqualTo(1e6);
    assertThat(rows.get(1).get(6).textValue()).isEqualTo("3");
  }

  @Test
  void holdsMemoryUnderItsMetric() throws IOException {
    Study study = Studies.parallel(List.of("mamba"), 1, 2);
    JsonNode data = MAPPER.readTree(PageData.report(study));
    assertThat(data.get("measurements").findValuesAsText("metric"))
        .contains("", Footprint.KEPT, Footprint.ALLOCATED);
  }
}
