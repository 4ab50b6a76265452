package dev.ordo.harness.bench;

import dev.ordo.reports.compare.SpeedUp;
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
 * Adds to each iteration on several threads the time that an operation takes on one, as the metric
 * {@value SpeedUp#ONE_THREAD}.
 */
public final class OneThreadTime implements InternalProfiler {

  private static volatile double nanos;

  /** Makes the profiler; JMH calls this. */
  public OneThreadTime() {}

  /** Takes the time of an operation, in nanoseconds. */
  static void tell(double now) {
    nanos = now;
  }

  @Override
  public String getDescription() {
    return "Time of the same work on one thread";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // The figure comes when the iteration has been repeated.
  }

  @Override
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(new ScalarResult(SpeedUp.ONE_THREAD, nanos, "ns/op", AggregationPolicy.AVG));
  }
}
