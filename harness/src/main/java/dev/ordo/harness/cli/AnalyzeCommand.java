package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.PairedStudy;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunStudy;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.document.Reports;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits and reports on any result files: of JMH, of google/benchmark, or plain CSV. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Fits growth laws to result files, of any project, and writes a report.")
final class AnalyzeCommand implements Callable<Integer> {

  private static final int MOST_REASONS = 3;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Result files (JSON, CSV or printed table of JMH, JSON of google/benchmark, CSV of"
              + " size,time), or the folder of an earlier 'ordo run'. Of several files, cells that"
              + " are the same add their forks.")
  private List<Path> files;

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
      names = "--predict",
      paramLabel = "SIZES",
      converter = SizeList.Converter.class,
      description =
          "Predicts the values at these sizes with intervals, for example 1e6,2M or 65536; K, M and"
              + " G are powers of 1000.")
  private SizeList predicted;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Fixes the resampling behind the intervals; a run has its own. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write the report. Default: <FILE without ending>-report here, or the run's"
              + " folder.")
  private Path out;

  @Option(names = "--force", description = "Write over the files of an earlier report.")
  private boolean force;

  @Mixin private Plugins plugins;

  @Override
  public Integer call() throws IOException {
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
    Path target = (out != null ? out : run ? first : named(first)).toAbsolutePath().normalize();
    boolean ownReport = run && out == null;
    if (!ownReport && !force) {
      refuseFull(target);
    }
    if (run && PairedStudy.isPaired(new RunDirectory(first))) {
      AbCommand.write(PairedStudy.of(new RunDirectory(first)), target, spec.commandLine().getOut());
      return ExitCode.FINE;
    }
    Study study = run ? RunStudy.of(new RunDirectory(first), plugins.models()) : study();
    if (study.findings().isEmpty() && !study.gaps().isEmpty()) {
      Reports.write(study, target);
      throw new IOException(
          "nothing was measured in " + first + ": " + study.gaps().get(0).reason());
    }
    if (study.findings().isEmpty()) {
      throw new IOException(
          study.notes().isEmpty() ? first + " holds no measurements" : reasons(study.notes()));
    }
    Study reported = predicted == null ? study : study.withPredictions(predicted.sizes());
    RunReport.write(reported, target, spec.commandLine().getOut());
    return ExitCode.FINE;
  }

  private Study study() throws IOException {
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

  private static Path named(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return Path.of((dot > 0 ? name.substring(0, dot) : name) + "-report");
  }

  private static void refuseFull(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new IOException("output " + target + " must be a folder, found a file");
    }
    try (Stream<Path> inside = Files.list(target)) {
      if (inside.findAny().isPresent()) {
        throw new IOException(
            "output folder " + target + " must be empty, found files in it (--force writes over)");
      }
    }
  }
}
