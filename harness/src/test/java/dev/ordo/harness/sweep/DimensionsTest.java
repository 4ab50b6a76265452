package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Phase;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionsTest {

  private static final ForkJvm OLD = new ForkJvm("17", "/jdk17/bin/java", "17.0.1", "VM", true);
  private static final ForkJvm NEW = new ForkJvm("25", "/jdk25/bin/java", "25", "VM", false);
  private static final JvmArgs C1 = new JvmArgs("c1", List.of("-XX:TieredStopAtLevel=1"));
  private static final JvmArgs C2 = new JvmArgs("c2", List.of());

  private static final Dimensions ALL =
      new Dimensions(List.of(1, 2), List.of(1, 4), List.of(OLD, NEW), List.of(C1, C2));

  @Test
  void measuresEveryCombination() {
    List<Cell> cells = ALL.cells("rnn", Phase.TRAIN, 64);

    assertThat(cells).hasSize(16);
    assertThat(new HashSet<>(cells)).hasSize(16);
    assertThat(cells).contains(new Cell("rnn", Phase.TRAIN, 64, 2, 4, "25", "c1"));
  }

  @Test
  void knowsTheJvmAndTheArgumentsOfACell() {
    Cell cell = new Cell("rnn", Phase.TRAIN, 64, 2, 4, "25", "c1");

    assertThat(ALL.jvm(cell)).isEqualTo(NEW);
    assertThat(ALL.args(cell)).isEqualTo(C1);
    assertThatThrownBy(() -> ALL.jvm(new Cell("rnn", Phase.TRAIN, 64, 2, 4, "21", "c1")))
        .hasMessage("JVM '21' must be one of [17, 25]");
  }

  @Test
  void isOneCellWhereNothingIsAskedFor() {
    assertThat(Dimensions.plain(List.of(1), List.of()).cells("rnn", Phase.DECODE, 8))
        .containsExactly(new Cell("rnn", Phase.DECODE, 8, 1));
  }

  @Test
  void rejectsABatchOfNothing() {
    assertThatThrownBy(
            () -> new Dimensions(List.of(1), List.of(0), List.of(OLD), List.of(JvmArgs.NONE)))
        .hasMessage("batch (0) must be in 1..65536");
  }

  @Test
  void rejectsNumbersThatDoNotAscend() {
    assertThatThrownBy(
            () -> new Dimensions(List.of(2, 1), List.of(1), List.of(OLD), List.of(JvmArgs.NONE)))
        .hasMessage("threads [2, 1] must ascend");
    assertThatThrownBy(
            () -> new Dimensions(List.of(1), List.of(4, 1), List.of(OLD), List.of(JvmArgs.NONE)))
        .hasMessage("batch [4, 1] must ascend");
  }

  @Test
  void rejectsTwoJvmsOfOneName() {
    ForkJvm other = new ForkJvm("17", "/other/bin/java", "17.0.2", "VM", true);

    assertThatThrownBy(
            () ->
                new Dimensions(List.of(1), List.of(1), List.of(OLD, other), List.of(JvmArgs.NONE)))
        .hasMessageContaining("name of a JVM list [17, 17] must not repeat an element");
  }
}
