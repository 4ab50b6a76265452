package dev.ordo.harness.machine;

import dev.ordo.harness.bench.PeakRates;
import dev.ordo.reports.Roofline;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A JVM that measures what the machine can do at most: arithmetic, main memory and cache.
 *
 * @param threads the numbers of threads to measure with
 * @param sizes how large the arrays are
 * @param millis how long it may take, its start included
 */
public record RoofFork(List<Integer> threads, MemorySizes sizes, int millis) {

  private static final long MIB = 1L << 20;

  /** What a JVM needs besides the arrays. */
  private static final long ROOM = 64 * MIB;

  /** What a JVM takes to start and to end, in milliseconds. */
  private static final int START_MILLIS = 400;

  /** A fork that takes so many times as long as it may is ended. */
  private static final int PATIENCE = 3;

  /** Copies the threads. */
  public RoofFork {
    threads = List.copyOf(threads);
  }

  /**
   * Runs the fork.
   *
   * @param classPath where {@link PeakRates} is
   * @return one roof for each number of threads
   * @throws IOException if the JVM cannot be started, fails, or takes three times as long as it may
   */
  public List<Roofline.Roof> run(String classPath) throws IOException {
    Path output = Files.createTempFile("ordo-roof", ".txt");
    try {
      Process process =
          new ProcessBuilder(command(classPath))
              .redirectOutput(output.toFile())
              .redirectError(Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor((long) PATIENCE * millis, TimeUnit.MILLISECONDS)) {
          throw new IOException(
              "measuring the machine's peak must end within " + PATIENCE * millis + " ms");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("measuring the machine's peak was interrupted", e);
      } finally {
        process.destroyForcibly();
      }
      return read(Files.readString(output, StandardCharsets.UTF_8), process.exitValue());
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private List<String> command(String classPath) {
    long heap = (sizes.memoryBytes() + sizes.cacheBytes() * 2 * most() + ROOM) / MIB;
    List<String> command = new ArrayList<>(List.of(SpinFork.LAUNCHER));
    // The blocks are too large for the young generation, so they are never moved; code is compiled
    // before it goes on, so that little time shows the compiled code.
    command.addAll(List.of("-Xbatch", "-XX:+UseSerialGC", "-Xmn16m"));
    command.addAll(List.of("-Xms" + heap + "m", "-Xmx" + heap + "m"));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", classPath));
    command.add(PeakRates.class.getName());
    command.add(threads.stream().map(String::valueOf).collect(Collectors.joining(",")));
    command.add(Long.toString(sizes.memoryBytes()));
    command.add(Long.toString(sizes.cacheBytes()));
    command.add(Integer.toString(Math.max(1, millis - START_MILLIS)));
    return command;
  }

  private int most() {
    return threads.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private List<Roofline.Roof> read(String text, int code) throws IOException {
    List<String> said = text.lines().filter(line -> line.startsWith(PeakRates.SAID)).toList();
    List<String> told = text.lines().filter(line -> line.startsWith(PeakRates.SIZES)).toList();
    if (said.size() != threads.size() || told.size() != 1) {
      throw new IOException(
          "a fork must tell the machine's peak on "
              + threads
              + " threads, found "
              + said.size()
              + " lines (exit code "
              + code
              + ")");
    }
    String[] walked = told.get(0).substring(PeakRates.SIZES.length()).split(" ");
    String remark =
        "multiply-adds of "
            + walked[1]
            + " floats at once, memory over "
            + Figures.value(Long.parseLong(walked[0]), Unit.BYTES)
            + ", cache over "
            + Figures.value(sizes.cacheBytes(), Unit.BYTES)
            + " a thread";
    List<Roofline.Roof> roofs = new ArrayList<>();
    for (String line : said) {
      String[] rates = line.substring(PeakRates.SAID.length()).split(" ");
      roofs.add(
          new Roofline.Roof(
              Integer.parseInt(rates[0]),
              Double.parseDouble(rates[1]),
              Double.parseDouble(rates[2]),
              OptionalDouble.of(Double.parseDouble(rates[3])),
              remark));
    }
    return roofs;
  }
}
