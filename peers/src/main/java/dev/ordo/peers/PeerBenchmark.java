package dev.ordo.peers;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The one benchmark: a contender of a row. Each fork holds one of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeerBenchmark {

  /** The system property that bounds the time until a contender has settled, in milliseconds. */
  static final String SETTLING = "ordo.peers.settling.millis";

  /** The id of the row. */
  @Param("gemm-256")
  public String row;

  /** The name of the contender. */
  @Param("openblas")
  public String contender;

  private Contender running;

  /** Makes the contender and lets it settle. */
  @Setup
  public void open() {
    running = Rows.get(row).open(contender);
    Settling.run(running, TimeUnit.MILLISECONDS.toNanos(Long.getLong(SETTLING, 0)));
  }

  /** Does the work once. */
  @Benchmark
  public Object run() {
    return running.run();
  }

  /** Lets go of what the contender holds outside the heap. */
  @TearDown
  public void close() {
    running.close();
  }
}
