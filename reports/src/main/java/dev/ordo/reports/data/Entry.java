package dev.ordo.reports.data;

import java.util.List;
import java.util.Map;

/**
 * One element of a result file: one cell, with all its metrics as they stand in the file.
 *
 * @param cell what was measured
 * @param readings the metrics, the primary one first
 */
record Entry(Cell cell, List<Reading> readings) {

  /**
   * What tells one measured thing from another.
   *
   * @param benchmark the full name of the benchmark
   * @param mode JMH's short name of the mode
   * @param threads the number of threads
   * @param params the parameters, in the order of the file
   */
  record Cell(String benchmark, String mode, int threads, Map<String, String> params) {

    /** Returns the cell as text, for example {@code org.acme.Sort.run (length=64)}. */
    String label() {
      return params.isEmpty()
          ? benchmark
          : benchmark + " " + params.toString().replace('{', '(').replace('}', ')');
    }
  }

  /**
   * One metric of one element.
   *
   * @param metric its name
   * @param scale the way to the base unit
   * @param forks one array a fork, one value an iteration, in the file's unit; may hold NaN
   */
  record Reading(String metric, Scale scale, List<double[]> forks) {}
}
