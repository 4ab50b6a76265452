package dev.ordo.reports.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.data.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final TrendKey CELL = Histories.cell(64);

  private static History.Recorded recorded(int number, double value) {
    return new History.Recorded(Histories.run(number, "host"), List.of(CELL), new double[] {value});
  }

  @Test
  void putsRunsInOrder() {
    History history =
        History.of(
            List.of(recorded(2, 30), recorded(0, 10), recorded(1, 20)), Run.BY_TIME, List.of());

    assertThat(history.runs()).extracting(Run::id).containsExactly("id0", "id1", "id2");
    assertThat(history.trends().get(0).value(2)).isEqualTo(30);
  }

  @Test
  void countsARunOnce() {
    History history = History.of(List.of(recorded(1, 10), recorded(1, 10)), Run.BY_TIME, List.of());

    assertThat(history.runs()).hasSize(1);
    assertThat(history.notes()).hasSize(1).first().asString().contains("more than once");
  }

  @Test
  void keepsOtherUnitsAndParametersApart() {
    TrendKey bytes =
        new TrendKey(
            CELL.benchmark(),
            CELL.mode(),
            CELL.threads(),
            CELL.params(),
            CELL.metric(),
            Unit.BYTES_PER_OP,
            Optional.empty());
    History.Recorded other =
        new History.Recorded(
            Histories.run(1, "host"), List.of(bytes, Histories.cell(128)), new double[] {1, 2});

    assertThat(History.of(List.of(recorded(0, 10), other), Run.BY_TIME, List.of()).trends())
        .extracting(Trend::count)
        .containsExactly(1, 1, 1);
  }

  @Test
  void ordersByCommitWhereAsked() {
    Run late =
        new Run(
            "late",
            Instant.parse("2026-05-01T00:00:00Z"),
            Optional.of(
                new Run.Commit(
                    "abcdef1",
                    Optional.empty(),
                    Optional.of(Instant.parse("2025-01-01T00:00:00Z")))),
            Optional.empty(),
            new HostIdentity("host", "host"));
    History.Recorded measuredLate = new History.Recorded(late, List.of(CELL), new double[] {1});

    assertThat(History.of(List.of(recorded(0, 2), measuredLate), Run.BY_COMMIT, List.of()).runs())
        .extracting(Run::id)
        .containsExactly("late", "id0");
  }

  @Test
  void knowsWhichMetricsAreBetterTheHigherTheyAre() {
    assertThat(metric("items", "items/s").moreIsWorse()).isFalse();
    assertThat(metric("requests_per_second", "1/s").moreIsWorse()).isFalse();
    assertThat(metric("gc.alloc.rate", "MB/sec").moreIsWorse()).isTrue();
    assertThat(metric("gc.count", "counts").moreIsWorse()).isTrue();
    assertThat(CELL.moreIsWorse()).isTrue();
    assertThat(Histories.exponent().moreIsWorse()).isTrue();
  }

  private static TrendKey metric(String name, String unit) {
    return new TrendKey(
        "b", "avgt", 1, Map.of(), name, new Unit(unit, Unit.Dimension.OTHER), Optional.empty());
  }

  @Test
  void rejectsWhatIsNoTrend() {
    assertThatThrownBy(() -> new Trend(CELL, new int[] {0, 0}, new double[] {1, 2}))
        .hasMessage("run (0) must ascend from 0");
    assertThatThrownBy(() -> new Trend(CELL, new int[] {0}, new double[] {Double.NaN}))
        .hasMessage("value (NaN) must be finite");
    assertThatThrownBy(() -> new Trend(CELL, new int[] {0}, new double[0]))
        .hasMessage("values (0) must be as many as runs (1)");
    assertThatThrownBy(() -> new HistoryOptions(0, 0.01, 1)).hasMessageContaining("alpha (0.0)");
    assertThatThrownBy(() -> new HistoryOptions(0.05, 2, 1)).hasMessageContaining("margin (2.0)");
  }
}
