package dev.ordo.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
   * Measures one contender.
   *
   * @throws RunnerException if the fork fails
   */
  Fork run(Row row, String contender, Jdk jdk, int round) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(PeerBenchmark.class.getName() + ".run") + "$")
            .param("row", row.id())
            .param("contender", contender)
            .jvm(jdk.java().toString())
            .jvmArgs(jdk.arguments(work).toArray(String[]::new))
            .jvmArgsAppend("-D" + PeerBenchmark.SETTLING + "=" + plan.settlingMillis())
            .timeUnit(TimeUnit.NANOSECONDS)
            .threads(1)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .output(log.toString());
    Plan own = row.kind() == Row.Kind.ALLOCATION ? plan.counting() : plan;
    Collection<RunResult> results = new Runner(own.apply(options).build()).run();
    Collection<IterationResult> iterations =
        results.iterator().next().getBenchmarkResults().iterator().next().getIterationResults();
    double[] nanos =
        iterations.stream().mapToDouble(i -> i.getPrimaryResult().getScore()).toArray();
    double bytes =
        iterations.stream()
            .mapToDouble(i -> i.getSecondaryResults().get(ALLOCATED).getScore())
            .max()
            .orElseThrow();
    return new Fork(row.id(), contender, jdk.release(), round, RatioInterval.median(nanos), bytes);
  }
}
