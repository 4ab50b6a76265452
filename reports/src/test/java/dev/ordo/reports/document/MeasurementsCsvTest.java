package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementsCsvTest {

  @Test
  void hasOneRowForEachForkAndReadsBackAsItWas() throws IOException {
    Study study = Studies.odd();
    List<String[]> rows = read(text(study));
    assertThat(rows.get(0))
        .containsExactly(
            "benchmark",
            "mode",
            "threads",
            "Param: kind, of \"list\"",
            "Param: =1+1",
            "size parameter",
            "size",
            "fork",
            "mean",
            "unit",
            "iterations");
    int row = 1;
    for (Study.Finding finding : study.findings()) {
      Series series = finding.series();
      for (Series.Point point : series.points()) {
        for (int fork = 0; fork < point.sample().forkCount(); fork++) {
          String[] cells = rows.get(row++);
          assertThat(cells[0]).isEqualTo(series.benchmark());
          assertThat(cells[3]).isEqualTo(series.params().getOrDefault("kind, of \"list\"", ""));
          assertThat(cells[5]).isEqualTo("size|<i>");
          assertThat(Double.parseDouble(cells[6])).isEqualTo(point.size());
          assertThat(cells[7]).isEqualTo(String.valueOf(fork + 1));
          assertThat(Double.parseDouble(cells[8])).isEqualTo(point.sample().forkMeans()[fork]);
          assertThat(cells[9]).isEqualTo(point.sample().unit().symbol());
          assertThat(cells[10]).isEqualTo(String.valueOf(point.sample().fork(fork).length));
        }
      }
    }
    assertThat(rows).hasSize(row);
  }

  @Test
  void quotesAsRfc4180Says() throws IOException {
    String text = text(Studies.odd());
    assertThat(text).contains("\"Param: kind, of \"\"list\"\"\"", "\"a,b\n\"\"c\"\"\"");
    assertThat(text).endsWith("\r\n");
  }

  @Test
  void anEmptyStudyHasAHeaderOnly() throws IOException {
    assertThat(read(text(Studies.empty()))).hasSize(1);
  }

  private static List<String[]> read(String csv) throws IOException {
    try (MappingIterator<String[]> rows =
        new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .readValues(csv)) {
      return rows.readAll();
    }
  }

  private static String text(Study study) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MeasurementsCsv.write(study, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
