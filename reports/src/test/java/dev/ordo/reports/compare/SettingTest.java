package dev.ordo.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTest {

  private static MeasuredCell cell(String... params) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("length", "64");
    for (int i = 0; i < params.length; i += 2) {
      map.put(params[i], params[i + 1]);
    }
    return new MeasuredCell(
        "b.B.run", "avgt", 1, map, new Sample(List.of(new double[] {1}), Unit.NANOS_PER_OP));
  }

  private static CellMatch match(List<MeasuredCell> base, List<MeasuredCell> candidate) {
    return CellMatch.of("time", base, candidate);
  }

  @Test
  void matchesOneRowWithAResultThatKnowsOfNoRows() {
    CellMatch match = match(List.of(cell()), List.of(cell("batch", "1"), cell("batch", "4")));

    assertThat(match.pairs()).hasSize(1);
    assertThat(match.pairs().get(0).candidate().params()).containsEntry("batch", "1");
    assertThat(match.unmatched()).hasSize(1);
    assertThat(match.notes()).isEmpty();
  }

  @Test
  void tellsRowsApartWhereBothSidesDo() {
    CellMatch match =
        match(
            List.of(cell("batch", "1"), cell("batch", "2")),
            List.of(cell("batch", "2"), cell("batch", "4")));

    assertThat(match.pairs()).hasSize(1);
    assertThat(match.unmatched()).hasSize(2);
  }

  @Test
  void comparesTwoResultsOfOneJvmEach() {
    CellMatch match = match(List.of(cell("jvm", "17")), List.of(cell("jvm", "25")));

    assertThat(match.pairs()).hasSize(1);
    assertThat(match.notes())
        .containsExactly(
            "Base and candidate differ in the JVM: 17 and 25; their cells are compared all the"
                + " same.");
  }

  @Test
  void comparesAResultOfANamedJvmWithOneOfNone() {
    CellMatch match = match(List.of(cell()), List.of(cell("jvm", "25")));

    assertThat(match.pairs()).hasSize(1);
    assertThat(match.notes()).singleElement().asString().contains("one that is not named and 25");
  }

  @Test
  void tellsJvmsApartWhereASideHasSeveral() {
    CellMatch match =
        match(List.of(cell("jvm", "17")), List.of(cell("jvm", "17"), cell("jvm", "25")));

    assertThat(match.pairs()).hasSize(1);
    assertThat(match.pairs().get(0).candidate().params()).containsEntry("jvm", "17");
    assertThat(match.unmatched()).hasSize(1);
  }

  @Test
  void keepsBothCellsOfAFileThatHasOneWithAndOneWithoutTheParameter() {
    CellMatch match = match(List.of(cell(), cell("batch", "1")), List.of(cell()));

    assertThat(match.pairs()).hasSize(1);
    assertThat(match.unmatched()).hasSize(1);
  }
}
