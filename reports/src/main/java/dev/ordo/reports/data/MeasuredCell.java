package dev.ordo.reports.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One metric of one cell of a result file, whatever its size parameter.
 *
 * @param benchmark the full name of the benchmark
 * @param mode JMH's short name of the mode
 * @param threads the number of threads
 * @param params all parameters, the size among them, in the order of the file
 * @param sample what was measured
 */
public record MeasuredCell(
    String benchmark, String mode, int threads, Map<String, String> params, Sample sample) {

  /** Copies the parameters. */
  public MeasuredCell {
    Objects.requireNonNull(benchmark, "benchmark");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(sample, "sample");
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}
