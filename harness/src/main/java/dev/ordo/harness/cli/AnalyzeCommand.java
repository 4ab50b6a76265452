package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.PairedStudy;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.reports.Study;
import dev.ordo.reports.document.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Result files (JSON, CSV or printed table of JMH, JSON of google/benchmark, CSV of"
              + " size,time), or the folder of an earlier 'ordo run'. Of several files, cells that"
              + " are the same add their forks.")
  private List<Path> files;

  @Mixin private StudySource source;

  @Option(
      names = "--predict",
      paramLabel = "SIZES",
      converter = SizeList.Converter.class,
      description =
          "Predicts the values at these sizes with intervals, for example 1e6,2M or 65536; K, M and"
              + " G are powers of 1000.")
  private SizeList predicted;

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
    boolean run = source.isRun(files);
    Path first = files.get(0);
    Path target = (out != null ? out : run ? first : named(first)).toAbsolutePath().normalize();
    boolean ownReport = run && out == null;
    if (!ownReport && !force) {
      refuseFull(target);
    }
    if (source.isPaired(files)) {
      AbCommand.write(PairedStudy.of(new RunDirectory(first)), target, spec.commandLine().getOut());
      return ExitCode.FINE;
    }
    Study study = source.of(files, plugins.models());
    if (study.findings().isEmpty() && !study.gaps().isEmpty()) {
      Reports.write(study, target);
    }
    StudySource.measured(study, first);
    Study reported = predicted == null ? study : study.withPredictions(predicted.sizes());
    RunReport.write(reported, target, spec.commandLine().getOut());
    return ExitCode.FINE;
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
