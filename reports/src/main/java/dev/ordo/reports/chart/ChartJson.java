package dev.ordo.reports.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Guide;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.text.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A chart as the script of a page draws it: the same data that XChart draws, with the same looks.
 *
 * <p>The JSON is {@code {"name", "title", "sizeName", "quantity", "unit", "dimension",
 * "logarithmic", "bars": "forks" or "interval", "rules": […], "guides": [{"label", "places": [size,
 * value, size, value, …]}], "lines": [{"subject", "color", "marker", "dash": […], "dots": [[size,
 * mean, low, high, forks, label], …], "curve": [size, value, size, value, …], "band": [size, low,
 * high, size, low, high, …]}]}}. Values are in the base of the unit, rounded to six digits; texts
 * are cleaned of everything that could steer a terminal.
 */
public final class ChartJson {

  /** More places of a curve are not to be seen on a screen. */
  private static final int MOST_PLACES = 121;

  private static final MathContext DIGITS = new MathContext(6);

  private ChartJson() {}

  /** Returns the chart as a JSON object. */
  public static ObjectNode of(ScalingChart chart) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", chart.name())
        .put("title", Text.clean(chart.title()))
        .put("sizeName", Text.clean(chart.sizeName()))
        .put("quantity", ScalingChart.quantity(chart.unit()))
        .put("unit", Text.clean(chart.unit().symbol()))
        .put("dimension", chart.unit().dimension().name().toLowerCase(Locale.ROOT))
        .put("logarithmic", chart.logarithmic())
        .put("bars", ofForks(chart) ? "forks" : "interval");
    ArrayNode rules = node.putArray("rules");
    chart.rules().forEach(rule -> number(rules, rule));
    ArrayNode guides = node.putArray("guides");
    for (Guide guide : chart.guides()) {
      ArrayNode places =
          guides.addObject().put("label", Text.clean(guide.label())).putArray("places");
      guide.places().forEach(place -> numbers(places, place.size(), place.value()));
    }
    ArrayNode lines = node.putArray("lines");
    for (Line line : chart.lines()) {
      write(line, chart.style().look(line.subject()), lines.addObject());
    }
    return node;
  }

  /** Returns whether bars reach from fork to fork; others are intervals. */
  private static boolean ofForks(ScalingChart chart) {
    return chart.rules().isEmpty() || chart.unit().equals(ResidualChart.RESIDUAL);
  }

  private static void write(Line line, Style.Look look, ObjectNode node) {
    node.put("subject", Text.clean(line.subject()))
        .put("color", Style.css(look.color()))
        .put("marker", look.marker().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    ArrayNode dash = node.putArray("dash");
    float[] pattern = look.stroke().getDashArray();
    for (int i = 0; pattern != null && i < pattern.length; i++) {
      dash.add(pattern[i]);
    }
    ArrayNode dots = node.putArray("dots");
    for (Dot dot : line.dots()) {
      ArrayNode values = dots.addArray();
      numbers(values, dot.size(), dot.mean(), dot.low(), dot.high());
      values.add(dot.forks());
      if (!dot.label().isEmpty()) {
        values.add(Text.clean(dot.label()));
      }
    }
    ArrayNode curve = node.putArray("curve");
    thinned(line.curve()).forEach(place -> numbers(curve, place.size(), place.value()));
    ArrayNode band = node.putArray("band");
    thinned(line.band()).forEach(range -> numbers(band, range.size(), range.low(), range.high()));
  }

  private static <T> List<T> thinned(List<T> places) {
    int step = (places.size() + MOST_PLACES - 2) / (MOST_PLACES - 1);
    return IntStream.range(0, places.size())
        .filter(i -> i % step == 0 || i == places.size() - 1)
        .mapToObj(places::get)
        .toList();
  }

  private static void numbers(ArrayNode node, double... values) {
    for (double value : values) {
      number(node, value);
    }
  }

  /** Sizes are names of places too: whole ones stay whole. */
  private static void number(ArrayNode node, double value) {
    if (!Double.isFinite(value)) {
      node.addNull();
    } else if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      node.add((long) value);
    } else {
      node.add(new BigDecimal(value).round(DIGITS).doubleValue());
    }
  }
}
