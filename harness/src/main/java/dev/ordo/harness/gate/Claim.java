package dev.ordo.harness.gate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a gate says.
 *
 * @param kind what is claimed
 * @param name the series, or the cell: {@code mamba.decode}, {@code mamba.decode@4096}
 * @param benchmark the full name of the benchmark
 * @param metric the metric's name
 * @param verdict what it comes to
 * @param gates whether it counts, or only informs
 * @param figure the estimate with its interval, short: {@code 1.12 [1.08, 1.17]}
 * @param sentence the evidence, one sentence
 * @param doubt why an inconclusive claim must not pass; absent where it may
 * @param trend the ratios of candidate to base along the sizes; empty where there is one size
 */
public record Claim(
    Kind kind,
    String name,
    String benchmark,
    String metric,
    Verdict verdict,
    boolean gates,
    String figure,
    String sentence,
    Optional<String> doubt,
    List<Double> trend) {

  /** What is claimed. */
  public enum Kind {
    /** The cost of one cell. */
    CELL("cost", "ordo-cost-cell"),
    /** The cost of a series, all sizes together. */
    SERIES("cost", "ordo-cost"),
    /** How cost grows. */
    LAW("law", "ordo-law"),
    /** How cost grows, against what the configuration declares. */
    DECLARED("declared", "ordo-declared-law");

    private final String word;
    private final String rule;

    Kind(String word, String rule) {
      this.word = word;
      this.rule = rule;
    }

    /** Returns the kind as a word. */
    public String word() {
      return word;
    }

    /** Returns an identifier for tools that want one. */
    public String rule() {
      return rule;
    }
  }

  /** Checks that every part is there. */
  public Claim {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(benchmark, "benchmark");
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(figure, "figure");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(doubt, "doubt");
    trend = List.copyOf(trend);
  }

  /** Returns whether it fails a gate. */
  public boolean fails() {
    return gates && verdict == Verdict.REGRESSED;
  }

  /** Returns whether it leaves a gate undecided. */
  public boolean doubtful() {
    return gates && verdict == Verdict.INCONCLUSIVE && doubt.isPresent();
  }

  /** Returns kind and name, and the metric where it is not time. */
  public String title() {
    String what = metric.equals(dev.ordo.reports.data.Measurements.TIME) ? "" : " (" + metric + ")";
    return kind.word() + " of " + name + what;
  }
}
