package dev.ordo.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  private static final String STEADY = "[[100,101],[99,100],[101,102],[98,99]]";
  private static final String SLOWER = "[[150,151],[149,150],[151,152],[148,149]]";

  @TempDir private Path folder;

  private static String cell(String name, String mode, String n, String unit, String raw) {
    return "{\"benchmark\":\"b.B."
        + name
        + "\",\"mode\":\""
        + mode
        + "\",\"threads\":1,\"params\":{\"n\":\""
        + n
        + "\"},\"primaryMetric\":{\"score\":1,\"scoreUnit\":\""
        + unit
        + "\",\"rawData\":"
        + raw
        + "},\"secondaryMetrics\":{\"gc.alloc.rate.norm\":{\"score\":24,\"scoreUnit\":\"B/op\","
        + "\"rawData\":[[24],[24]]}}}";
  }

  private Measurements read(String... cells) throws IOException {
    Path file = Files.createTempFile(folder, "result", ".json");
    Files.writeString(file, "[" + String.join(",", cells) + "]");
    return ResultFiles.read(file);
  }

  @Test
  void callsWhatChangedAndWhatDidNot() throws IOException {
    Measurements base =
        read(cell("a", "avgt", "1", "ns/op", STEADY), cell("b", "avgt", "1", "ns/op", STEADY));
    Measurements candidate =
        read(cell("b", "avgt", "1", "ns/op", STEADY), cell("a", "avgt", "1", "ns/op", SLOWER));

    Comparison comparison =
        Comparison.of(base, candidate, ComparisonOptions.DEFAULT.withMargin(0.05));

    assertThat(comparison.cells())
        .extracting(ComparedCell::benchmark, ComparedCell::word)
        .containsExactly(tuple("b.B.a", "slower"), tuple("b.B.b", "unchanged"));
    assertThat(comparison.correction()).isEqualTo(FalseDiscovery.BENJAMINI_HOCHBERG);
    assertThat(comparison.tested()).isEqualTo(2);
  }

  @Test
  void comparesThroughputAsTimeSoThatHalfTheThroughputIsSlower() throws IOException {
    Comparison comparison =
        Comparison.of(
            read(cell("a", "thrpt", "1", "ops/s", STEADY)),
            read(cell("a", "thrpt", "1", "ops/s", "[[50,51],[49,50],[50,51],[49,49.5]]")),
            ComparisonOptions.DEFAULT);

    assertThat(comparison.cells().get(0).change()).isEqualTo(Change.SLOWER);
    assertThat(comparison.cells().get(0).estimate().ratio()).isCloseTo(2, within(0.02));
  }

  @Test
  void listsWhatOnlyOneSideHasWithTheReason() throws IOException {
    Comparison comparison =
        Comparison.of(
            read(
                cell("a", "avgt", "1", "ns/op", STEADY),
                cell("a", "avgt", "2", "ns/op", STEADY),
                cell("b", "avgt", "1", "ns/op", STEADY),
                cell("c", "avgt", "1", "ns/op", STEADY)),
            read(cell("a", "avgt", "1", "ns/op", STEADY), cell("b", "ss", "1", "ns/op", STEADY)),
            ComparisonOptions.DEFAULT);

    assertThat(comparison.unmatched())
        .extracting(u -> u.side().word(), u -> u.cell().benchmark(), Comparison.Unmatched::reason)
        .containsExactly(
            tuple("base", "b.B.a", "these parameters are not in the candidate"),
            tuple("base", "b.B.b", "mode avgt here, ss in the candidate"),
            tuple("base", "b.B.c", "the benchmark is not in the candidate"),
            tuple("candidate", "b.B.b", "mode ss here, avgt in the base"));
  }

  @Test
  void rejectsResultsWithoutACommonCell() throws IOException {
    String bytes = cell("a", "avgt", "1", "ns/op", STEADY);
    Measurements base = read(bytes);
    Measurements other = read(bytes.replace("B/op", "objects"));
    ComparisonOptions options =
        ComparisonOptions.DEFAULT.withMetrics(List.of("gc.alloc.rate.norm"));

    assertThatThrownBy(() -> Comparison.of(base, other, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a cell in common, found none among 1 and 1")
        .hasMessageContaining("unit B/op here, objects in the candidate");
  }

  @Test
  void rejectsAMetricThatOneSideLacks() throws IOException {
    Measurements base = read(cell("a", "avgt", "1", "ns/op", STEADY));
    ComparisonOptions options = ComparisonOptions.DEFAULT.withMetrics(List.of("gc.time"));

    assertThatThrownBy(() -> Comparison.of(base, base, options))
        .hasMessage(
            "metric (gc.time) must be in both results, the base has time, gc.alloc.rate.norm");
  }

  @Test
  void correctsMetricsOfTheSameForksAsDependent() throws IOException {
    Measurements base = read(cell("a", "avgt", "1", "ns/op", STEADY));
    Comparison comparison =
        Comparison.of(
            base,
            base,
            ComparisonOptions.DEFAULT.withMetrics(List.of("time", "gc.alloc.rate.norm")));

    assertThat(comparison.correction()).isEqualTo(FalseDiscovery.BENJAMINI_YEKUTIELI);
    assertThat(comparison.cells().get(1).margin()).isZero();
    assertThat(comparison.cells().get(1).word()).isEqualTo("unchanged");
  }

  @Test
  void neverCallsAChangeFromOneFork() throws IOException {
    Comparison comparison =
        Comparison.of(
            read(cell("a", "avgt", "1", "ns/op", STEADY)),
            read(cell("a", "avgt", "1", "ns/op", "[[900,901]]")),
            ComparisonOptions.DEFAULT);

    assertThat(comparison.cells().get(0).change()).isEqualTo(Change.INCONCLUSIVE);
    assertThat(comparison.tested()).isZero();
  }

  @Test
  void derivesAMarginFromTheNoise() throws IOException {
    Measurements base = read(cell("a", "avgt", "1", "ns/op", STEADY));
    double margin = Comparison.of(base, base, ComparisonOptions.DEFAULT).cells().get(0).margin();

    assertThat(margin).isBetween(0.02, 0.04);
  }

  @Test
  void rejectsOptionsThatMakeNoSense() {
    assertThatThrownBy(() -> ComparisonOptions.DEFAULT.withAlpha(0))
        .hasMessage("alpha (0.0) must be above 0 and at most 0.5");
    assertThatThrownBy(() -> ComparisonOptions.DEFAULT.withMargin(-0.1))
        .hasMessage("margin (-0.1) must be 0 or more and below 10⁶");
    assertThatThrownBy(() -> ComparisonOptions.DEFAULT.withResamples(10))
        .hasMessage("resamples (10) must be at least 199");
  }
}
