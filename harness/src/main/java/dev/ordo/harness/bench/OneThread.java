package dev.ordo.harness.bench;

import dev.ordo.models.kernel.Workers;
import dev.ordo.reports.compare.SpeedUp;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Repeats each iteration of a workload that is split over threads on one thread, and adds its time.
 * Both run in the same JVM within the same moment, so that their ratio is that of the threads: the
 * speed of a machine with busy neighbours changes by more than a second thread gains.
 */
final class OneThread {

  private static volatile OptionalDouble last = OptionalDouble.empty();

  private final Runnable workload;
  private long begun;

  /** Takes the workload; its iterations begin with {@link #begin}. */
  OneThread(Runnable workload) {
    this.workload = workload;
  }

  /** Runs on one thread until the time is steady, for {@code boundNanos} at most. */
  void warmUp(long boundNanos) {
    Workers.alone(true);
    try {
      Warmup.within(boundNanos).run(workload);
    } finally {
      Workers.alone(false);
    }
  }

  /** Notes that an iteration begins. */
  void begin() {
    begun = System.nanoTime();
  }

  /** Repeats the iteration that ends now, once at least. */
  void repeat() {
    long length = System.nanoTime() - begun;
    long operations = 0;
    Workers.alone(true);
    try {
      long start = System.nanoTime();
      long spent;
      do {
        workload.run();
        operations++;
        spent = System.nanoTime() - start;
      } while (spent < length);
      last = OptionalDouble.of((double) spent / operations);
    } finally {
      Workers.alone(false);
    }
  }

  /** Adds the time on one thread to each iteration that was repeated. */
  public static final class Time implements InternalProfiler {

    /** Makes the profiler; JMH calls this. */
    public Time() {}

    @Override
    public String getDescription() {
      return "Time of the same work on one thread";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
      last = OptionalDouble.empty();
    }

    @Override
    public Collection<? extends Result> afterIteration(
        BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
      OptionalDouble nanos = last;
      return nanos.isEmpty()
          ? List.of()
          : List.of(
              new ScalarResult(
                  SpeedUp.ONE_THREAD, nanos.getAsDouble(), "ns/op", AggregationPolicy.AVG));
    }
  }
}
