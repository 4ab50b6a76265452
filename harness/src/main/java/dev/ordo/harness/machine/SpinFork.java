package dev.ordo.harness.machine;

import dev.ordo.harness.bench.Spin;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that does fixed arithmetic and nothing else: what its times differ by is the machine's.
 *
 * @param iterations the number of measured iterations
 * @param iterationMillis the least length of an iteration, in milliseconds
 */
public record SpinFork(int iterations, int iterationMillis) {

  /** The Java that runs forks: that of this program. */
  public static final String LAUNCHER =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** The arguments of forks. */
  public static final List<String> ARGS = List.of("-XX:+UseSerialGC", "-Xmx64m");

  private static final long PATIENCE_SECONDS = 30;

  /**
   * Runs one fork.
   *
   * @param classPath where {@link Spin} is
   * @return the time of an operation in each iteration, in nanoseconds
   * @throws IOException if the JVM cannot be started, fails, or takes longer than half a minute
   */
  public double[] run(String classPath) throws IOException {
    Path output = Files.createTempFile("ordo-spin", ".txt");
    try {
      List<String> command = new ArrayList<>(List.of(LAUNCHER));
      command.addAll(ARGS);
      command.addAll(List.of("-cp", classPath, Spin.class.getName()));
      command.addAll(List.of(Integer.toString(iterations), Integer.toString(iterationMillis)));
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException("a fork of arithmetic must end within " + PATIENCE_SECONDS + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("a fork of arithmetic was interrupted", e);
      } finally {
        process.destroyForcibly();
      }
      return read(Files.readString(output, StandardCharsets.UTF_8), process.exitValue());
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private double[] read(String text, int code) throws IOException {
    List<String> said = text.lines().filter(line -> line.startsWith(Spin.SAID)).toList();
    if (said.size() != iterations) {
      throw new IOException(
          "a fork of arithmetic must tell "
              + iterations
              + " times, found "
              + said.size()
              + " (exit code "
              + code
              + ")");
    }
    return said.stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(Spin.SAID.length())))
        .toArray();
  }
}
