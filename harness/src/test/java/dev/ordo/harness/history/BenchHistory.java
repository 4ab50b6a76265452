package dev.ordo.harness.history;

import dev.ordo.reports.document.HistoryTable;
import dev.ordo.reports.history.History;
import dev.ordo.reports.history.HistoryAnalyst;
import dev.ordo.reports.history.HistoryOptions;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The program behind {@code scripts/bench-history}: writes a store of generated runs, has {@code
 * ordo history show} show it in a JVM of its own, and prints how long that and each stage of it
 * takes.
 */
public final class BenchHistory {

  private static final int REPEATS = 3;

  private BenchHistory() {}

  /**
   * Runs.
   *
   * @param args the jar of Ordo, the number of runs, the number of cells
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = Integer.parseInt(args[1]);
    int cells = Integer.parseInt(args[2]);
    Path directory = Files.createTempDirectory("bench-history");
    try {
      Path store = directory.resolve("store");
      long start = System.nanoTime();
      Stores.write(store, runs, cells);
      print("written", start);
      System.out.printf(
          Locale.ROOT, "%d runs of %d cells: %d MB%n", runs, cells, bytes(store) / 1_000_000);
      for (int i = 0; i < REPEATS; i++) {
        show(Path.of(args[0]), store, directory.resolve("log"), List.of());
      }
      show(
          Path.of(args[0]),
          store,
          directory.resolve("log"),
          List.of("--out", directory.resolve("out").toString()));
      stages(store);
    } finally {
      remove(directory);
    }
  }

  private static void show(Path jar, Path store, Path log, List<String> further)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toString(), "history", "show", "--store"));
    command.add(store.toString());
    command.addAll(further);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    java.time.Duration cpu = java.time.Duration.ZERO;
    while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      cpu = process.info().totalCpuDuration().orElse(cpu);
    }
    if (process.exitValue() != 0) {
      throw new IOException("ordo history show failed: " + Files.readString(log));
    }
    System.out.printf(
        Locale.ROOT,
        "history show %s: %.1f s, %.1f s of processors%n",
        further.isEmpty() ? "" : "--out",
        (System.nanoTime() - start) / 1e9,
        cpu.toMillis() / 1e3);
  }

  private static void stages(Path path) throws IOException {
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      HistoryStore.Content content = new HistoryStore(path).read();
      start = print("  read", start);
      History history = History.of(content.runs(), Run.BY_TIME, List.of());
      start = print("  put together", start);
      HistoryStudy study = HistoryAnalyst.study(history, HistoryOptions.DEFAULT);
      start = print("  searched", start);
      String text = HistoryTable.text(study, 80, false);
      print("  written as text", start);
      if (i == 0) {
        System.out.print(text);
      }
    }
  }

  private static long print(String what, long start) {
    long now = System.nanoTime();
    System.out.printf(Locale.ROOT, "%s: %.2f s%n", what, (now - start) / 1e9);
    return now;
  }

  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      Path[] files = all.filter(Files::isRegularFile).toArray(Path[]::new);
      return Arrays.stream(files).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
