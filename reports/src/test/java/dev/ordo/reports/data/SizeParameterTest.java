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
import org.junit.jupiter.params.provider.CsvSource;
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

  private static List<Entry.Cell> cells(String first, String second, int firsts, int seconds) {
    List<Entry.Cell> cells = new ArrayList<>();
    for (int x = 0; x < firsts; x++) {
      for (int y = 0; y < seconds; y++) {
        cells.add(cell("b", first, "" + (8 << x), second, "" + (32 << y)));
      }
    }
    return cells;
  }

  @ParameterizedTest
  @CsvSource({
    "m, n, m, n",
    "n, m, m, n",
    "rows, cols, rows, cols",
    "arg0, arg1, arg0, arg1",
    "blockSize, length, blockSize, length",
    "length, blockSize, blockSize, length"
  })
  void findsTwoSizesThatFormAGrid(String one, String two, String other, String size) {
    List<Entry.Cell> cells = cells(one, two, 3, 4);

    SizeParameter sizes = SizeParameter.choose(cells, Optional.empty());

    assertThat(sizes.name(cells.get(0))).isEqualTo(size);
    assertThat(sizes.otherName(cells.get(0))).contains(other);
  }

  @Test
  void findsNoGridInTwoValuesOrADiagonalOrAnIndex() {
    assertThat(
            SizeParameter.choose(cells("m", "n", 2, 5), Optional.empty())
                .otherName(cell("b", "n", "1")))
        .isEmpty();
    List<Entry.Cell> diagonal = new ArrayList<>();
    for (int x = 1; x <= 16; x *= 2) {
      diagonal.add(cell("b", "m", "" + x, "n", "" + 2 * x));
    }
    assertThat(SizeParameter.choose(diagonal, Optional.empty()).otherName(diagonal.get(0)))
        .isEmpty();
    List<Entry.Cell> index = cells("index", "n", 4, 4);
    assertThat(SizeParameter.choose(index, Optional.empty()).otherName(index.get(0))).isEmpty();
  }

  @Test
  void takesTwoSizesThatAreNamed() {
    List<Entry.Cell> cells = cells("depth", "fanout", 3, 3);

    SizeParameter sizes = SizeParameter.choose(cells, Optional.of("depth, fanout"));

    assertThat(sizes.of(cells.get(0))).hasValue(32);
    assertThat(sizes.otherOf(cells.get(0))).hasValue(8);
    assertThatThrownBy(() -> SizeParameter.choose(cells, Optional.of("depth,width")))
        .hasMessage("size parameter (width) must be one of: depth, fanout");
    assertThatThrownBy(() -> SizeParameter.choose(cells, Optional.of("depth,depth")))
        .hasMessage("size parameters (depth,depth) must be two names");
  }
}
