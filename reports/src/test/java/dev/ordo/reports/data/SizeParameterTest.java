package dev.ordo.reports.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeParameterTest {

  private static Entry.Cell cell(String benchmark, String... namesAndValues) {
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Entry.Cell(benchmark, "avgt", 1, params);
  }

  private static String found(List<Entry.Cell> cells) {
    return SizeParameter.choose(cells, Optional.empty()).name(cells.get(0));
  }

  private static List<Entry.Cell> grid(String first, String second) {
    List<Entry.Cell> cells = new ArrayList<>();
    for (String x : List.of("8", "16")) {
      for (String y : List.of("32", "64")) {
        cells.add(cell("b", first, x, second, y));
      }
    }
    return cells;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"length", "LENGTH", "size", "N", "n", "count", "listSize", "num_elements"})
  void prefersConventionalNames(String name) {
    assertThat(found(grid("depth", name))).isEqualTo(name);
  }

  @Test
  void prefersAWholeNameToAWordInAName() {
    assertThat(found(grid("blockSize", "length"))).isEqualTo("length");
  }

  @Test
  void takesTheOnlyNumberWhateverItsName() {
    assertThat(found(List.of(cell("b", "depth", "1", "kind", "x"), cell("b", "depth", "2"))))
        .isEqualTo("depth");
  }

  @Test
  void prefersAParameterThatVaries() {
    assertThat(
            found(
                List.of(
                    cell("b", "size", "8", "depth", "1"), cell("b", "size", "8", "depth", "2"))))
        .isEqualTo("depth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "startOffset", "seed", "loadFactor", "threads"})
  void neverTakesAnIndexByItself(String name) {
    List<Entry.Cell> cells = List.of(cell("b", name, "1"), cell("b", name, "2"));

    assertThatThrownBy(() -> found(cells))
        .isInstanceOf(SizeParameterException.class)
        .hasMessageContaining("(parameters: " + name + ")");
    assertThat(SizeParameter.choose(cells, Optional.of(name)).of(cells.get(1))).hasValue(2);
  }

  @Test
  void namesTheCandidatesWhereThereAreSeveral() {
    assertThatThrownBy(() -> found(grid("size", "length")))
        .isInstanceOf(SizeParameterException.class)
        .hasMessage(
            "size parameter is ambiguous: it may be size or length; choose with --size-param");
  }

  @Test
  void saysWhichParametersThereAreWhereNoneIsASize() {
    assertThatThrownBy(() -> found(List.of(cell("b", "kind", "x"), cell("b", "kind", "y"))))
        .isInstanceOf(SizeParameterException.class)
        .hasMessageContaining("(parameters: kind)");
    assertThatThrownBy(() -> found(List.of(cell("b")))).hasMessageContaining("(parameters: none)");
  }

  @Test
  void choosesForEachBenchmarkAndNotesThoseWithout() {
    List<Entry.Cell> cells =
        List.of(
            cell("a", "size", "1"),
            cell("a", "size", "2"),
            cell("b", "count", "1"),
            cell("b", "count", "2"),
            cell("c", "kind", "x"));

    SizeParameter sizes = SizeParameter.choose(cells, Optional.empty());

    assertThat(sizes.name(cells.get(0))).isEqualTo("size");
    assertThat(sizes.name(cells.get(2))).isEqualTo("count");
    assertThat(sizes.of(cells.get(4))).isEmpty();
    assertThat(sizes.notes())
        .singleElement()
        .asString()
        .contains("c has no size parameter", "kind");
  }

  @Test
  void notesCellsWhoseSizeIsNotPositive() {
    List<Entry.Cell> cells =
        List.of(cell("a", "size", "0"), cell("a", "size", "1"), cell("a", "size", "2"));

    SizeParameter sizes = SizeParameter.choose(cells, Optional.empty());

    assertThat(sizes.of(cells.get(0))).isEmpty();
    assertThat(sizes.notes())
        .containsExactly("a (1 of 3 cells) has no positive number as size and is left out.");
  }

  @Test
  void rejectsAGivenParameterThatIsNotThere() {
    List<Entry.Cell> cells = List.of(cell("a", "size", "1", "kind", "x"));

    assertThatThrownBy(() -> SizeParameter.choose(cells, Optional.of("length")))
        .hasMessage("size parameter (length) must be one of: size, kind");
    assertThatThrownBy(() -> SizeParameter.choose(cells, Optional.of("kind")))
        .hasMessage("size parameter (kind) must have positive numbers as values, found: x");
  }
}
