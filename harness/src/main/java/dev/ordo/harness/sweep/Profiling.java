package dev.ordo.harness.sweep;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.profile.ProfilerFactory;
import org.openjdk.jmh.runner.options.ProfilerConfig;

/**
 * Forks under profilers of JMH, after a sweep: one of each series, at the longest length that was
 * measured. A profiler changes the times, so these forks are not in the journal; what profilers
 * write goes into a folder of the run.
 */
public final class Profiling {

  /** The name of the folder in a run directory. */
  static final String FOLDER = "profiles";

  private static final String CLASS_PATH = "java.class.path";

  /** Those that write files, and would write them into the working directory. */
  private static final Set<String> WRITING = Set.of("async", "jfr");

  private final List<ProfilerConfig> profilers = new ArrayList<>();

  /**
   * Checks that profilers can run here.
   *
   * @param wanted each as JMH takes it, {@code NAME} or {@code NAME:OPTIONS}
   * @throws IllegalArgumentException if one is unknown, cannot run on this machine, or is there
   *     twice
   */
  public Profiling(List<String> wanted) {
    for (String text : wanted) {
      int colon = text.indexOf(':');
      ProfilerConfig profiler =
          colon < 0
              ? new ProfilerConfig(text.strip(), "")
              : new ProfilerConfig(text.substring(0, colon).strip(), text.substring(colon + 1));
      try {
        ProfilerFactory.getProfilerOrException(profiler);
      } catch (ProfilerException e) {
        throw new IllegalArgumentException(
            "profiler ("
                + text
                + ") must be one that runs here: "
                + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; "),
            e);
      }
      profilers.add(profiler);
    }
    if (!profilers.isEmpty()) {
      Sweep.distinct("profiler", profilers.stream().map(ProfilerConfig::getKlass).toList());
    }
  }

  /**
   * Runs the forks.
   *
   * @param sweep what was measured
   * @param directory where to; its log gets what the forks print
   * @param stopping tells whether to stop before the next fork
   * @throws IOException if a file cannot be written, or another measurement has the machine
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public void run(Sweep sweep, RunDirectory directory, BooleanSupplier stopping)
      throws IOException {
    if (profilers.isEmpty()) {
      return;
    }
    Path folder = Files.createDirectories(directory.path().resolve(FOLDER));
    String classPath = System.getProperty(CLASS_PATH);
    try (MachineLock lock = MachineLock.take();
        OutputStream stream = Files.newOutputStream(directory.log(), StandardOpenOption.APPEND);
        PrintStream log = new PrintStream(stream, true, StandardCharsets.UTF_8);
        ForkImage image = ForkImage.create(sweep.plugins())) {
      System.setProperty(CLASS_PATH, image.classPath());
      TimeLimit limits =
          new TimeLimit(Optional.empty(), new Forecast(cell -> Double.NaN), sweep.budget());
      ForkRunner runner = new ForkRunner(sweep, image::jvmArgs, limits, log);
      try {
        for (Entry.Fork fork : longest(sweep, directory.entries())) {
          for (ProfilerConfig profiler : profilers) {
            if (!stopping.getAsBoolean()) {
              profile(runner, fork, profiler, folder);
            }
          }
        }
      } finally {
        System.setProperty(CLASS_PATH, classPath);
      }
    }
  }

  private static void profile(
      ForkRunner runner, Entry.Fork fork, ProfilerConfig profiler, Path folder) throws IOException {
    String name = name(fork.cell());
    ProfilerConfig writing = profiler;
    if (WRITING.contains(profiler.getKlass()) && !profiler.getOpts().contains("dir=")) {
      Path files = Files.createDirectories(folder.resolve(profiler.getKlass() + "-" + name));
      writing =
          new ProfilerConfig(
              profiler.getKlass(),
              "dir=" + files + (profiler.getOpts().isEmpty() ? "" : ";" + profiler.getOpts()));
    }
    Files.writeString(
        folder.resolve(profiler.getKlass() + "-" + name + ".txt"),
        runner.profile(fork.cell(), fork.plan(), writing));
  }

  /** Returns of each series that a JVM measures a fork at the longest length, in order. */
  private static List<Entry.Fork> longest(Sweep sweep, List<Entry> entries) {
    Map<Cell, Entry.Fork> longest = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Fork fork
          && fork.succeeded()
          && sweep.guest(fork.cell().model()).filter(Guest::isCommand).isEmpty()) {
        longest.merge(
            fork.cell().at(1),
            fork,
            (old, now) -> now.cell().length() > old.cell().length() ? now : old);
      }
    }
    return List.copyOf(longest.values());
  }

  /** Returns a name for files of a cell, of characters that every file system takes. */
  static String name(Cell cell) {
    return String.join("-", cell.params().values()).replaceAll("[^A-Za-z0-9.+_-]+", "_");
  }

  /**
   * Returns the profiles of a run, as paths within its directory, in order.
   *
   * @throws IOException if the folder cannot be read
   */
  static List<String> profiles(RunDirectory directory) throws IOException {
    Path folder = directory.path().resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> FOLDER + "/" + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
          .sorted()
          .toList();
    }
  }
}
