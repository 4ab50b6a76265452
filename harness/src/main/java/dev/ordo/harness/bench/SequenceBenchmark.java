package dev.ordo.harness.bench;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
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

/**
 * The one benchmark: a phase of a model at a length. Which model is a parameter, and each fork
 * holds one model only, so that no fork's compiled code is shaped by another model's types.
 *
 * <p>The shape and the seed come from the system properties {@value #SHAPE} and {@value #SEED}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SequenceBenchmark {

  /** The system property that holds the shape of the model, as {@link ModelShape#of} reads it. */
  public static final String SHAPE = "ordo.shape";

  /** The system property that holds the folder of the weights; without it, weights are random. */
  public static final String CHECKPOINT = "ordo.checkpoint";

  /** The system property that holds the seed of weights and tokens. */
  public static final String SEED = "ordo.seed";

  /** The system property that bounds the warm-up before JMH's own iterations, in milliseconds. */
  public static final String WARMUP = "ordo.warmup.millis";

  /** What a fork prints whose workload was not steady when its measurement began. */
  public static final String UNSTEADY = "ordo: the workload is not steady after the warm-up";

  private static final long WARMUP_MILLIS = 3000;

  /** The id of the model. */
  @Param("rnn")
  public String model;

  /** The id of the phase. */
  @Param("decode")
  public String phase;

  /** The sequence length L. */
  @Param("64")
  public int length;

  private Workload workload;

  /** Makes the model, brings its session to where the phase starts, and warms up. */
  @Setup
  public void open() throws IOException {
    long seed = Long.getLong(SEED, 0);
    workload = Workload.of(model(seed), Phase.of(phase), length, seed);
    long bound = TimeUnit.MILLISECONDS.toNanos(Long.getLong(WARMUP, WARMUP_MILLIS));
    if (!Warmup.within(bound).run(workload::run)) {
      System.out.println(UNSTEADY);
    }
  }

  private SequenceModel model(long seed) throws IOException {
    ModelProvider provider = Models.load(getClass().getClassLoader()).get(model);
    String checkpoint = System.getProperty(CHECKPOINT);
    return checkpoint == null
        ? provider.create(ModelShape.of(System.getProperty(SHAPE, ModelShape.DEFAULT.text())), seed)
        : provider.load(Checkpoint.open(Path.of(checkpoint)));
  }

  /** Does the phase once. */
  @Benchmark
  public Object run() {
    return workload.run();
  }

  /**
   * Checks that what was timed was a computation that worked.
   *
   * @throws IllegalStateException if the model's last output is not finite
   */
  @TearDown
  public void check() {
    workload.check();
  }
}
