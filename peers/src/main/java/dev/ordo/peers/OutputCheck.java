package dev.ordo.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares what the contenders of a row compute, in a JVM of its own, before any of them is timed.
 *
 * @param differences for each contender, the largest difference from the reference in any tensor,
 *     as a part of that tensor's largest value
 * @param details what the contenders say of themselves, by name
 */
record OutputCheck(Map<String, Double> differences, Map<String, String> details) {

  /** Checks the row {@code args[0]} and writes the result to the file {@code args[1]}. */
  public static void main(String[] args) throws IOException {
    new ObjectMapper().writeValue(Path.of(args[1]).toFile(), of(Rows.get(args[0])));
  }

  private static OutputCheck of(Row row) {
    Map<String, Double> differences = new LinkedHashMap<>();
    Map<String, String> details = new LinkedHashMap<>();
    Map<String, float[]> expected = Map.of();
    try (Contender reference = row.open(row.reference())) {
      expected = reference.output();
      details.put(row.reference(), reference.details());
    }
    for (String name : row.contenders().keySet()) {
      if (name.equals(row.reference())) {
        continue;
      }
      try (Contender contender = row.open(name)) {
        differences.put(name, difference(expected, contender.output()));
        details.put(name, contender.details());
      }
    }
    details.values().removeIf(String::isEmpty);
    return new OutputCheck(differences, details);
  }

  /**
   * Returns the largest difference in any tensor, as a part of the largest expected value of that
   * tensor; NaN where a value is.
   *
   * @throws IllegalArgumentException if names or sizes differ
   */
  static double difference(Map<String, float[]> expected, Map<String, float[]> found) {
    if (!expected.keySet().equals(found.keySet())) {
      throw new IllegalArgumentException(
          "tensors " + found.keySet() + " must be " + expected.keySet());
    }
    double worst = 0;
    for (Map.Entry<String, float[]> tensor : expected.entrySet()) {
      worst = Math.max(worst, difference(tensor.getKey(), tensor.getValue(), found));
    }
    return worst;
  }

  private static double difference(String name, float[] expected, Map<String, float[]> all) {
    float[] found = all.get(name);
    if (found.length != expected.length) {
      throw new IllegalArgumentException(
          "tensor '" + name + "' (" + found.length + " values) must have " + expected.length);
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) expected[i] - found[i]));
    }
    return difference == 0 ? 0 : difference / largest;
  }
}
