package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analyst;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryChartTest {

  private static Footprint.Bytes bytes(Unit unit, double... sizesAndValues) {
    Series series = Studies.plain("length", unit, sizesAndValues);
    return new Footprint.Bytes(series, Analyst.analyze(series, 1));
  }

  private static Footprint footprint(
      String subject, String aspect, Footprint.Bytes kept, Footprint.Bytes allocated) {
    return new Footprint(
        subject, aspect, Optional.of(kept), Optional.of(allocated), Optional.empty());
  }

  private static Study study(Footprint... footprints) {
    return Studies.models().withMemory(List.of(footprints));
  }

  @Test
  void chartsWhatIsKeptAndWhatIsAllocated() {
    List<ScalingChart> charts =
        MemoryChart.of(
            study(
                footprint(
                    "mamba",
                    "train",
                    bytes(Unit.BYTES, 8, 800, 16, 1600, 32, 3200),
                    bytes(Unit.BYTES_PER_OP, 8, 24_000, 16, 48_000, 32, 96_000)),
                footprint(
                    "mamba",
                    "decode",
                    bytes(Unit.BYTES, 8, 64, 16, 64, 32, 64),
                    bytes(Unit.BYTES_PER_OP, 8, 0, 16, 0, 32, 0))));
    assertThat(charts)
        .extracting(ScalingChart::name)
        .containsExactly("memory-train", "memory-decode", "allocation-train");
    assertThat(charts)
        .extracting(ScalingChart::title)
        .containsExactly(
            "train: bytes kept for the backward pass against length",
            "decode: bytes of state kept against length",
            "train: bytes allocated per operation against length");
    assertThat(charts.get(0).lines().get(0).dots())
        .extracting(ScalingChart.Dot::mean)
        .containsExactly(800.0, 1600.0, 3200.0);
  }

  @Test
  void saysWhoHasNoPlace() {
    Footprint.Bytes kept = bytes(Unit.BYTES, 8, 64, 16, 64, 32, 64);
    List<ScalingChart> charts =
        MemoryChart.of(
            study(
                footprint("rnn", "decode", kept, bytes(Unit.BYTES_PER_OP, 8, 0, 16, 0, 32, 0)),
                footprint(
                    "mamba", "decode", kept, bytes(Unit.BYTES_PER_OP, 8, 900, 16, 900, 32, 950))));
    assertThat(charts.get(0).lines()).hasSize(2);
    assertThat(charts.get(1).lines()).extracting(ScalingChart.Line::subject).containsOnly("mamba");
    assertThat(charts.get(1).caption()).endsWith("theirs is zero at some size: rnn.");
  }

  @Test
  void aStudyWithoutMemoryHasNone() {
    assertThat(MemoryChart.of(Studies.models())).isEmpty();
  }
}
