package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcerptTest {

  private static Study repeated(int times) {
    Study one = Studies.single();
    return new Study(
        one.title(),
        Collections.nCopies(times, one.findings().get(0)),
        one.environment(),
        Collections.nCopies(times, "a note"));
  }

  @Test
  void leavesStudiesThatFitAlone() {
    Study study = Studies.models();

    assertThat(Excerpt.of(study, 100)).isSameAs(study);
  }

  @Test
  void saysWhatIsNotShown() {
    Study shown = Excerpt.of(repeated(30), 20);

    assertThat(shown.findings()).hasSize(20);
    assertThat(shown.notes())
        .hasSize(22)
        .contains(
            "Shown are the first 20 of 30 series; all are in fits.json and measurements.csv.",
            "Shown are the first 20 of 30 notes; all are in fits.json and measurements.csv.");
  }

  @Test
  void keepsTheDataOfHugeStudiesWhole(@TempDir Path directory) throws IOException {
    Reports.Files files = Reports.write(repeated(2000), directory);

    assertThat(files.charts()).hasSizeLessThan(60);
    assertThat(new ObjectMapper().readTree(files.json().toFile()).get("series")).hasSize(2000);
    assertThat(Files.size(files.html())).isLessThan(8_000_000);
    assertThat(files.markdown()).content().contains("Shown are the first 300 of 2000 series");
    assertThat(SummaryTable.text(repeated(2000), 100))
        .contains("1800 more series are in fits.json");
  }
}
