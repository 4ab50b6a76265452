package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.chart.ChartJson;
import java.util.List;
import java.util.Objects;

/**
 * The data of a page, as JSON that can stand inside an element {@code <script>}.
 *
 * <p>Inside that element nothing is unescaped, and {@code </script} would end it wherever it
 * stands: the characters that mean something to HTML or XML are therefore written as JSON writes
 * any character by its number. They can stand inside strings only, so that the value is the same.
 */
final class PageData {

  private PageData() {}

  /** Returns what the page's charts are drawn from: {@code {"charts": […]}}, {@link ChartJson}. */
  static String charts(List<Page.Figure> figures) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode all = root.putArray("charts");
    figures.stream().map(Page.Figure::data).filter(Objects::nonNull).forEach(all::add);
    return embedded(root);
  }

  private static String embedded(JsonNode node) {
    return embedded(node.toString());
  }

  /** Returns JSON that ends no element and begins none. */
  static String embedded(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
