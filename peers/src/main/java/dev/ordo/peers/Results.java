package dev.ordo.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All that a run has found so far. */
final class Results {

  /**
   * A contender held against the reference of its row, on one JDK.
   *
   * @param row the id of the row
   * @param contender the name of the contender
   * @param jdk the release of the JDK
   * @param nanos the median over forks of the time of a run, in nanoseconds
   * @param reference the same of the reference
   * @param ratio reference over contender within a fork: 1 is as fast, more is faster
   */
  record Comparison(
      String row, String contender, int jdk, double nanos, double reference, RatioInterval ratio) {}

  private final Map<String, String> environment;
  private final Map<String, String> details = new LinkedHashMap<>();
  private final Map<String, Double> differences = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final List<Fork> forks = new ArrayList<>();

  Results(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Takes note of a comparison of outputs. */
  void add(Row row, Jdk jdk, OutputCheck check) {
    details.putAll(check.details());
    check
        .differences()
        .forEach((name, value) -> differences.put(key(row, name, jdk.release()), value));
  }

  void add(Fork fork) {
    forks.add(fork);
  }

  void leaveOut(String what, String reason) {
    leftOut.put(what, reason);
  }

  /** Returns what the run ran on, by name. */
  public Map<String, String> getEnvironment() {
    return environment;
  }

  /** Returns what contenders say of themselves, by name. */
  public Map<String, String> getDetails() {
    return details;
  }

  /** Returns the largest relative differences of outputs. */
  public Map<String, Double> getDifferences() {
    return differences;
  }

  /** Returns what was not measured, and why. */
  public Map<String, String> getLeftOut() {
    return leftOut;
  }

  /** Returns what each fork measured. */
  public List<Fork> getForks() {
    return forks;
  }

  double difference(Row row, String contender, int jdk) {
    return differences.getOrDefault(key(row, contender, jdk), Double.NaN);
  }

  private static String key(Row row, String contender, int jdk) {
    return row.id() + " " + contender + " JDK " + jdk;
  }

  /** Returns all contenders of a row against its reference on one JDK; none before both ran. */
  List<Comparison> comparisons(Row row, int jdk) {
    double[] reference = values(row, row.reference(), jdk, Fork::nanos);
    List<Comparison> comparisons = new ArrayList<>();
    for (String contender : row.contenders().keySet()) {
      double[] own = values(row, contender, jdk, Fork::nanos);
      if (!contender.equals(row.reference()) && own.length > 0 && reference.length > 0) {
        comparisons.add(
            new Comparison(
                row.id(),
                contender,
                jdk,
                RatioInterval.median(own),
                RatioInterval.median(reference),
                RatioInterval.of(values(row, contender, jdk, Fork::ratio))));
      }
    }
    return comparisons;
  }

  private double[] values(Row row, String contender, int jdk, ToDoubleFunction<Fork> value) {
    return forks.stream()
        .filter(fork -> matches(fork, row, contender, jdk))
        .mapToDouble(value)
        .toArray();
  }

  /** Returns the most bytes a token that any fork of a model allocated; NaN before one ran. */
  double bytesPerToken(Row row, String contender, int jdk) {
    return forks.stream()
            .filter(fork -> matches(fork, row, contender, jdk))
            .mapToDouble(Fork::bytes)
            .max()
            .orElse(Double.NaN)
        / row.work();
  }

  private static boolean matches(Fork fork, Row row, String contender, int jdk) {
    return fork.row().equals(row.id()) && fork.contender().equals(contender) && fork.jdk() == jdk;
  }
}
