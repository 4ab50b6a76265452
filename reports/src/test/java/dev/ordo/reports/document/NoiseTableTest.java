package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoiseTableTest {

  private static int cells(Study study) {
    return study.findings().stream().mapToInt(finding -> finding.series().points().size()).sum();
  }

  @Test
  void hasARowForEachFittedCell() {
    Study study = Studies.models();
    NoiseTable table = new NoiseTable(study);
    assertThat(table.residuals()).hasSize(cells(study));
    NoiseTable.Left first = table.residuals().get(0);
    assertThat(first.subject()).isEqualTo("transformer");
    assertThat(first.residual().value())
        .isEqualTo(first.mean().value() / first.fitted().value() - 1);
    assertThat(first.residual().text()).matches("[+−]?\\d+(\\.\\d)? %");
    assertThat(first.noise().value()).isPositive();
    assertThat(first.forks()).isGreaterThan(1);
  }

  @Test
  void tellsTheNoiseOfEachSeries() {
    NoiseTable table = new NoiseTable(Studies.analysed(2));
    assertThat(table.series()).hasSize(2);
    assertThat(table.series().get(0).error().value()).isBetween(0.0, 0.2);
  }

  @Test
  void leavesOutWhatNothingIsKnownOf() {
    assertThat(new NoiseTable(Studies.odd()).series())
        .extracting(NoiseTable.Noise::subject)
        .doesNotContain("zeros");
    assertThat(new NoiseTable(Studies.empty()).residuals()).isEmpty();
    assertThat(new NoiseTable(Studies.empty()).drifting()).isEmpty();
  }

  @Test
  void takesTheControlsFromTheEnvironment() {
    Study study =
        Studies.models()
            .withEnvironment(Map.of("CPU", "x", "controls", "6 forks of fixed arithmetic"));
    assertThat(new NoiseTable(study).quiet())
        .containsExactly(new Page.Fact("controls", "6 forks of fixed arithmetic"));
    assertThat(new NoiseTable(Studies.models()).quiet()).isEmpty();
  }
}
