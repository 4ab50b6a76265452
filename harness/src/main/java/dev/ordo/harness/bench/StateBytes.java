package dev.ordo.harness.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to each iteration the bytes that the workload keeps: a session's state between tokens, or
 * what a training step's forward pass leaves for its backward pass.
 */
public final class StateBytes implements InternalProfiler {

  /** The name of the metric in result files. */
  public static final String METRIC = "state.bytes";

  private static volatile long bytes;

  /** Makes the profiler; JMH calls this. */
  public StateBytes() {}

  /** Takes the figure, in bytes. */
  static void tell(long now) {
    bytes = now;
  }

  @Override
  public String getDescription() {
    return "Bytes of state that the workload keeps";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // The figure is there since the set-up.
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(new ScalarResult(METRIC, bytes, "B", AggregationPolicy.AVG));
  }
}
