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

/** Adds to each iteration a figure that the workload tells, as a further metric. */
abstract class ToldFigure implements InternalProfiler {

  private final String metric;
  private final String unit;
  private final String description;

  /**
   * Takes the names.
   *
   * @param metric the metric's name in result files
   * @param unit its unit, as JMH writes it
   * @param description what it is, in a few words
   */
  ToldFigure(String metric, String unit, String description) {
    this.metric = metric;
    this.unit = unit;
    this.description = description;
  }

  /** Returns the figure as it is at the end of an iteration. */
  abstract double figure();

  @Override
  public final String getDescription() {
    return description;
  }

  @Override
  public final void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // The workload tells the figure before the iteration ends.
  }

  @Override
  public final Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(new ScalarResult(metric, figure(), unit, AggregationPolicy.AVG));
  }
}
