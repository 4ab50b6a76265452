package dev.ordo.reports.bench;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The program behind {@code scripts/bench-read}: writes result files of JMH with many rows, has
 * {@code ordo analyze} read, analyse and report on each in a JVM of its own, and prints how long
 * that took, how much of the processors and how much memory; then, from a second JVM, how long each
 * stage took.
 *
 * <p>A row is an element of the JSON array, one cell: 3 forks of 5 iterations, as JMH writes it,
 * percentiles included. Ten sizes make a series; laws, noise (1 … 10 %) and scales vary.
 */
public final class BenchRead {

  private static final int SIZES = 10;
  private static final int FORKS = 3;
  private static final int ITERATIONS = 5;
  private static final String LINE = "%9s  %7s  %6s  %7s  %10s  %9s  %11s  %9s  %8s%n";

  private BenchRead() {}

  /**
   * Runs.
   *
   * @param args the jar of Ordo, then pairs of a number of rows and the heap it gets, as {@code
   *     100000 1g}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        LINE,
        "rows",
        "file",
        "-Xmx",
        "seconds",
        "processors",
        "rows/s",
        "peak memory",
        "bytes/row",
        "report");
    for (int i = 1; i + 1 < args.length; i += 2) {
      int rows = Integer.parseInt(args[i]);
      Path directory = Files.createTempDirectory("bench-read");
      try {
        run(Path.of(args[0]), rows, args[i + 1], directory);
      } finally {
        remove(directory);
      }
    }
  }

  private static void run(Path jar, int rows, String heap, Path directory)
      throws IOException, InterruptedException {
    Path file = directory.resolve("rows.json");
    write(file, rows);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path report = directory.resolve("report");
    Run whole =
        Run.of(
            directory.resolve("log"),
            java.toString(),
            "-Xmx" + heap,
            "-jar",
            jar.toString(),
            "analyze",
            file.toString(),
            "--out",
            report.toString());
    System.out.printf(
        Locale.ROOT,
        LINE,
        rows,
        Files.size(file) / 1_000_000 + " MB",
        heap,
        String.format(Locale.ROOT, "%.1f", whole.seconds),
        String.format(Locale.ROOT, "%.1f s", whole.processors),
        String.format(Locale.ROOT, "%.0f", rows / whole.seconds),
        whole.peak == 0 ? "unknown" : whole.peak / 1000 + " MB",
        whole.peak == 0 ? "unknown" : String.valueOf(whole.peak * 1024 / rows),
        Files.size(report.resolve("report.html")) / 1_000_000 + " MB");
    Path stages = directory.resolve("stages");
    Run.of(
        stages,
        java.toString(),
        "-Xmx" + heap,
        "-cp",
        jar + File.pathSeparator + System.getProperty("java.class.path"),
        ReadStages.class.getName(),
        file.toString(),
        directory.resolve("report of stages").toString());
    Files.readAllLines(stages).forEach(line -> System.out.println("  " + line));
  }

  /**
   * One run of a program.
   *
   * @param processors the seconds of all processors; 0 where the system does not tell
   * @param peak the largest resident memory in KiB; 0 where the system does not tell
   */
  private record Run(double seconds, double processors, long peak) {

    static Run of(Path log, String... command) throws IOException, InterruptedException {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      long peak = 0;
      double processors = 0;
      while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, residentKilobytes(process.pid()));
        processors =
            process.info().totalCpuDuration().map(work -> work.toMillis() / 1e3).orElse(processors);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (process.exitValue() != 0) {
        throw new IOException(command[command.length - 1] + " failed: " + Files.readString(log));
      }
      return new Run(seconds, processors, peak);
    }
  }

  /** Returns the largest resident memory so far; 0 where the system does not tell. */
  private static long residentKilobytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException ended) {
      // The process is gone, or there is no /proc.
      return 0;
    }
  }

  private static void write(Path file, int rows) throws IOException {
    RandomGenerator random = new SplittableRandom(1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("[");
      int row = 0;
      for (int series = 0; row < rows; series++) {
        TrueLaw law = TrueLaw.values()[series % TrueLaw.values().length];
        double[] sizes = new double[SIZES];
        for (int i = 0; i < SIZES; i++) {
          sizes[i] = 64 << i;
        }
        Truth truth = law.draw(sizes, random);
        double noise = new double[] {0.01, 0.03, 0.1}[random.nextInt(3)];
        for (int i = 0; i < SIZES && row < rows; i++) {
          out.write(row++ == 0 ? "\n" : ",\n");
          out.write(
              element(series, sizes[i], truth.curve().applyAsDouble(sizes[i]), noise, random));
        }
      }
      out.write("\n]\n");
    }
  }

  private static String element(
      int series, double size, double mean, double noise, RandomGenerator random) {
    StringBuilder raw = new StringBuilder();
    for (int fork = 0; fork < FORKS; fork++) {
      double level = mean * Math.exp(noise * random.nextGaussian());
      raw.append(fork == 0 ? "\n                [" : ",\n                [");
      for (int i = 0; i < ITERATIONS; i++) {
        raw.append(i == 0 ? "\n                    " : ",\n                    ")
            .append(level * Math.exp(noise / 3 * random.nextGaussian()));
      }
      raw.append("\n                ]");
    }
    List<String> percentiles = new ArrayList<>();
    for (String level : List.of("0.0", "50.0", "90.0", "95.0", "99.0", "99.9", "99.99", "100.0")) {
      percentiles.add("                \"" + level + "\" : " + mean * 1.01);
    }
    return """
        {
            "jmhVersion" : "1.37",
            "benchmark" : "org.acme.generated.Package%d.Bench.run",
            "mode" : "avgt",
            "threads" : 1,
            "forks" : 3,
            "jvm" : "/usr/lib/jvm/java-17/bin/java",
            "jvmArgs" : [
            ],
            "jdkVersion" : "17.0.15",
            "vmName" : "OpenJDK 64-Bit Server VM",
            "vmVersion" : "17.0.15+6",
            "warmupIterations" : 5,
            "warmupTime" : "1 s",
            "warmupBatchSize" : 1,
            "measurementIterations" : 5,
            "measurementTime" : "1 s",
            "measurementBatchSize" : 1,
            "params" : {
                "kind" : "kind%d",
                "size" : "%d"
            },
            "primaryMetric" : {
                "score" : %s,
                "scoreError" : %s,
                "scoreConfidence" : [
                    %s,
                    %s
                ],
                "scorePercentiles" : {
    %s
                },
                "scoreUnit" : "ns/op",
                "rawData" : [%s
                ]
            },
            "secondaryMetrics" : {
            }
        }\
    """
        .formatted(
            series / 100,
            series % 100,
            (long) size,
            mean,
            mean * noise,
            mean * (1 - noise),
            mean * (1 + noise),
            String.join(",\n", percentiles),
            raw);
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
