package dev.ordo.harness.sweep;

import dev.ordo.harness.bench.OneThreadTime;
import dev.ordo.harness.bench.SequenceBenchmark;
import dev.ordo.harness.bench.StateBytes;
import dev.ordo.reports.Footprint;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.BenchmarkResultMetaData;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.ProfilerConfig;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures one cell in one JVM of its own, under JMH. */
final class ForkRunner implements Forks {

  /** The name of the benchmark in result files. */
  static final String BENCHMARK = SequenceBenchmark.class.getName() + ".run";

  /**
   * With fewer processors a JVM compiles with one optimising thread, while what it measures still
   * runs uncompiled on another processor; a second thread ends the warm-up sooner.
   */
  private static final int ENOUGH_PROCESSORS = 4;

  private static final String BYTES = "B";

  /** A profiler that reads every instruction takes its time before and after the fork. */
  private static final int SLOWED_BY_A_PROFILER = 3;

  private static final String COLLECTIONS = "gc.count";
  private static final String COLLECTING = "gc.time";

  private static final ForkPlan SHORTEST = new ForkPlan(0, 1, 1);

  private final Sweep sweep;
  private final TimeLimit limits;
  private final Function<Cell, List<String>> extraArgs;
  private final ForkLog log;
  private final PrintStream stream;
  private final Set<Cell> counted = new HashSet<>();
  private final OutputFormat format;

  /**
   * Makes a runner.
   *
   * @param sweep gives shapes, seed and arguments of the JVM
   * @param extraArgs gives further arguments of a cell's JVM
   * @param limits how long forks may take
   * @param log takes what JMH and the forked JVMs print
   */
  ForkRunner(
      Sweep sweep, Function<Cell, List<String>> extraArgs, TimeLimit limits, PrintStream log) {
    this.sweep = sweep;
    this.limits = limits;
    this.extraArgs = extraArgs;
    this.log = new ForkLog(log);
    this.stream = new PrintStream(this.log, true, StandardCharsets.UTF_8);
    this.format = OutputFormatFactory.createFormatInstance(stream, VerboseMode.NORMAL);
  }

  /**
   * Runs one fork that measures nothing and leaves the archive of its classes behind. Where it
   * fails, the log says so and forks start without an archive.
   */
  static void rehearse(Sweep sweep, Cell cell, ForkImage image, TimeLimit limits, PrintStream log) {
    List<String> args = List.of(image.recordArgument(cell), "-D" + SequenceBenchmark.WARMUP + "=1");
    Entry.Fork fork = new ForkRunner(sweep, any -> args, limits, log).run(0, cell, SHORTEST);
    if (!fork.succeeded()) {
      log.println("no archive of classes: " + fork.failure());
    }
  }

  /**
   * Returns the arguments that the forks of a sweep have on a JVM, all but the model's shape.
   *
   * @param jvm one of the sweep's JVMs
   * @param set one of the sweep's sets of arguments
   */
  static List<String> jvmArgs(Sweep sweep, ForkJvm jvm, JvmArgs set) {
    List<String> args = new ArrayList<>();
    if (jvm.vectors()) {
      args.add("--add-modules");
      args.add(ForkJvm.VECTOR_MODULE);
    }
    if (jvm.hotSpot() && set.args().stream().noneMatch(arg -> arg.matches("-XX:\\+Use\\w*GC"))) {
      args.add("-XX:+UseSerialGC");
    }
    if (jvm.hotSpot() && Runtime.getRuntime().availableProcessors() < ENOUGH_PROCESSORS) {
      args.add("-XX:CICompilerCount=3");
    }
    if (jvm.hotSpot()) {
      // The JVM's own counters are a file in /tmp that it writes to whenever it stops its threads.
      args.add("-XX:-UsePerfData");
    }
    // A fork without memory ends and says so, instead of going on with some threads dead.
    if (jvm.hotSpot()) {
      args.add("-XX:+ExitOnOutOfMemoryError");
    }
    args.addAll(set.args());
    sweep
        .checkpoint()
        .ifPresent(folder -> args.add("-D" + SequenceBenchmark.CHECKPOINT + "=" + folder));
    args.add("-D" + SequenceBenchmark.SEED + "=" + sweep.seed());
    return args;
  }

  @Override
  public Entry.Fork run(int round, Cell cell, ForkPlan plan) {
    Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    long start = System.nanoTime();
    Duration limit = limits.of(cell, plan);
    log.diagnosis().begin();
    try (TimeLimit.Watch watch = TimeLimit.watch(limit)) {
      try {
        Collection<RunResult> results = quietly(new Runner(options(cell, plan, limit), format));
        BenchmarkResult result = only(only(results).getBenchmarkResults());
        double[] nanos =
            result.getIterationResults().stream()
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray();
        return new Entry.Fork(
            round,
            cell,
            started.toString(),
            millisSince(start),
            plan,
            jvm(result.getParams()),
            nanos,
            withRetained(cell, secondary(result.getIterationResults(), cell, plan)),
            !log.unsteady(),
            account(result),
            null);
      } catch (RunnerException e) {
        Optional<Duration> over = watch.expired() ? Optional.of(limit) : Optional.empty();
        letInterruptArrive();
        return new Entry.Fork(
            round,
            cell,
            started.toString(),
            millisSince(start),
            plan,
            null,
            new double[0],
            Map.of(),
            false,
            null,
            log.diagnosis().of(e, over));
      }
    }
  }

  /**
   * Runs a fork under a profiler.
   *
   * @return what the profiler says, as text; why it failed, where it did
   */
  String profile(Cell cell, ForkPlan plan, ProfilerConfig profiler) {
    Duration limit = limits.of(cell, plan).multipliedBy(SLOWED_BY_A_PROFILER);
    Options options =
        new OptionsBuilder()
            .parent(options(cell, plan, limit))
            .addProfiler(profiler.getKlass(), profiler.getOpts())
            .build();
    StringBuilder text = new StringBuilder();
    text.append(cell).append(", profiler ").append(profiler.getKlass()).append('\n');
    log.diagnosis().begin();
    try (TimeLimit.Watch watch = TimeLimit.watch(limit)) {
      text.append(profile(options, watch, limit));
    }
    return text.toString();
  }

  private String profile(Options options, TimeLimit.Watch watch, Duration limit) {
    StringBuilder text = new StringBuilder();
    try {
      BenchmarkResult result =
          only(only(quietly(new Runner(options, format))).getBenchmarkResults());
      Result<?> time = result.getPrimaryResult();
      text.append("time under the profiler: ").append(time).append(" ns/op\n");
      for (Result<?> each : result.getSecondaryResults().values()) {
        text.append('\n').append(each.getLabel()).append(": ").append(each).append('\n');
        text.append(each.extendedInfo());
      }
    } catch (RunnerException e) {
      Optional<Duration> over = watch.expired() ? Optional.of(limit) : Optional.empty();
      letInterruptArrive();
      text.append("failed: ").append(log.diagnosis().of(e, over).reason()).append('\n');
    }
    return text.toString();
  }

  /** JMH passes what a fork prints on to this JVM's own streams: it belongs into the log. */
  private Collection<RunResult> quietly(Runner runner) throws RunnerException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setOut(stream);
    System.setErr(stream);
    try {
      return runner.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /**
   * Ctrl-C reaches the forked JVM and this one at the same time: a fork that it ended must not look
   * like a fork that failed, so whoever asks next has to know of it.
   */
  static void letInterruptArrive() {
    try {
      TimeUnit.MILLISECONDS.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Options options(Cell cell, ForkPlan plan, Duration limit) {
    ForkJvm jvm = sweep.dimensions().jvm(cell);
    List<String> args = new ArrayList<>(jvmArgs(sweep, jvm, sweep.dimensions().args(cell)));
    args.addAll(extraArgs.apply(cell));
    if (!counted.contains(cell)) {
      args.add("-D" + SequenceBenchmark.COUNT_RETAINED + "=true");
    }
    args.add("-D" + SequenceBenchmark.SHAPE + "=" + sweep.shape(cell.model()).text());
    sweep.guest(cell.model()).ifPresent(guest -> args.addAll(file(guest)));
    TimeValue iteration = TimeValue.milliseconds(plan.iterationMillis());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(BENCHMARK) + "$")
            .param("model", cell.model())
            .param("phase", cell.phase().id())
            .param("length", Integer.toString(cell.length()))
            .param("threads", Integer.toString(cell.threads()))
            .param("batch", Integer.toString(cell.batch()))
            .forks(1)
            .warmupForks(0)
            .warmupIterations(plan.warmups())
            .warmupTime(iteration)
            .measurementIterations(plan.iterations())
            .measurementTime(iteration)
            .timeUnit(TimeUnit.NANOSECONDS)
            // JMH would interrupt a long iteration and go on; the fork's own limit comes first.
            .timeout(TimeValue.milliseconds(2 * limit.toMillis()))
            .threads(1)
            .jvmArgs(args.toArray(String[]::new))
            .addProfiler(GCProfiler.class)
            .addProfiler(StateBytes.class)
            .shouldFailOnError(true);
    if (!jvm.unnamed()) {
      options.jvm(jvm.launcher());
    }
    if (cell.threads() > 1) {
      options.addProfiler(OneThreadTime.class);
    }
    return options.build();
  }

  private static List<String> file(Guest guest) {
    return List.of(
        "-D" + SequenceBenchmark.FORMAT + "=" + guest.kind(),
        "-D" + SequenceBenchmark.FILE + "=" + guest.source(),
        "-D" + SequenceBenchmark.FILE_OPTIONS + "=" + guest.options());
  }

  /**
   * Returns the metrics that every iteration has: JMH leaves out what a profiler did not see. JMH
   * runs the set-up within the first iteration; where that one counts, what the collector saw of it
   * is not the operation's, nor is it where iterations are repeated on one thread.
   */
  private static Map<String, Entry.Metric> secondary(
      Collection<IterationResult> iterations, Cell cell, ForkPlan plan) {
    Map<String, Entry.Metric> metrics = new LinkedHashMap<>();
    Set<String> names =
        new LinkedHashSet<>(iterations.iterator().next().getSecondaryResults().keySet());
    iterations.forEach(iteration -> names.retainAll(iteration.getSecondaryResults().keySet()));
    if (plan.warmups() == 0 || cell.threads() > 1) {
      names.removeIf(name -> name.startsWith("gc."));
    }
    if (names.contains(COLLECTIONS)) {
      // JMH says nothing of the time of collections in an iteration without any.
      metrics.put(
          COLLECTING,
          new Entry.Metric(
              "ms",
              iterations.stream()
                  .map(iteration -> iteration.getSecondaryResults().get(COLLECTING))
                  .mapToDouble(result -> result == null ? 0 : result.getScore())
                  .toArray()));
    }
    for (String name : names) {
      List<Result<?>> results = new ArrayList<>();
      iterations.forEach(iteration -> results.add(iteration.getSecondaryResults().get(name)));
      metrics.put(
          name,
          new Entry.Metric(
              results.get(0).getScoreUnit(),
              results.stream().mapToDouble(Result::getScore).toArray()));
    }
    return metrics;
  }

  /**
   * Adds what the workload holds, one number a fork. It does not change, and counting it takes
   * longer than many a fork measures, so the first fork of a cell counts it for all.
   */
  private Map<String, Entry.Metric> withRetained(Cell cell, Map<String, Entry.Metric> metrics) {
    OptionalLong bytes = log.retained();
    if (bytes.isPresent()) {
      counted.add(cell);
      metrics.put(
          Footprint.HELD, new Entry.Metric(BYTES, new double[] {(double) bytes.getAsLong()}));
    }
    return metrics;
  }

  private Entry.Account account(BenchmarkResult result) {
    ForkLog.WarmUp warmUp = log.warmUp().orElse(new ForkLog.WarmUp(0, 0, 0));
    long operations = 0;
    double nanos = 0;
    for (IterationResult iteration : result.getIterationResults()) {
      long done = iteration.getMetadata().getMeasuredOps();
      operations += done;
      nanos += done * iteration.getPrimaryResult().getScore();
    }
    BenchmarkResultMetaData times = result.getMetadata();
    return new Entry.Account(
        times.getWarmupTime() - times.getStartTime(),
        warmUp.setUpMillis(),
        warmUp.operations(),
        warmUp.millis(),
        operations,
        nanos / 1e6);
  }

  private static Entry.Jvm jvm(BenchmarkParams params) {
    return new Entry.Jvm(
        params.getJvm(),
        List.copyOf(params.getJvmArgs()),
        params.getJdkVersion(),
        params.getVmName(),
        params.getVmVersion());
  }

  private static <T> T only(Collection<T> elements) throws RunnerException {
    if (elements.size() != 1) {
      throw new RunnerException("expected one result of one fork, found " + elements.size());
    }
    return elements.iterator().next();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
