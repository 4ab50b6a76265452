package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.CrossoverMatrix.Cell;
import dev.ordo.reports.chart.CrossoverMatrix.Standing;
import dev.ordo.reports.compare.Crossing;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrossoverMatrixTest {

  private static Crossing crossing(
      String winner, String loser, Crossing.Kind kind, double size, double low, double high) {
    return new Crossing(
        "decode",
        winner,
        loser,
        "length",
        Unit.NANOS_PER_OP,
        kind,
        kind == Crossing.Kind.OVERTAKES
            ? Optional.of(new Interval(size, low, high, 0.95))
            : Optional.empty(),
        64,
        4096,
        16384,
        Optional.empty(),
        kind == Crossing.Kind.CANNOT_TELL ? Optional.of("too near") : Optional.empty());
  }

  private static Crossing told(String winner, String loser, Crossing.Kind kind) {
    return crossing(winner, loser, kind, 0, 0, 0);
  }

  private static List<CrossoverMatrix> of(Crossing... crossings) {
    return CrossoverMatrix.of(Studies.empty().withCrossings(List.of(crossings)));
  }

  private static CrossoverMatrix three() {
    return of(
            crossing("mamba", "attention", Crossing.Kind.OVERTAKES, 410, 380, 450),
            told("rnn", "attention", Crossing.Kind.THROUGHOUT),
            told("mamba", "rnn", Crossing.Kind.CANNOT_TELL))
        .get(0);
  }

  @Test
  void saysFromWhichSizeOnTheRowIsFaster() {
    CrossoverMatrix matrix = three();
    assertThat(matrix.name()).isEqualTo("crossover-decode");
    assertThat(matrix.title()).isEqualTo("decode: row is faster than column from which length");
    assertThat(matrix.subjects()).containsExactly("mamba", "rnn", "attention");
    Cell from = matrix.cell(0, 2);
    assertThat(from.standing()).isEqualTo(Standing.FROM);
    assertThat(from.text()).isEqualTo("410");
    assertThat(from.interval()).isEqualTo("[380, 450]");
    assertThat(from.size()).hasValueSatisfying(size -> assertThat(size.low()).isEqualTo(380));
    assertThat(from.beyond()).isFalse();
  }

  @Test
  void theOtherWayRoundIsTheOpposite() {
    CrossoverMatrix matrix = three();
    assertThat(matrix.cell(2, 0).standing()).isEqualTo(Standing.BELOW);
    assertThat(matrix.cell(2, 0).text()).isEqualTo("< 410");
    assertThat(matrix.cell(1, 2).standing()).isEqualTo(Standing.ALWAYS);
    assertThat(matrix.cell(2, 1).standing()).isEqualTo(Standing.NEVER);
    assertThat(matrix.cell(0, 1)).isEqualTo(matrix.cell(1, 0));
    assertThat(matrix.cell(0, 1).text()).isEqualTo("?");
    assertThat(matrix.cell(1, 1)).isEqualTo(Cell.EMPTY);
  }

  @Test
  void marksWhatLiesBeyondTheMeasuredSizes() {
    CrossoverMatrix matrix =
        of(crossing("mamba", "rnn", Crossing.Kind.OVERTAKES, 9000, 8000, 12000)).get(0);
    assertThat(matrix.cell(0, 1).beyond()).isTrue();
    assertThat(matrix.caption()).contains("grey sizes lie beyond what was measured");
    assertThat(three().caption()).doesNotContain("grey");
  }

  @Test
  void saysWhereTheWinnerMayHaveBeenLowerAllAlong() {
    CrossoverMatrix matrix =
        of(crossing("mamba", "rnn", Crossing.Kind.OVERTAKES, 64, 64, 88)).get(0);
    assertThat(matrix.cell(0, 1).text()).isEqualTo("≤ 88");
    assertThat(matrix.cell(0, 1).interval()).isEmpty();
    assertThat(matrix.cell(1, 0).text()).isEqualTo("< 88");
  }

  @Test
  void nothingComparedMakesNoMatrix() {
    assertThat(CrossoverMatrix.of(Studies.models())).isEmpty();
    assertThatThrownBy(() -> new CrossoverMatrix("n", "t", "c", List.of("a"), List.of()))
        .hasMessage("cells (0) must be subjects (1) × subjects");
  }

  private static CrossoverMatrix many(int count) {
    List<Crossing> crossings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (int k = i + 1; k < count; k++) {
        String one = "transformer-with-a-name-" + i;
        String other = "m" + k;
        String first = i % 2 == 0 ? one : "m" + i;
        String second = k % 2 == 0 ? "transformer-with-a-name-" + k : other;
        crossings.add(
            crossing(
                first,
                second,
                Crossing.Kind.values()[(i + k) % 3],
                100.0 * (k + i),
                90 * (k + i),
                120 * (k + i)));
      }
    }
    Study study = Studies.empty().withCrossings(crossings);
    return CrossoverMatrix.of(study).get(0);
  }

  @Test
  void noLabelLeavesTheSheetOrTouchesAnother() {
    for (int count : new int[] {2, 5, 12, 20}) {
      CrossoverMatrix matrix = many(count);
      for (Sheet sheet :
          List.of(
              Sheet.SCREEN,
              Sheet.paper(Sheet.Width.ONE),
              Sheet.paper(Sheet.Width.TWO),
              Sheet.slides(Sheet.Width.ONE),
              Sheet.slides(Sheet.Width.TWO))) {
        CrossoverPlot plot = new CrossoverPlot(matrix, sheet);
        List<Label> labels = plot.labels();
        Rectangle2D whole = new Rectangle2D.Double(0, 0, plot.width(), plot.height());
        for (int i = 0; i < labels.size(); i++) {
          Rectangle2D box = labels.get(i).outline().getBounds2D();
          assertThat(whole.contains(box)).as(labels.get(i).text() + " on " + sheet).isTrue();
          for (int k = 0; k < i; k++) {
            assertThat(box.intersects(labels.get(k).outline().getBounds2D()))
                .as(labels.get(i).text() + " over " + labels.get(k).text() + " on " + sheet)
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  void theSameMatrixGivesTheSamePicture() {
    assertThat(three().svg()).startsWith("<svg").endsWith("</svg>").contains("role=\"img\"");
    assertThat(three().svg()).isEqualTo(three().svg());
  }
}
