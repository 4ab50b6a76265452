package dev.ordo.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs one contender or one check of outputs in a JVM of its own. */
final class ForkRunner {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final Path work;
  private final Path log;
  private final Plan plan;

  /**
   * Makes a runner.
   *
   * @param work a folder for native libraries and what forks leave behind
   * @param plan how long to measure
   */
  ForkRunner(Path work, Plan plan) {
    this.work = work;
    this.plan = plan;
    this.log = work.resolve("forks.log");
  }

  /**
   * Compares the outputs of a row.
   *
   * @throws IOException if the comparison fails
   */
  OutputCheck check(Row row, Jdk jdk) throws IOException, InterruptedException {
    Path result = work.resolve("check.json");
    Files.deleteIfExists(result);
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(jdk.arguments(work));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(OutputCheck.class.getName(), row.id(), result.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException("its outputs cannot be compared on " + jdk + ": " + cause());
    }
    return new ObjectMapper().readValue(result.toFile(), OutputCheck.class);
  }

  private String cause() throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("Exception") || line.contains("Error"))
        .findFirst()
        .orElse("see " + log);
  }

  /**
   * Measures contenders that take turns in one JVM.
   *
   * @return what it measured of each, in the same order
   * @throws RunnerException if the fork fails
   */
  List<Fork> run(Row row, List<String> contenders, Jdk jdk, int round) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(PeerBenchmark.class.getName() + ".run") + "$")
            .param("row", row.id())
            .param("contenders", String.join(PeerBenchmark.SEPARATOR, contenders))
            .jvm(jdk.java().toString())
            .jvmArgs(jdk.arguments(work).toArray(String[]::new))
            .jvmArgsAppend("-D" + PeerBenchmark.SETTLING + "=" + plan.settlingMillis())
            .timeUnit(TimeUnit.NANOSECONDS)
            .threads(1)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .output(log.toString());
    Plan own = row.kind() == Row.Kind.ALLOCATION ? plan.counting() : plan;
    Collection<RunResult> results = new Runner(own.apply(options, contenders.size()).build()).run();
    List<IterationResult> iterations =
        List.copyOf(
            results
                .iterator()
                .next()
                .getBenchmarkResults()
                .iterator()
                .next()
                .getIterationResults());
    double[] nanos =
        iterations.stream().mapToDouble(i -> i.getPrimaryResult().getScore()).toArray();
    double[] bytes =
        iterations.stream()
            .mapToDouble(i -> i.getSecondaryResults().get(ALLOCATED).getScore())
            .toArray();
    List<Fork> forks = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      double[] times = turns(nanos, i, contenders.size());
      double[] reference = turns(nanos, contenders.indexOf(row.reference()), contenders.size());
      forks.add(
          new Fork(
              row.id(),
              contenders.get(i),
              jdk.release(),
              round,
              RatioInterval.median(times),
              reference.length == 0 ? Double.NaN : RatioInterval.median(over(reference, times)),
              Arrays.stream(turns(bytes, i, contenders.size())).max().orElseThrow()));
    }
    return forks;
  }

  /** Returns the values of the iterations in which one of several had its turn; none for −1. */
  static double[] turns(double[] values, int turn, int of) {
    return turn < 0
        ? new double[0]
        : IntStream.range(0, values.length / of).mapToDouble(i -> values[i * of + turn]).toArray();
  }

  private static double[] over(double[] dividends, double[] divisors) {
    return IntStream.range(0, dividends.length)
        .mapToDouble(i -> dividends[i] / divisors[i])
        .toArray();
  }
}
