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
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The one benchmark of models: a phase of a model at a length. Which model is a parameter, and each
 * fork holds one model only, so that no fork's compiled code is shaped by another model's types.
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

  /** The system property that holds the format of the model's file; without it, there is none. */
  public static final String FORMAT = "ordo.model.format";

  /** The system property that holds the model's file. */
  public static final String FILE = "ordo.model.file";

  /** The system property that holds the options of the model's file. */
  public static final String FILE_OPTIONS = "ordo.model.options";

  /** The system property that holds the seed of weights and tokens. */
  public static final String SEED = "ordo.seed";

  /** The system property that bounds the warm-up before JMH's own iterations, in milliseconds. */
  public static final String WARMUP = "ordo.warmup.millis";

  /** The system property that the kernels take their number of threads from. */
  public static final String THREADS = "ordo.threads";

  /** The system property that makes a fork count what its workload holds, after its iterations. */
  public static final String COUNT_RETAINED = "ordo.retained";

  /** Begins the line in which a fork says what its workload holds; the bytes follow. */
  public static final String RETAINED = "ordo: bytes held:";

  /** What a fork prints whose workload was not steady when its measurement began. */
  public static final String UNSTEADY = "ordo: the workload is not steady after the warm-up";

  /**
   * Begins the line in which a fork says where its time went; three numbers follow: set-up in
   * microseconds, operations of the warm-up, their time in microseconds.
   */
  public static final String ACCOUNT = "ordo: set-up and warm-up:";

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

  /** The number of threads that the model's kernels are split over. */
  @Param("1")
  public int threads;

  /** The number of rows of L tokens that one operation does. */
  @Param("1")
  public int batch;

  private Workload workload;
  private OneThread oneThread;

  /** Makes the model, brings it to where the phase starts, and warms up. */
  @Setup
  public void open() {
    ForkGuard.enter();
    try {
      prepare();
    } catch (IOException | RuntimeException | Error e) {
      throw ForkGuard.told(e);
    }
  }

  private void prepare() throws IOException {
    long start = System.nanoTime();
    System.setProperty(THREADS, Integer.toString(threads));
    long seed = Long.getLong(SEED, 0);
    workload = workload(Phase.of(phase), seed);
    long bound = TimeUnit.MILLISECONDS.toNanos(Long.getLong(WARMUP, WARMUP_MILLIS));
    long ready = System.nanoTime();
    Warmup.Outcome outcome = Warmup.within(bound).run(workload::run);
    if (!outcome.steady()) {
      System.out.println(UNSTEADY);
    }
    System.out.println(
        String.join(
            " ",
            ACCOUNT,
            Long.toString(TimeUnit.NANOSECONDS.toMicros(ready - start)),
            Long.toString(outcome.operations()),
            Long.toString(TimeUnit.NANOSECONDS.toMicros(outcome.nanos()))));
    StateBytes.tell(workload.stateBytes());
    if (threads > 1) {
      oneThread = new OneThread(workload::run);
      oneThread.warmUp(bound);
    }
  }

  /** Notes when an iteration begins. */
  @Setup(Level.Iteration)
  public void begin() {
    if (oneThread != null) {
      oneThread.begin();
    }
  }

  /** Repeats an iteration on several threads for as long on one. */
  @TearDown(Level.Iteration)
  public void repeat() {
    if (oneThread != null) {
      oneThread.repeat();
    }
  }

  private ModelProvider provider(String format) throws IOException {
    Models models = Models.load(getClass().getClassLoader());
    return format == null
        ? models.get(model)
        : models.open(
            format, model, Path.of(System.getProperty(FILE)), System.getProperty(FILE_OPTIONS, ""));
  }

  private Workload workload(Phase which, long seed) throws IOException {
    String format = System.getProperty(FORMAT);
    ModelProvider provider = provider(format);
    // A file has weights of its own.
    String folder = format == null ? System.getProperty(CHECKPOINT) : null;
    ModelShape shape = ModelShape.of(System.getProperty(SHAPE, ModelShape.DEFAULT.text()));
    if (which == Phase.TRAIN) {
      // A single token is followed by none that it could learn to predict.
      int tokens = Math.max(2, length);
      return Workload.of(
          folder == null
              ? provider.training(shape, seed, tokens)
              : provider.training(Checkpoint.open(Path.of(folder))),
          Workload.rows(batch, tokens, shape.vocabulary(), seed));
    }
    SequenceModel made =
        folder == null
            ? provider.create(shape, seed)
            : provider.load(Checkpoint.open(Path.of(folder)));
    return Workload.of(made, which, length, batch, seed);
  }

  /** Does the phase once. */
  @Benchmark
  public Object run() {
    try {
      return workload.run();
    } catch (RuntimeException | Error e) {
      throw ForkGuard.told(e);
    }
  }

  /**
   * Checks that what was timed was a computation that worked, and counts what it holds.
   *
   * @throws IllegalStateException if a result of the model is not finite
   */
  @TearDown
  public void check() {
    try {
      workload.check();
      if (Boolean.getBoolean(COUNT_RETAINED)) {
        System.out.println(RETAINED + " " + workload.retainedBytes());
      }
    } catch (RuntimeException | Error e) {
      throw ForkGuard.told(e);
    }
  }
}
