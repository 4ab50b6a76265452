package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionTableTest {

  private static Study single(double... sizesAndValues) {
    Study.Finding finding =
        new Study.Finding(
            Studies.HOSTILE + "\u001b[31m",
            "time",
            Studies.plain("n", Unit.NANOS_PER_OP, sizesAndValues),
            Studies.nothing(),
            Optional.empty());
    return new Study("", List.of(finding), Map.of(), List.of());
  }

  @Test
  void hasALineForEachSeriesAndSize() {
    Study study = Studies.analysed(2).withPredictions(List.of(1e6, 512.0, 8.0));
    List<String> lines = new PredictionTable(study).lines(100, "  ");
    assertThat(lines.get(0)).isEmpty();
    assertThat(lines.get(1)).startsWith("Predicted, with 95 % intervals");
    assertThat(lines.get(2)).matches("model +size +beyond +predicted +law behind it *");
    assertThat(lines.get(3))
        .matches("linear-0 +1M +×244 +[34]\\d\\d ms \\[\\d+, \\d+\\] +b·n \\(\\d+ %\\) *");
    assertThat(lines.get(4)).matches("linear-0 +512 +inside +2\\d\\d µs .*");
    assertThat(lines.get(5)).matches("linear-0 +8 +×8\\.00 +.*");
    assertThat(lines.get(6)).matches("quadratic-1 +1M +×244 +1\\.\\d\\d h \\[.*b·n² \\(.*");
    assertThat(lines).hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void fitsANarrowTerminal() {
    Study study = Studies.analysed(2).withPredictions(List.of(1e6, 512.0, 8.0));
    assertThat(new PredictionTable(study).lines(60, "  "))
        .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(60));
  }

  @Test
  void saysWhyNothingIsPredicted() {
    List<String> lines =
        new PredictionTable(single(1, 1, 2, 2).withPredictions(List.of(1e6))).lines(100, "  ");
    assertThat(lines.get(3)).contains("1M").contains(Cell.NONE);
    assertThat(String.join(" ", lines))
        .contains("Cannot tell: 2 sizes are too few, 4 are needed.")
        .doesNotContain("\u001b");
  }

  @Test
  void saysWhereTheLawsPart() {
    Study study = single(1, 100, 2, 107, 4, 94, 8, 103, 16, 99).withPredictions(List.of(1e7));
    assertThat(String.join(" ", new PredictionTable(study).lines(200, "  ")))
        .contains("The likely laws part before this size");
  }

  @Test
  void isEmptyWithoutPredictions() {
    assertThat(new PredictionTable(Studies.analysed(1)).lines(80, "  ")).isEmpty();
    assertThat(new PredictionTable(Studies.analysed(1)).rows()).isEmpty();
  }
}
