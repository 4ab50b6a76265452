package dev.ordo.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes result files of JMH that nobody measured. */
final class MadeResults {

  /** The measurements of a large file: cells, each with two forks. */
  static final int MANY = 10_000;

  /** The parameter that is the size. */
  static final String SIZE = "size";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArrayNode elements = JSON.createArrayNode();
  private final SplittableRandom random = new SplittableRandom(5);

  /** Writes a small file in which every name is one of those given. */
  static Path write(Path folder, Names names) throws IOException {
    MadeResults results = new MadeResults();
    for (int model = 0; model < names.models().size(); model++) {
      for (int size = 100; size <= 1600; size *= 2) {
        ObjectNode element =
            results.element(names.word(0) + "." + names.models().get(model), size, 900 + model);
        element.put("vmName", names.word(1)).put("jvm", names.word(3));
        ((ObjectNode) element.get("params")).put(names.word(4), names.word(5 + model % 2));
        element
            .withObject("/secondaryMetrics")
            .set(names.word(6), element.get("primaryMetric").deepCopy());
        ((ObjectNode) element.at("/secondaryMetrics").get(names.word(6)))
            .put("scoreUnit", names.word(7));
      }
    }
    return results.write(folder);
  }

  /** Writes a file with {@value #MANY} cells: 250 benchmarks at 40 sizes. */
  static Path many(Path folder) throws IOException {
    MadeResults results = new MadeResults();
    for (int benchmark = 0; benchmark < MANY / 40; benchmark++) {
      for (int step = 0; step < 40; step++) {
        int size = (int) Math.round(16 * Math.pow(2, step / 4.0));
        results.element("org.example.Many.benchmark" + benchmark, size, 10 + benchmark);
      }
    }
    return results.write(folder);
  }

  private ObjectNode element(String benchmark, int size, double nanos) {
    ObjectNode element = elements.addObject().put("benchmark", benchmark).put("mode", "avgt");
    element.put("threads", 1).put("forks", 2);
    element.putObject("params").put(SIZE, Integer.toString(size));
    ObjectNode metric = element.putObject("primaryMetric");
    metric.put("score", nanos * size).put("scoreUnit", "ns/op");
    ArrayNode raw = metric.putArray("rawData");
    for (int fork = 0; fork < 2; fork++) {
      double level = nanos * size * (1 + 0.03 * random.nextDouble(-1, 1));
      raw.addArray().add(level).add(level * (1 + 0.01 * random.nextDouble(-1, 1)));
    }
    return element;
  }

  private Path write(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve("jmh-result.json");
    JSON.writeValue(file.toFile(), elements);
    return file;
  }
}
