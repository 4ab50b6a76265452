package dev.ordo.reports.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.chart.AttentionChart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attention weights of heads as files: a picture of each, and the numbers. */
public final class AttentionFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AttentionFiles() {}

  /**
   * The weights of one head.
   *
   * @param layer the block, from 0
   * @param head the head within the block, from 0
   * @param weights shape (L, L), row-major; row i holds the weights of position i; not modified
   */
  public record Head(int layer, int head, float[] weights) {

    /** Returns the name of the head's files without their endings. */
    String name() {
      return "attention-layer" + layer + "-head" + head;
    }
  }

  /**
   * Writes {@code attention-layerI-headJ.png}, {@code .svg} and {@code .json} for each head.
   *
   * <p>The JSON has {@code model}, {@code layer}, {@code head}, {@code tokens} (ids), {@code
   * labels} and {@code weights}, an array of rows. All files are made first and then moved to their
   * places.
   *
   * @param model whose weights they are
   * @param tokens ids; shape (L), not modified
   * @param labels one a token
   * @param heads which
   * @param directory where to write; made if it is not there
   * @return the files, in the order of the heads
   * @throws IOException if a file cannot be written; its message names the path and the reason
   * @throws IllegalArgumentException if there are not as many labels as tokens, or weights that are
   *     none
   */
  public static List<Path> write(
      String model, int[] tokens, List<String> labels, List<Head> heads, Path directory)
      throws IOException {
    if (tokens.length != labels.size()) {
      throw new IllegalArgumentException(
          "labels (" + labels.size() + ") must be as many as tokens (" + tokens.length + ")");
    }
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    for (Head head : heads) {
      String title = model + ": attention of layer " + head.layer() + ", head " + head.head();
      AttentionChart chart = new AttentionChart(title, labels, head.weights());
      contents.put(directory.resolve(head.name() + ".png"), chart.png());
      contents.put(
          directory.resolve(head.name() + ".svg"),
          utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + chart.svg() + "\n"));
      contents.put(
          directory.resolve(head.name() + ".json"), utf8(json(model, tokens, labels, head)));
    }
    new Placement(directory).write(contents);
    return List.copyOf(contents.keySet());
  }

  private static String json(String model, int[] tokens, List<String> labels, Head head) {
    ObjectNode node = JSON.createObjectNode();
    node.put("model", model);
    node.put("layer", head.layer());
    node.put("head", head.head());
    ArrayNode ids = node.putArray("tokens");
    for (int token : tokens) {
      ids.add(token);
    }
    labels.forEach(node.putArray("labels")::add);
    ArrayNode rows = node.putArray("weights");
    for (int i = 0; i < tokens.length; i++) {
      ArrayNode row = rows.addArray();
      for (int j = 0; j < tokens.length; j++) {
        row.add(head.weights()[i * tokens.length + j]);
      }
    }
    try {
      return JSON.writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and strings must be writable", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
