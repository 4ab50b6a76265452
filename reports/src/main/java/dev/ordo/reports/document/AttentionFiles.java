package dev.ordo.reports.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.chart.AttentionChart;
import dev.ordo.reports.chart.Format;
import dev.ordo.reports.chart.Sheet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attention weights of heads as files: a picture of each, and the numbers. */
public final class AttentionFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AttentionFiles() {}

  /**
   * The positions of a sequence.
   *
   * @param tokens ids; shape (L), not modified
   * @param labels one a token
   */
  public record Positions(int[] tokens, List<String> labels) {

    /**
     * Checks the labels.
     *
     * @throws IllegalArgumentException if there are not as many as tokens
     */
    public Positions {
      if (tokens.length != labels.size()) {
        throw new IllegalArgumentException(
            "labels (" + labels.size() + ") must be as many as tokens (" + tokens.length + ")");
      }
    }
  }

  /**
   * The weights of one head.
   *
   * @param part names the part of the model that has the head, in lower-case letters; empty for a
   *     model of one part
   * @param layer the layer within the part, from 0
   * @param head the head within the layer, from 0
   * @param rows the R positions that look
   * @param columns the C positions that are looked at
   * @param weights shape (R, C), row-major; row i holds the weights of position i; not modified
   */
  public record Head(
      String part, int layer, int head, Positions rows, Positions columns, float[] weights) {

    /** Returns the name of the head's files without their endings. */
    String name() {
      return "attention-" + (part.isEmpty() ? "" : part + "-") + "layer" + layer + "-head" + head;
    }

    /** Returns what the head is, in words. */
    String title() {
      return (part.isEmpty() ? "" : part + " ") + "attention of layer " + layer + ", head " + head;
    }
  }

  /**
   * Writes {@code attention-PART-layerI-headJ.png}, {@code .svg} and {@code .json} for each head,
   * without {@code PART-} where a model has one part.
   *
   * <p>The JSON has {@code model}, {@code part} unless there is one, {@code layer}, {@code head},
   * {@code tokens} (ids) and {@code labels} of the columns, {@code rowTokens} and {@code
   * rowLabels}, and {@code weights}, an array of rows. All files are made first and then moved to
   * their places.
   *
   * @param model whose weights they are
   * @param heads which
   * @param directory where to write; made if it is not there
   * @return the files, in the order of the heads
   * @throws IOException if a file cannot be written; its message names the path and the reason
   * @throws IllegalArgumentException if weights are none
   */
  public static List<Path> write(String model, List<Head> heads, Path directory)
      throws IOException {
    Map<Path, Placement.Content> contents = new LinkedHashMap<>();
    for (Head head : heads) {
      AttentionChart chart = chart(model, head);
      for (Format format : List.of(Format.PNG, Format.SVG)) {
        contents.put(
            directory.resolve(head.name() + format.ending()),
            out -> out.write(chart.file(format, Sheet.SCREEN)));
      }
      contents.put(directory.resolve(head.name() + ".json"), utf8(json(model, head)));
    }
    new Placement(directory).write(contents);
    return List.copyOf(contents.keySet());
  }

  private static AttentionChart chart(String model, Head head) {
    return new AttentionChart(
        head.name(),
        model + ": " + head.title(),
        head.rows().labels(),
        head.columns().labels(),
        head.weights());
  }

  /**
   * Reads the JSON of a head back and makes its chart.
   *
   * @param file what {@link #write} wrote
   * @throws IOException if the file cannot be read, or is no such JSON; its message names the path
   */
  public static AttentionChart read(Path file) throws IOException {
    JsonNode node;
    try {
      node = JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + " must be the JSON of an attention head, found other text", e);
    }
    JsonNode weights = node.path("weights");
    if (!weights.isArray() || !node.path("model").isTextual()) {
      throw new IOException(
          file + " must be the JSON of an attention head, with model and weights, found neither");
    }
    List<String> rows = labels(node.path("rowLabels"));
    List<String> columns = labels(node.path("labels"));
    float[] all = new float[rows.size() * columns.size()];
    int count = 0;
    for (JsonNode row : weights) {
      for (JsonNode weight : row) {
        if (count < all.length) {
          all[count] = (float) weight.asDouble(Double.NaN);
        }
        count++;
      }
    }
    if (count != all.length) {
      throw new IOException(
          file
              + ": weights ("
              + count
              + ") must be rowLabels ("
              + rows.size()
              + ") × labels ("
              + columns.size()
              + ")");
    }
    Head head =
        new Head(
            node.path("part").asText(""),
            node.path("layer").asInt(),
            node.path("head").asInt(),
            new Positions(new int[rows.size()], rows),
            new Positions(new int[columns.size()], columns),
            all);
    try {
      return chart(node.get("model").asText(), head);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<String> labels(JsonNode nodes) {
    List<String> labels = new ArrayList<>();
    nodes.forEach(node -> labels.add(node.asText()));
    return labels;
  }

  private static String json(String model, Head head) {
    ObjectNode node = JSON.createObjectNode();
    node.put("model", model);
    if (!head.part().isEmpty()) {
      node.put("part", head.part());
    }
    node.put("layer", head.layer());
    node.put("head", head.head());
    put(node, "tokens", "labels", head.columns());
    put(node, "rowTokens", "rowLabels", head.rows());
    ArrayNode rows = node.putArray("weights");
    int columns = head.columns().tokens().length;
    for (int i = 0; i < head.weights().length; i += columns) {
      ArrayNode row = rows.addArray();
      for (int j = 0; j < columns; j++) {
        row.add(head.weights()[i + j]);
      }
    }
    try {
      return JSON.writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and strings must be writable", e);
    }
  }

  private static void put(ObjectNode node, String tokens, String labels, Positions positions) {
    ArrayNode ids = node.putArray(tokens);
    for (int token : positions.tokens()) {
      ids.add(token);
    }
    positions.labels().forEach(node.putArray(labels)::add);
  }

  private static Placement.Content utf8(String text) {
    return Placement.Content.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
