package dev.ordo.peers;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The one benchmark: contenders of a row, which take turns by iteration. What a noisy machine does
 * to a fork it then does to all of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeerBenchmark {

  /** The system property that bounds the time until a contender has settled, in milliseconds. */
  static final String SETTLING = "ordo.peers.settling.millis";

  /** What separates names in {@link #contenders}. */
  static final String SEPARATOR = "+";

  /** The id of the row. */
  @Param("gemm-256")
  public String row;

  /** The names of the contenders in the order of their turns, with {@code +} between them. */
  @Param("openblas")
  public String contenders;

  private List<Contender> all;
  private Contender running;
  private int iteration;

  /** Makes the contenders and lets each settle. */
  @Setup
  public void open() {
    Row measured = Rows.get(row);
    all = List.of(contenders.split("\\" + SEPARATOR)).stream().map(measured::open).toList();
    long bound = TimeUnit.MILLISECONDS.toNanos(Long.getLong(SETTLING, 0));
    all.forEach(contender -> Settling.run(contender, bound));
  }

  /** Gives the turn to the next contender. */
  @Setup(Level.Iteration)
  public void next() {
    running = all.get(iteration % all.size());
    iteration++;
  }

  /** Does the work once. */
  @Benchmark
  public Object run() {
    return running.run();
  }

  /** Lets go of what the contenders hold outside the heap. */
  @TearDown
  public void close() {
    all.forEach(Contender::close);
  }
}
