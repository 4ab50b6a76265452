package dev.ordo.browser;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.Keys;

/** One interactive chart of a page. */
final class Drawing {

  private static final String FIND = "const chart = document.getElementById(arguments[0]);";

  /** Labels with their boxes within the window, in pixels. */
  private static final String LABELS =
      FIND
          + """
          const view = chart.querySelector('.plot svg').getBoundingClientRect();
          return [...chart.querySelectorAll('.plot svg text')].map(text => {
            const box = text.getBoundingClientRect();
            return {text: text.textContent, left: box.left - view.left, right: box.right - view.left,
              top: box.top - view.top, bottom: box.bottom - view.top,
              inside: box.left >= view.left - 0.5 && box.right <= view.right + 0.5
                && box.top >= view.top - 0.5 && box.bottom <= view.bottom + 0.5};
          });
          """;

  private static final String POINTS =
      """
      const chart = window.ordo.charts[arguments[0]];
      const view = chart.plot.getBoundingClientRect();
      return chart.points().map(point => ({subject: point.line.subject, size: point.dot[0],
        forks: point.dot[4] || 0, x: Math.round(view.left + point.x),
        y: Math.round(view.top + point.y)}));
      """;

  private final Tab tab;
  private final String name;

  /** A chart by its name. */
  Drawing(Tab tab, String name) {
    this.tab = tab;
    this.name = name;
  }

  /** Returns the names of a page's charts, in their order. */
  static List<String> names(Tab tab) {
    return tab.list(
        "return [...document.querySelectorAll('figure[data-chart]')]"
            + ".map(figure => figure.dataset.chart)");
  }

  /** Scrolls the chart into the window. */
  Drawing show() {
    tab.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", in(".plot"));
    return this;
  }

  /** Returns a selector of what is within the chart. */
  String in(String selector) {
    return "#chart-" + name + " " + selector;
  }

  /** Returns each label with its box. */
  List<Map<String, Object>> labels() {
    return tab.list(LABELS, "chart-" + name);
  }

  /** Returns the texts of all labels. */
  List<String> texts() {
    return labels().stream().map(label -> (String) label.get("text")).toList();
  }

  /** Returns each point that is shown: its subject, its size, its forks, its place. */
  List<Map<String, Object>> points() {
    return tab.list(POINTS, name);
  }

  /** Returns the subjects of the points that are shown. */
  List<String> subjects() {
    return points().stream().map(point -> (String) point.get("subject")).distinct().toList();
  }

  /** Returns how many shapes the drawing is made of. */
  double shapes() {
    return tab.number(
        "return document.querySelectorAll(arguments[0]).length", in(".plot svg path"));
  }

  /** Puts the pointer on a point. */
  void point(Map<String, Object> point) {
    tab.point(((Number) point.get("x")).intValue(), ((Number) point.get("y")).intValue());
  }

  /** Drags a frame around the middle of the plot. */
  void zoom() {
    Map<String, Object> view =
        tab.map(
            "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
                + "return {left: box.left, top: box.top, width: box.width, height: box.height}",
            in(".plot"));
    double left = ((Number) view.get("left")).doubleValue();
    double top = ((Number) view.get("top")).doubleValue();
    double width = ((Number) view.get("width")).doubleValue();
    double height = ((Number) view.get("height")).doubleValue();
    tab.drag(
        (int) (left + 0.3 * width),
        (int) (top + 0.3 * height),
        (int) (left + 0.7 * width),
        (int) (top + 0.7 * height));
  }

  /** Returns the tooltip as text, once it is shown. */
  String tooltip() {
    tab.await("return document.querySelector(arguments[0]).checkVisibility()", in(".tooltip"));
    return tab.text("return document.querySelector(arguments[0]).innerText", in(".tooltip"));
  }

  /** Clicks on what a selector finds within the chart. */
  void click(String selector) {
    tab.click(in(selector));
  }

  /** Presses a key while something within the chart has the focus. */
  void press(String selector, Keys key) {
    tab.run("document.querySelector(arguments[0]).focus()", in(selector));
    tab.press(key);
  }

  /** Returns whether a button within the chart is pressed. */
  boolean pressed(String selector) {
    return "true".equals(tab.find(in(selector)).getDomAttribute("aria-pressed"));
  }
}
