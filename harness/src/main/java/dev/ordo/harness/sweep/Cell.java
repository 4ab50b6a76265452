package dev.ordo.harness.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ordo.models.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one number of a sweep is about. What is missing in journals from before there was such a
 * part, 0 or null, is read as what it was then: one thread, one row, the JVM of the program.
 *
 * @param model the id of the model
 * @param phase the phase
 * @param length the sequence length L
 * @param threads the number of threads that the model's kernels are split over
 * @param batch the number of rows of L tokens that one operation does
 * @param jvm the name of the JVM, one of {@link Dimensions#jvms}; empty for the one that runs the
 *     program
 * @param jvmArgs the name of the set of arguments of the JVM, one of {@link Dimensions#jvmArgs};
 *     empty where a sweep has one set without a name
 */
public record Cell(
    String model,
    Phase phase,
    int length,
    int threads,
    int batch,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String jvm,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String jvmArgs) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the length is not positive or threads or batch are negative
   */
  public Cell {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(phase, "phase");
    if (length < 1) {
      throw new IllegalArgumentException("length (" + length + ") must be positive");
    }
    if (threads < 0) {
      throw new IllegalArgumentException("threads (" + threads + ") must not be negative");
    }
    if (batch < 0) {
      throw new IllegalArgumentException("batch (" + batch + ") must not be negative");
    }
    threads = Math.max(1, threads);
    batch = Math.max(1, batch);
    jvm = jvm == null ? "" : jvm;
    jvmArgs = jvmArgs == null ? "" : jvmArgs;
  }

  /** Makes a cell with one row an operation, on the JVM that runs the program. */
  public Cell(String model, Phase phase, int length, int threads) {
    this(model, phase, length, threads, 1, "", "");
  }

  /** Returns the cell as parameters of a result file, in their order. */
  Map<String, String> params() {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("model", model);
    params.put("phase", phase.id());
    params.put("length", Integer.toString(length));
    params.put("threads", Integer.toString(threads));
    params.put("batch", Integer.toString(batch));
    if (!jvm.isEmpty()) {
      params.put("jvm", jvm);
    }
    if (!jvmArgs.isEmpty()) {
      params.put("jvmArgs", jvmArgs);
    }
    return params;
  }

  /**
   * Returns the same cell at another length. Cells that are equal at one length are a series.
   *
   * @throws IllegalArgumentException if the length is not positive
   */
  Cell at(int otherLength) {
    return new Cell(model, phase, otherLength, threads, batch, jvm, jvmArgs);
  }

  /** Returns what the cell's series is called, for example {@code mamba decode}. */
  String series() {
    return text("");
  }

  /** Returns the cell as a short text, for example {@code mamba decode L=1024}. */
  @Override
  public String toString() {
    return text(" L=" + length);
  }

  private String text(String size) {
    return model
        + " "
        + phase.id()
        + size
        + (batch == 1 ? "" : " batch " + batch)
        + (threads == 1 ? "" : " on " + threads + " threads")
        + (jvm.isEmpty() ? "" : " on JVM " + jvm)
        + (jvmArgs.isEmpty() ? "" : " with arguments " + jvmArgs);
  }
}
