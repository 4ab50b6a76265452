package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
  void showsOneAlignedLineForEachFinding() {
    List<String> lines = SummaryTable.text(Studies.models(), 80).lines().toList();
    assertThat(lines.get(0))
        .isEqualTo("model           phase     exponent            law                 theory");
    assertThat(lines.get(1))
        .isEqualTo("transformer     prefill   1.40 [1.37, 1.43]   linear + quadratic  L² (1.36)");
    assertThat(lines.get(9))
        .isEqualTo("s4d             decode    0.00 [-0.03, 0.03]  cannot tell         1 (-0.04)");
    assertThat(lines.get(16)).isEmpty();
  }

  @Test
  void listsTheConclusionsAfterTheTable() {
    List<String> lines = SummaryTable.text(Studies.models(), 80).lines().toList();
    assertThat(lines.get(17))
        .isEqualTo(
            "transformer, prefill: time grows as linear + quadratic: exponent 1.40, and the");
    assertThat(lines.get(18)).isEqualTo("  best other law fits 3.1 times worse.");
  }

  @Test
  void showsSpeedUpsAndMemoryBehindTheConclusions() {
    String text = SummaryTable.text(Studies.parallel(List.of("rnn", "mamba"), 1, 2), 80);
    List<String> lines = text.lines().toList();
    assertThat(lines.subList(0, 5).stream().map(line -> line.split(" +")[0]).toList())
        .containsExactly("model", "rnn", "rnn", "mamba", "mamba");
    int heading = lines.indexOf("Speed-up on 2 threads over 1, at the largest size:");
    assertThat(lines.get(heading - 1)).isEmpty();
    assertThat(lines.get(heading + 1))
        .isEqualTo("model  phase   size  speed-up           verdict    span");
    assertThat(lines.get(heading + 2)).matches("rnn    train   512   0\\.99 .* no faster  O\\(log L\\)");
    assertThat(lines.get(heading + 4)).matches("mamba  train   512   1\\.7\\d .* faster     O\\(log L\\)");
    assertThat(lines.subList(heading + 6, lines.size()))
        .containsExactly(
            "",
            "Memory kept, at the largest size:",
            "rnn: train 266 kB (overhead + linear); decode 12.3 kB (constant)",
            "mamba: train 266 kB (overhead + linear); decode 12.3 kB (constant)");
  }

  @Test
  void namesThreadsWhereTheyDiffer() {
    String text = SummaryTable.text(Studies.parallel(List.of("mamba"), 1, 2, 4), 80);
    assertThat(text).contains("Speed-up on more threads, at the largest size:", "1 → 2", "1 → 4");
  }

  @Test
  void leavesOutColumnsThatSayNothing() {
    assertThat(SummaryTable.text(Studies.single(), 80))
        .isEqualTo(
            """
            series     exponent           law
            Bench.run  1.00 [0.98, 1.02]  linear

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
      for (int columns : new int[] {60, 61, 79, 80, 132}) {
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
      List<String> lines = SummaryTable.text(study, 80).lines().toList();
      for (int row = 0; row < study.findings().size(); row++) {
        assertThat(lines.get(row + 1)).contains("1.98 [-12.00, 13.50]");
      }
    }
  }

  @Test
  void rejectsNarrowTerminals() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SummaryTable.text(Studies.models(), 59))
        .withMessage("columns (59) must be at least 60");
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
