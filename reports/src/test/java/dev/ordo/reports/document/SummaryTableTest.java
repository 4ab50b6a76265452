package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ordo.reports.Gap;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryTableTest {

  @Test
  void showsOneLineForEachClaim() {
    List<String> lines = SummaryTable.text(Studies.models(), 80).lines().toList();
    assertThat(lines.subList(0, 5))
        .containsExactly(
            "model       measured            law                 theory         scaling",
            "transformer",
            "  prefill   1.40 [1.37, 1.43]   linear + quadratic  O(L²) 1.36  ✓  ▁▁▂▃▃▄▅▆",
            "  decode    1.40 [1.37, 1.43]   linear + quadratic  O(L²) 1.36  ✓  ▁▁▂▂▃▄▅▆",
            "  generate  2.19 [2.16, 2.22]   quadratic + cubic   O(L³) 2.15  ✓  ▁▂▃▄▅▆");
    assertThat(lines)
        .contains(
            "Not measured: training, memory, parallelism.",
            "✓ as theory has it, ✗ against it, ? cannot judge; beside O(…) is its slope here.");
  }

  @Test
  void saysWhyOneModelLacksWhatOthersHave() {
    Gap gap = new Gap("mamba", "train", 64, Map.of(), 0, 2, "out-of-memory", "no heap");
    assertThat(SummaryTable.text(Studies.models().withGaps(List.of(gap)), 80))
        .contains("\n  training  not measured: no heap\n", "Not measured: memory, parallelism.");
  }

  @Test
  void coloursWhatIsClaimedOnlyWhereAsked() {
    String plain = SummaryTable.text(Studies.models(), 80);
    String coloured = SummaryTable.text(Studies.models(), 80, true);
    assertThat(plain).doesNotContain("\u001b");
    assertThat(coloured)
        .contains("\u001b[32m✓\u001b[0m", "\u001b[33m?\u001b[0m", "\u001b[1mmamba\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(plain);
  }

  @Test
  void leavesOutTheoryAndPicturesWhereThereIsNoRoom() {
    List<String> lines = SummaryTable.text(Studies.models(), 50).lines().toList();
    assertThat(lines.get(2)).isEqualTo("  prefill  1.40 [1.37, 1.43]  linear + quadratic ✓");
  }

  @Test
  void explainsWhatIsOpen() {
    String text = SummaryTable.text(Studies.models(), 80);
    assertThat(text)
        .contains("s4d, decode: cannot tell constant from linear growth here")
        .doesNotContain("mamba, prefill: ");
  }

  @Test
  void showsSpeedUpsAndMemoryAsClaims() {
    String text = SummaryTable.text(Studies.parallel(List.of("rnn", "mamba"), 1, 2), 80);
    assertThat(text.lines().limit(7))
        .containsExactly(
            "model               measured             law               theory       scaling",
            "rnn",
            "  training          1.00 [0.98, 1.02]    linear                         ▁▁▂▂▃▃▄▄",
            "  decode            1.00 [0.98, 1.02]    linear                         ▁▁▁▁▁▁▁▁",
            "  memory, train     0.95  266 kB at 512  overhead + linear O(L) 0.95  ✓ ▁▁▂▂▃▃▄▄",
            "  memory, decode    0.00  12.3 kB at 512 constant          O(1) 0.00  ✓ ▁▁▁▁▁▁▁▁",
            "  train, 2 threads  0.99 × [0.97, 1.02]  no faster         span log L ?");
  }

  @Test
  void leavesOutColumnsThatSayNothing() {
    assertThat(SummaryTable.text(Studies.single(), 80))
        .isEqualTo(
            """
            series     measured           law     scaling
            Bench.run  1.00 [0.98, 1.02]  linear  ▁▁▂▂▃▃▄▅

            Bench.run: time grows as linear: exponent 1.00.
            """);
  }

  @Test
  void namesThatDifferAtTheirEndStayApart() {
    assertThat(SummaryTable.text(Studies.many(12), 80).lines().limit(13)).doesNotHaveDuplicates();
  }

  @Test
  void saysWhenNothingWasMeasured() {
    assertThat(SummaryTable.text(Studies.empty(), 80)).isEqualTo("Nothing was measured.\n");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    Random random = new Random(21);
    for (int i = 0; i < 300; i++) {
      Study study = random(random);
      for (int columns : new int[] {40, 59, 60, 61, 79, 80, 132}) {
        String text = SummaryTable.text(study, columns);
        assertThat(text.lines())
            .allMatch(line -> Text.width(line) <= columns)
            .allMatch(line -> line.equals(line.stripTrailing()));
        assertThat(text.chars()).noneMatch(c -> c < ' ' && c != '\n');
      }
    }
  }

  @Test
  void everyFindingKeepsItsExponentAtEightyColumns() {
    Random random = new Random(22);
    for (int i = 0; i < 100; i++) {
      Study study = random(random);
      assertThat(SummaryTable.text(study, 80).lines())
          .filteredOn(line -> line.contains("1.98 [-12.00, 13.50]"))
          .hasSize(study.findings().size());
    }
  }

  @Test
  void rejectsNarrowTerminals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SummaryTable.text(Studies.models(), 39))
        .withMessage("columns (39) must be at least 40");
  }

  private static Study random(Random random) {
    List<Study.Finding> findings = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Analysis analysis =
          new Analysis(
              Optional.of(new Interval(1.98, -12, 13.5, 0.95)),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              new Conclusion(Studies.hostile(random), true, Studies.hostile(random)));
      findings.add(
          new Study.Finding(
              Studies.hostile(random),
              Studies.hostile(random),
              Studies.plain("n", Unit.NANOS_PER_OP, 1, 2),
              analysis,
              random.nextBoolean()
                  ? Optional.empty()
                  : Optional.of(new Study.Theory(Studies.hostile(random), 1.5))));
    }
    return new Study("", findings, Map.of(), List.of());
  }
}
