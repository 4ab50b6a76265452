package dev.ordo.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of a run, as Markdown that also reads well on a terminal. */
final class Report {

  private final Results results;
  private final List<Row> rows;
  private final List<Jdk> jdks;
  private final boolean trial;

  /**
   * Makes a report.
   *
   * @param trial whether the run was too short for verdicts
   */
  Report(Results results, List<Row> rows, List<Jdk> jdks, boolean trial) {
    this.trial = trial;
    this.results = results;
    this.rows = rows;
    this.jdks = jdks;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    if (trial) {
      text.append("A trial: too few and too short forks for numbers that mean anything.\n\n");
    }
    results.getEnvironment().forEach((name, fact) -> fact(text, name, fact));
    results.getDetails().forEach((name, fact) -> fact(text, name, fact));
    times(text);
    allocations(text);
    results
        .getLeftOut()
        .forEach(
            (row, reason) -> text.append("\nNot measured: ").append(row + ": " + reason + "\n"));
    return text.toString();
  }

  private static void fact(StringBuilder text, String name, String fact) {
    text.append("- ").append(name).append(": ").append(fact).append('\n');
  }

  private void times(StringBuilder text) {
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      for (Jdk jdk : jdks) {
        for (Results.Comparison comparison : comparisons(row, jdk)) {
          lines.add(line(row, comparison));
        }
      }
    }
    if (!lines.isEmpty()) {
      text.append(
          "\n"
              + "Ratio: time of the peer over time of Ordo within a fork, the median of all forks;"
              + " above 1 Ordo is faster.\n\n");
      table(
          text,
          List.of(
              "what",
              "JDK",
              "Ordo",
              "time",
              "peer",
              "time",
              "ratio",
              "95 % interval",
              "goal",
              "goal reached",
              "outputs differ by"),
          lines);
    }
  }

  private List<Results.Comparison> comparisons(Row row, Jdk jdk) {
    return row.kind() == Row.Kind.ALLOCATION ? List.of() : results.comparisons(row, jdk.release());
  }

  private List<String> line(Row row, Results.Comparison c) {
    RatioInterval ratio = c.ratio();
    boolean interval = !Double.isNaN(ratio.low());
    return List.of(
        row.title(),
        Integer.toString(c.jdk()),
        c.contender(),
        time(row, c.nanos()),
        row.reference(),
        time(row, c.reference()),
        String.format(Locale.ROOT, "%.2f", ratio.ratio()),
        interval
            ? String.format(Locale.ROOT, "%.2f … %.2f", ratio.low(), ratio.high())
            : "too few forks",
        String.format(Locale.ROOT, "≥ %.2f", row.goal()),
        interval && !trial ? verdict(ratio, row.goal()) : "—",
        row.kind() == Row.Kind.TIME
            ? String.format(Locale.ROOT, "%.1e", results.difference(row, c.contender(), c.jdk()))
            : "—");
  }

  private static String verdict(RatioInterval ratio, double goal) {
    if (ratio.low() >= goal) {
      return "yes";
    }
    return ratio.high() < goal ? "no" : "cannot tell";
  }

  private static String time(Row row, double nanos) {
    String time =
        nanos >= 1e9
            ? String.format(Locale.ROOT, "%.3g s", nanos / 1e9)
            : nanos >= 1e6
                ? String.format(Locale.ROOT, "%.3g ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.3g µs", nanos / 1e3);
    return time + " (" + rate(row.work() / nanos) + " " + row.unit() + ")";
  }

  private static String rate(double value) {
    return value >= 1000
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }

  private void allocations(StringBuilder text) {
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      for (Jdk jdk : jdks) {
        for (String model : row.contenders().keySet()) {
          double bytes = results.bytesPerToken(row, model, jdk.release());
          if (row.kind() == Row.Kind.ALLOCATION && !Double.isNaN(bytes)) {
            lines.add(
                List.of(
                    row.title(),
                    Integer.toString(jdk.release()),
                    model,
                    String.format(Locale.ROOT, "%.1f", bytes),
                    String.format(Locale.ROOT, "< %.0f", row.goal()),
                    trial ? "—" : bytes < row.goal() ? "yes" : "no"));
          }
        }
      }
    }
    if (!lines.isEmpty()) {
      text.append(
          "\n"
              + "Bytes allocated a token: the most of any fork and iteration, by JMH's profiler"
              + " gc.\n\n");
      table(text, List.of("what", "JDK", "model", "bytes a token", "goal", "goal reached"), lines);
    }
  }

  private static void table(StringBuilder text, List<String> head, List<List<String>> lines) {
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(lines);
    int[] widths = new int[head.size()];
    for (List<String> line : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    append(text, head, widths);
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    append(text, rule, widths);
    lines.forEach(line -> append(text, line, widths));
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    text.append('|');
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      text.append(' ').append(cell).append(" ".repeat(widths[i] - cell.length())).append(" |");
    }
    text.append('\n');
  }
}
