package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.history.Histories;
import dev.ordo.reports.history.History;
import dev.ordo.reports.history.HistoryAnalyst;
import dev.ordo.reports.history.HistoryOptions;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.RunNoise;
import dev.ordo.reports.text.Text;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryTableTest {

  static HistoryStudy study(int cells, int runs) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] values = new double[cells][];
    for (int cell = 0; cell < cells; cell++) {
      values[cell] = RunNoise.WHITE.draw(runs, random);
      for (int i = 0; i < runs; i++) {
        double slower = cell == 0 && i >= runs * 2 / 3 ? 1.5 : 1;
        values[cell][i] = 1e6 * slower * Math.exp(0.02 * values[cell][i]);
      }
    }
    return HistoryAnalyst.study(Histories.of(values), HistoryOptions.DEFAULT);
  }

  @Test
  void namesCommitEffectAndTrend() {
    assertThat(HistoryTable.text(study(3, 45), 80, false))
        .contains("n=1", "+50", "worse", "▁▁▁", "███")
        .contains("Since c0ffefe")
        .contains("\"Change 30\" (2026-01-31, main)")
        .contains("last run before: c0ffefd")
        .contains("45 runs from 2026-01-01 to 2026-02-14 on 1 host: 3 cells, 1 change.");
  }

  @Test
  void isNeverWiderThanTheTerminal() {
    for (int columns : new int[] {60, 80, 120}) {
      assertThat(HistoryTable.text(study(4, 45), columns, true).lines())
          .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(columns));
    }
    assertThatThrownBy(() -> HistoryTable.text(study(1, 3), 59, true))
        .hasMessage("columns (59) must be at least 60");
  }

  @Test
  void listsOfManyWhatChanged() {
    HistoryStudy study = study(70, 45);

    assertThat(HistoryTable.text(study, 80, false))
        .contains("n=1 ", "without a change (--all lists all)")
        .doesNotContain("n=33");
    assertThat(HistoryTable.text(study, 80, true)).contains("n=33").doesNotContain("--all");
  }

  @Test
  void saysThatOneRunIsTooFew() {
    assertThat(HistoryTable.text(study(2, 1), 80, false))
        .contains("1 run of 2026-01-01 on 1 host: 2 cells, no change.")
        .contains("Too few runs to find a change");
  }

  @Test
  void showsNotes() {
    History history = Histories.of(new double[] {1, 2});
    History noted = new History(history.runs(), history.trends(), List.of("Left\u001b out."));

    assertThat(HistoryTable.text(HistoryAnalyst.study(noted, HistoryOptions.DEFAULT), 80, false))
        .contains("Left\uFFFD out.");
  }
}
