package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.claim.Claim;
import dev.ordo.reports.claim.Claims;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScalingBarsTest {

  private static List<String> bars(double[]... sizesAndValues) {
    List<Study.Finding> findings = new ArrayList<>();
    for (double[] one : sizesAndValues) {
      Series series = Studies.plain("n", Unit.NANOS_PER_OP, one);
      findings.add(
          new Study.Finding(
              "s" + findings.size(), "time", series, Studies.linear(1), Optional.empty()));
    }
    Claims claims = Claims.of(new Study("t", findings, Map.of(), List.of()));
    List<Claim> all = claims.rows().stream().flatMap(row -> row.claims().stream()).toList();
    ScalingBars bars = new ScalingBars(all, 8);
    return all.stream().map(bars::of).toList();
  }

  @Test
  void climbsTwiceAsHighForAQuadraticAsForALinearSeries() {
    assertThat(
            bars(
                new double[] {1, 1, 128, 16384},
                new double[] {1, 3, 128, 384},
                new double[] {1, 5, 128, 5}))
        .containsExactly("▁▂▃▄▅▆▇█", "▁▁▂▂▃▃▄▅", "▁▁▁▁▁▁▁▁");
  }

  @Test
  void standsOnItsLowestValue() {
    assertThat(bars(new double[] {1, 16384, 128, 1})).containsExactly("█▇▆▅▄▃▂▁");
  }

  @Test
  void leavesBlankWhatWasNotMeasured() {
    assertThat(bars(new double[] {1, 1, 128, 16384}, new double[] {16, 256, 128, 16384}))
        .containsExactly("▁▂▃▄▅▆▇█", "    ▁▂▃▄");
    assertThat(bars(new double[] {1, 1, 128, 16384}, new double[] {1, 1, 16, 256}).get(1))
        .isEqualTo("▁▂▃▄▅");
  }

  @Test
  void drawsNothingOfOneSizeOrOfZeros() {
    assertThat(bars(new double[] {1, 1}, new double[] {1, 0, 2, 0})).containsExactly("", "");
  }

  @Test
  void growsTheScaleWithACubicSeries() {
    assertThat(bars(new double[] {1, 1, 128, 2097152}, new double[] {1, 1, 128, 128}))
        .containsExactly("▁▂▃▄▅▆▇█", "▁▁▁▂▂▂▃▃");
  }
}
