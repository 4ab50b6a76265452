package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunStudy;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits and reports on any result file: of JMH, of google/benchmark, or a plain CSV. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Fits growth laws to a result file, of any project, and writes a report.")
final class AnalyzeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description =
          "A result file (JSON or CSV of JMH, JSON of google/benchmark, CSV of size,time), or the"
              + " folder of an earlier 'ordo run'.")
  private Path file;

  @Option(
      names = "--size-param",
      paramLabel = "NAME",
      description = "The parameter that is the size. Default: the one that looks like it.")
  private String sizeParam;

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
    if (!Files.exists(file)) {
      throw new IOException("no such file or folder: " + file);
    }
    boolean run = Files.isDirectory(file);
    if (run && !RunDirectory.isRun(file)) {
      throw new IOException(
          "folder " + file + " must hold a run (a journal.jsonl), found none: name a file in it");
    }
    if (run && sizeParam != null) {
      throw new IllegalArgumentException(
          "--size-param is for result files: the size of a run is its length");
    }
    Path target = (out != null ? out : run ? file : named(file)).toAbsolutePath().normalize();
    boolean ownReport = run && out == null;
    if (!ownReport && !force) {
      refuseFull(target);
    }
    Study study =
        run
            ? RunStudy.of(new RunDirectory(file), plugins.models())
            : Analyst.study(
                file.getFileName().toString(),
                ResultFiles.read(file),
                Optional.ofNullable(sizeParam),
                seed);
    if (study.findings().isEmpty()) {
      throw new IOException(
          study.notes().isEmpty()
              ? file + " holds no measurements"
              : String.join("; ", study.notes()));
    }
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
