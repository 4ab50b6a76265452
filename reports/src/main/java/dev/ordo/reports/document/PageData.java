package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ChartJson;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The data of a page, as JSON that can stand inside an element {@code <script>}.
 *
 * <p>Inside that element nothing is unescaped, and {@code </script} would end it wherever it
 * stands: the characters that mean something to HTML or XML are therefore written as JSON writes
 * any character by its number. They can stand inside strings only, so that the value is the same.
 */
final class PageData {

  /** As many rows of a table are in the page's text: more are slow to read in. */
  static final int MOST_ROWS = 500;

  private static final MathContext DIGITS = new MathContext(7);

  private PageData() {}

  /** Returns what the page's charts are drawn from: {@code {"charts": […]}}, {@link ChartJson}. */
  static String charts(List<Page.Figure> figures) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode all = root.putArray("charts");
    figures.stream().map(Page.Figure::data).filter(Objects::nonNull).forEach(all::add);
    return embedded(root);
  }

  /**
   * Returns what the page's downloads are made of: {@code {"measurements": [{"metric", "benchmark",
   * "mode", "threads", "params", "sizeName", "unit", "points": [{"size", "forks": [[iteration, …],
   * …]}]}], "fits", "claims"}}, where {@code fits} is the content of {@code fits.json}, {@code
   * claims} that of {@code tables/claims.tex}, and {@code metric} is empty for what the study is
   * about.
   */
  static String report(Study study) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode all = root.putArray("measurements");
    for (Study.Finding finding : study.findings()) {
      write("", finding.series(), all.addObject());
    }
    for (Footprint footprint : study.memory()) {
      write(Footprint.KEPT, footprint.kept(), all);
      write(Footprint.ALLOCATED, footprint.allocated(), all);
      write(Footprint.HELD, footprint.held(), all);
    }
    root.set("fits", fits(study));
    root.put("claims", Templates.latex("claims.ftlt", study));
    return embedded(root);
  }

  private static void write(String metric, Optional<Footprint.Bytes> bytes, ArrayNode all) {
    bytes.ifPresent(known -> write(metric, known.series(), all.addObject()));
  }

  private static void write(String metric, Series series, ObjectNode node) {
    node.put("metric", metric)
        .put("benchmark", series.benchmark())
        .put("mode", series.mode())
        .put("threads", series.threads());
    FitsJson.write(series.params(), node.putObject("params"));
    node.put("sizeName", series.sizeName());
    ArrayNode points = node.putArray("points");
    for (Series.Point point : series.points()) {
      Sample sample = point.sample();
      node.put("unit", sample.unit().symbol());
      ArrayNode forks = points.addObject().put("size", point.size()).putArray("forks");
      for (int fork = 0; fork < sample.forkCount(); fork++) {
        ArrayNode iterations = forks.addArray();
        for (double value : sample.fork(fork)) {
          iterations.add(value);
        }
      }
    }
  }

  /**
   * Returns the rows of a long table that are not in the page's text, as arrays of texts and of
   * pairs of a text and the number that it sorts by; empty where all rows are.
   */
  static String more(List<? extends Page.Cells> rows) {
    if (rows.size() <= MOST_ROWS) {
      return "";
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Page.Cells row : rows.subList(MOST_ROWS, rows.size())) {
      ArrayNode cells = all.addArray();
      for (Object cell : row.cells()) {
        if (cell instanceof Page.Amount amount) {
          cells.addArray().add(amount.text()).add(new BigDecimal(amount.value()).round(DIGITS));
        } else {
          cells.add(cell == null ? Cell.NONE : cell.toString());
        }
      }
    }
    return embedded(all);
  }

  private static JsonNode fits(Study study) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      FitsJson.write(study, out);
      return new ObjectMapper().readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("fits in memory could not be written", e);
    }
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
