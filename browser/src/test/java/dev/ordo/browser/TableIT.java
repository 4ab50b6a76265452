package dev.ordo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

@ExtendWith(Browser.class)
class TableIT {

  private static final String TABLE = "#table-measurements";
  private static final String FILTER = "[data-filter='table-measurements']";

  /** The column of the sizes, and that of the means, from 1. */
  private static final int SIZE = 3;

  private static final int MEAN = 4;

  private Tab tab;

  @BeforeEach
  void open(Tab opened) {
    tab = opened.open(Pages.run("known", Names.KNOWN));
    reveal(tab);
  }

  @Test
  void sortsNumbersAsNumbersBothWaysAndThenNot() {
    List<String> before = column(tab, SIZE);
    click(head(SIZE));
    assertThat(numbers()).isSorted().startsWith(64.0);
    assertThat(sorted(SIZE)).isEqualTo("ascending");
    click(head(SIZE));
    assertThat(numbers()).isSortedAccordingTo((a, b) -> Double.compare(b, a)).startsWith(1024.0);
    assertThat(sorted(SIZE)).isEqualTo("descending");
    click(head(SIZE));
    assertThat(sorted(SIZE)).isEqualTo("none");
    assertThat(column(tab, SIZE)).isEqualTo(before);
  }

  @Test
  void sortsValuesWithUnitsByWhatTheyMean() {
    click(head(MEAN));
    List<String> means = column(tab, MEAN);
    assertThat(means.stream().map(TableIT::nanos)).isSorted();
    assertThat(means).anyMatch(mean -> mean.endsWith("µs")).anyMatch(mean -> mean.endsWith("ms"));
  }

  @Test
  void sortsByKeyboard() {
    tab.run("document.querySelector(arguments[0]).focus()", head(SIZE));
    tab.press(Keys.ENTER);
    assertThat(sorted(SIZE)).isEqualTo("ascending");
    tab.press(Keys.SPACE);
    assertThat(sorted(SIZE)).isEqualTo("descending");
  }

  @Test
  void filtersRowsByAllWordsThatAreTyped() {
    tab.find(FILTER).sendKeys("MAMBA dec");
    assertThat(column(tab, 1)).isNotEmpty().allMatch(name -> name.contains("mamba"));
    assertThat(column(tab, 2)).allMatch("decode"::equals);
    tab.find(FILTER).sendKeys(" no such thing");
    assertThat(column(tab, 1)).isEmpty();
    tab.find(FILTER).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    assertThat(column(tab, 1)).hasSizeGreaterThan(20);
  }

  @Test
  void aLinkKeepsOrderAndFilter() {
    tab.find(FILTER).sendKeys("rnn");
    click(head(MEAN));
    String address = tab.address();
    Tab other = tab.another().open(address);
    reveal(other);
    assertThat(other.find(FILTER).getDomProperty("value")).isEqualTo("rnn");
    assertThat(column(other, MEAN).stream().map(TableIT::nanos)).isSorted();
    assertThat(column(other, 1)).isNotEmpty().allMatch(name -> name.contains("rnn"));
  }

  private static void reveal(Tab tab) {
    tab.run("document.querySelectorAll('details').forEach(part => part.open = true)");
  }

  private void click(String selector) {
    tab.click(selector);
  }

  private static String head(int column) {
    return TABLE + " thead th:nth-child(" + column + ") button";
  }

  private String sorted(int column) {
    return tab.find(TABLE + " thead th:nth-child(" + column + ")").getDomAttribute("aria-sort");
  }

  private List<Double> numbers() {
    return column(tab, SIZE).stream().map(Double::valueOf).toList();
  }

  private static List<String> column(Tab tab, int column) {
    return tab.list(
        "return [...document.querySelectorAll(arguments[0])].map(cell => cell.textContent.trim())",
        TABLE + " tbody tr > :nth-child(" + column + ")");
  }

  private static double nanos(String text) {
    String[] parts = text.split("\\s+");
    double factor =
        switch (parts[1]) {
          case "ns" -> 1;
          case "µs" -> 1e3;
          case "ms" -> 1e6;
          case "s" -> 1e9;
          default -> throw new IllegalArgumentException("unit of " + text + " must be a time");
        };
    return Double.parseDouble(parts[0]) * factor;
  }
}
