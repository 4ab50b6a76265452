package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.PairedStudy;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunStudy;
import dev.ordo.models.Models;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how a study is made of the folder of a run, or of result files. */
final class StudySource {

  private static final int MOST_REASONS = 3;

  @Option(
      names = "--size-param",
      paramLabel = "NAME[,NAME]",
      description =
          "The parameter that is the size, or two that are sizes together. Default: what looks like"
              + " it.")
  private String sizeParam;

  @Option(
      names = "--metric",
      paramLabel = "NAME[,NAME…]",
      split = ",",
      description =
          "What to analyse: 'time', a secondary metric such as gc.alloc.rate.norm, or 'all'."
              + " Default: time, with the memory beside it.")
  private List<String> metrics;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Fixes the resampling behind the intervals; a run has its own. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  /**
   * Checks that files are there and go together.
   *
   * @param files result files, or the folder of a run alone
   * @return whether it is a run
   * @throws IOException if a file is missing, or a folder is no run or is not alone
   * @throws IllegalArgumentException if an option does not go with a run
   */
  boolean isRun(List<Path> files) throws IOException {
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new IOException("no such file or folder: " + file);
      }
    }
    Path first = files.get(0);
    boolean run = Files.isDirectory(first);
    if (files.size() > 1 && files.stream().anyMatch(Files::isDirectory)) {
      throw new IOException("a folder must be named alone; several files are read together");
    }
    if (run && !RunDirectory.isRun(first)) {
      throw new IOException(
          "folder " + first + " must hold a run (a journal.jsonl), found none: name a file in it");
    }
    if (run && (sizeParam != null || metrics != null)) {
      throw new IllegalArgumentException(
          sizeParam != null
              ? "--size-param is for result files: the size of a run is its length"
              : "--metric is for result files: name the run's jmh-result.json");
    }
    return run;
  }

  /** Returns whether the files are a run of pairs, which is no study. */
  boolean isPaired(List<Path> files) throws IOException {
    return isRun(files) && PairedStudy.isPaired(new RunDirectory(files.get(0)));
  }

  /**
   * Makes the study.
   *
   * @param files result files, or the folder of a run alone
   * @param models knows the theory of a run
   * @throws IOException as {@link #isRun}, and if a file cannot be read
   */
  Study of(List<Path> files, Models models) throws IOException {
    return isRun(files) ? RunStudy.of(new RunDirectory(files.get(0)), models) : study(files);
  }

  /**
   * Makes a study that holds findings.
   *
   * @param files result files, or the folder of a run alone
   * @param models knows the theory of a run
   * @throws IOException as {@link #of}, and if nothing was measured
   */
  Study measured(List<Path> files, Models models) throws IOException {
    return measured(of(files, models), files.get(0));
  }

  /**
   * Returns a study that holds findings.
   *
   * @param first where it is from
   * @throws IOException if it holds none
   */
  static Study measured(Study study, Path first) throws IOException {
    if (!study.findings().isEmpty()) {
      return study;
    }
    if (!study.gaps().isEmpty()) {
      throw new IOException(
          "nothing was measured in " + first + ": " + study.gaps().get(0).reason());
    }
    throw new IOException(
        study.notes().isEmpty() ? first + " holds no measurements" : reasons(study.notes()));
  }

  private Study study(List<Path> files) throws IOException {
    Measurements measurements = ResultFiles.read(files);
    boolean all = metrics != null && metrics.equals(List.of("all"));
    List<String> chosen =
        metrics == null
            ? List.of(measurements.metric())
            : all
                ? measurements.metrics()
                : metrics.stream().map(String::strip).distinct().toList();
    String others = files.size() == 1 ? "" : " and " + (files.size() - 1) + " more";
    return Analyst.study(
        files.get(0).getFileName() + others,
        measurements,
        chosen,
        Optional.ofNullable(sizeParam),
        seed);
  }

  private static String reasons(List<String> notes) {
    int more = notes.size() - MOST_REASONS;
    return String.join("; ", notes.subList(0, Math.min(MOST_REASONS, notes.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
