package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Phase;
import dev.ordo.reports.paired.Pair;
import dev.ordo.reports.paired.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedCellsTest {

  private static final Cell CELL = new Cell("ema", Phase.DECODE, 64, 2);

  @Test
  void pairsForksOfTheSameNumberAndStage() {
    PairedCells cells =
        PairedCells.of(
            List.of(
                fork(Arm.CANDIDATE, false, 1, true, 20),
                fork(Arm.BASE, false, 1, true, 10),
                fork(Arm.BASE, true, 1, true, 11),
                fork(Arm.CANDIDATE, true, 1, true, 22)));

    assertThat(cells.pairs(CELL, Stage.FIRST)).containsExactly(new Pair(10, 20));
    assertThat(cells.pairs(CELL, Stage.AGAIN)).containsExactly(new Pair(11, 22));
    assertThat(cells.nextPair(CELL, Stage.FIRST)).isEqualTo(2);
  }

  @Test
  void passesOverHalfAPair() {
    PairedCells cells =
        PairedCells.of(
            List.of(
                fork(Arm.BASE, false, 1, true, 10),
                fork(Arm.BASE, false, 2, true, 12),
                fork(Arm.CANDIDATE, false, 2, true, 24)));

    assertThat(cells.pairs(CELL, Stage.FIRST)).containsExactly(new Pair(12, 24));
  }

  @Test
  void setsThreeUnsteadyPairsAsideAndTakesFurtherOnes() {
    List<Entry> entries = new ArrayList<>();
    for (int pair = 1; pair <= 5; pair++) {
      entries.add(fork(Arm.BASE, false, pair, true, pair));
      entries.add(fork(Arm.CANDIDATE, false, pair, false, pair));
    }
    PairedCells cells = PairedCells.of(entries);

    assertThat(cells.pairs(CELL, Stage.FIRST)).containsExactly(new Pair(4, 4), new Pair(5, 5));
    assertThat(cells.unsteady(CELL)).isEqualTo(5);
  }

  @Test
  void takesTheMedianOfAFork() {
    PairedCells cells =
        PairedCells.of(
            List.of(
                fork(Arm.BASE, false, 1, true, 10, 90, 11),
                fork(Arm.CANDIDATE, false, 1, true, 20, 22)));

    assertThat(cells.pairs(CELL, Stage.FIRST)).containsExactly(new Pair(11, 21));
  }

  @Test
  void namesSeriesWithoutTheLength() {
    assertThat(PairedCells.series(CELL)).isEqualTo("ema.decode on 2 threads");
    assertThat(PairedCells.label(CELL)).isEqualTo("ema.decode on 2 threads@64");
  }

  @Test
  void comesBackFromTheJournalAsItWasWritten() throws IOException {
    Entry entry = fork(Arm.CANDIDATE, true, 3, true, 20, 22);

    byte[] line = new byte[JournalLine.of(entry).remaining() - 1];
    JournalLine.of(entry).get(line);
    Entry.Paired read = (Entry.Paired) JournalLine.read(line, true);

    assertThat(read.arm()).isEqualTo(Arm.CANDIDATE);
    assertThat(read.again()).isTrue();
    assertThat(read.pair()).isEqualTo(3);
    assertThat(read.fork().nanosPerOp()).containsExactly(20, 22);
    assertThat(new String(line, StandardCharsets.UTF_8)).contains("\"arm\":\"candidate\"");
  }

  private static Entry fork(Arm arm, boolean again, int pair, boolean steady, double... nanos) {
    return new Entry.Paired(
        arm,
        again,
        pair,
        new Entry.Fork(
            pair,
            CELL,
            "2026-01-01T00:00:00Z",
            900,
            ForkPlan.of(0),
            new Entry.Jvm("java", List.of(), "17", "vm", "17"),
            nanos,
            Map.of(),
            steady,
            null,
            null));
  }
}
