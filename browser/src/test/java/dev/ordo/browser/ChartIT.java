package dev.ordo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

@ExtendWith(Browser.class)
class ChartIT {

  private static final String MAMBA = "[data-series='mamba']";

  private Tab tab;
  private Drawing chart;

  @BeforeEach
  void open(Tab opened) {
    tab = opened.open(Pages.run("known", Names.KNOWN));
    chart = new Drawing(tab, "scaling-prefill").show();
  }

  @Test
  void everyPhaseHasItsChart() {
    assertThat(Drawing.names(tab))
        .contains("scaling-train", "scaling-prefill", "scaling-decode", "scaling-generate");
  }

  @Test
  void tellsValueIntervalAndForksOfThePointUnderThePointer() {
    for (Map<String, Object> point : chart.points().subList(0, 3)) {
      chart.point(point);
      assertThat(chart.tooltip())
          .contains(point.get("subject").toString(), point.get("size").toString())
          .containsPattern("(?s)forks\\s+" + point.get("forks"))
          .containsPattern("\\d+(\\.\\d+)? [nµm]?s")
          .containsPattern("\\[\\d+(\\.\\d+)? [nµm]?s, \\d+(\\.\\d+)? [nµm]?s\\]");
    }
  }

  @Test
  void takesASeriesOffAndPutsItBack() {
    List<String> all = chart.subjects();
    double shapes = chart.shapes();
    chart.click(MAMBA);
    assertThat(chart.pressed(MAMBA)).isFalse();
    assertThat(chart.subjects()).hasSize(all.size() - 1).doesNotContain("mamba");
    assertThat(chart.shapes()).isLessThan(shapes);
    chart.click(MAMBA);
    assertThat(chart.pressed(MAMBA)).isTrue();
    assertThat(chart.subjects()).isEqualTo(all);
    assertThat(chart.shapes()).isEqualTo(shapes);
  }

  @Test
  void changesEachAxisByItself() {
    List<Map<String, Object>> before = chart.points();
    chart.click("[data-axis='x'][data-scale='linear']");
    assertThat(chart.pressed("[data-axis='x'][data-scale='linear']")).isTrue();
    assertThat(chart.pressed("[data-axis='x'][data-scale='log']")).isFalse();
    assertThat(chart.pressed("[data-axis='y'][data-scale='log']")).isTrue();
    assertThat(Shape.of(chart.points())).isEqualTo(Shape.STRAIGHT);
    assertThat(Shape.of(before)).isEqualTo(Shape.LOGARITHMIC);
    chart.click("[data-axis='y'][data-scale='linear']");
    assertThat(chart.pressed("[data-axis='y'][data-scale='linear']")).isTrue();
    assertThat(chart.texts()).anyMatch(text -> text.matches("0 [nµm]?s"));
    chart.click("[data-action='reset']");
    assertThat(chart.show().points()).isEqualTo(before);
  }

  @Test
  void zoomsWhereItIsDraggedAndGoesBack() {
    List<String> labels = chart.texts();
    int points = chart.points().size();
    chart.zoom();
    assertThat(chart.texts()).isNotEqualTo(labels);
    assertThat(chart.points()).hasSizeLessThan(points);
    chart.click("[data-action='reset']");
    assertThat(chart.texts()).isEqualTo(labels);
    assertThat(chart.points()).hasSize(points);
  }

  @Test
  void aLinkKeepsTheView() {
    chart.click(MAMBA);
    chart.click("[data-axis='y'][data-scale='linear']");
    new Drawing(tab, "scaling-decode").show().zoom();
    List<String> labels = new Drawing(tab, "scaling-decode").texts();
    String address = tab.address();
    assertThat(address).contains("#view=");
    Tab other = tab.another().open(address);
    Drawing same = new Drawing(other, "scaling-prefill");
    assertThat(same.pressed(MAMBA)).isFalse();
    assertThat(same.subjects()).doesNotContain("mamba");
    assertThat(same.pressed("[data-axis='y'][data-scale='linear']")).isTrue();
    assertThat(new Drawing(other, "scaling-decode").texts()).isEqualTo(labels);
    assertThat(new Drawing(other, "scaling-train").pressed(MAMBA)).isTrue();
    assertThat(other.complaints()).isEmpty();
  }

  @Test
  void aBrokenLinkShowsThePage() {
    List<String> labels = chart.texts();
    String page = tab.address().replaceFirst("#.*", "");
    for (String view :
        List.of(
            "%",
            "%7B%22charts%22%3A3%7D",
            "null",
            "%7B%22charts%22%3A%7B%22scaling-prefill%22%3A%7B%22zoom%22%3A%5B1%2C1%2C1%2C1%5D%2C%22off%22%3A7%7D%7D%7D")) {
      Tab other = tab.another().open(page + "#view=" + view);
      assertThat(new Drawing(other, "scaling-prefill").texts()).as(view).isEqualTo(labels);
      assertThat(other.complaints()).as(view).isEmpty();
    }
  }

  @Test
  void isUsedByKeyboard() {
    chart.press(MAMBA, Keys.SPACE);
    assertThat(chart.pressed(MAMBA)).isFalse();
    chart.press(MAMBA, Keys.ENTER);
    assertThat(chart.pressed(MAMBA)).isTrue();
    chart.press("[data-axis='x'][data-scale='linear']", Keys.ENTER);
    assertThat(chart.pressed("[data-axis='x'][data-scale='linear']")).isTrue();
    chart.press("[data-action='reset']", Keys.SPACE);
    assertThat(chart.pressed("[data-axis='x'][data-scale='log']")).isTrue();
    chart.press(".plot", Keys.ARROW_RIGHT);
    assertThat(chart.tooltip()).contains("forks");
  }

  @Test
  void theTabKeyReachesEveryButtonAndShowsWhereItIs() {
    tab.press(Keys.TAB);
    tab.run("document.querySelector(arguments[0]).focus()", chart.in("button"));
    double buttons =
        tab.number(
            "return document.querySelectorAll(arguments[0]).length",
            chart.in("button:not(:disabled)"));
    for (int i = 0; i < buttons; i++) {
      assertThat(
              tab.holds(
                  "const on = document.activeElement; return on.matches(arguments[0])"
                      + " && on.matches(':focus-visible')"
                      + " && getComputedStyle(on).outlineStyle !== 'none'",
                  chart.in("button")))
          .as("button %d of %.0f", i + 1, buttons)
          .isTrue();
      tab.press(Keys.TAB);
    }
    assertThat(tab.holds("return document.activeElement.matches(arguments[0])", chart.in(".plot")))
        .isTrue();
  }

  /** How places along an axis follow sizes that double. */
  private enum Shape {
    STRAIGHT,
    LOGARITHMIC,
    OTHER;

    static Shape of(List<Map<String, Object>> points) {
      Object subject = points.get(0).get("subject");
      List<Integer> xs =
          points.stream()
              .filter(point -> point.get("subject").equals(subject))
              .map(point -> ((Number) point.get("x")).intValue())
              .toList();
      double first = xs.get(1) - xs.get(0);
      double last = xs.get(xs.size() - 1) - xs.get(xs.size() - 2);
      double doublings = Math.pow(2, xs.size() - 2);
      return Math.abs(last - first) <= 2
          ? LOGARITHMIC
          : Math.abs(last / first / doublings - 1) < 0.2 ? STRAIGHT : OTHER;
    }
  }
}
