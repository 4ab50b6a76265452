package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.document.ComparisonFiles;
import dev.ordo.reports.document.ComparisonTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two results and says what got slower, faster, or did not change; it only informs. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares a candidate with a base: what got slower, faster, did not change, or cannot be"
            + " told. It informs only: the exit code is 0 whatever changed.")
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "BASE",
      description = "What to compare with: a result file, or the folder of a run.")
  private Path base;

  @Parameters(
      index = "1",
      paramLabel = "CANDIDATE",
      description = "What to compare: a result file, or the folder of a run.")
  private Path candidate;

  @Option(
      names = "--margin",
      paramLabel = "PERCENT",
      description =
          "The change that is too small to be called one, as 5%% or 0.05. Default: what single"
              + " forks of the same code may be off by, at least 1%%.")
  private String margin;

  @Option(
      names = "--alpha",
      paramLabel = "LEVEL",
      defaultValue = "0.05",
      description =
          "Intervals have the confidence 1 - LEVEL, and of all differences called at most this"
              + " part is expected to be false; as 0.05 or 5%%. Default: ${DEFAULT-VALUE}.")
  private String alpha;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description = "The metrics to compare, for example time,gc.alloc.rate.norm. Default: time.")
  private List<String> metrics = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Fixes the resampling behind the intervals. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write comparison.json and comparison.md; earlier ones are written over.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    ComparisonOptions options =
        ComparisonOptions.DEFAULT
            .withAlpha(Percentage.of("--alpha", alpha))
            .withMetrics(metrics)
            .withSeed(seed);
    if (margin != null) {
      options = options.withMargin(Percentage.of("--margin", margin));
    }
    if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
      throw new IOException("output " + out + " must be a folder, found a file");
    }
    Comparison comparison = Comparison.of(read(base), read(candidate), options);
    PrintWriter console = spec.commandLine().getOut();
    console.print(ComparisonTable.text(comparison, Columns.of()));
    if (out != null) {
      ComparisonFiles.Files files =
          ComparisonFiles.write(comparison, base.toString(), candidate.toString(), out);
      console.println();
      console.println("comparison: " + files.markdown());
    }
    console.flush();
    return ExitCode.FINE;
  }

  private static Measurements read(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("no such file or folder: " + path);
    }
    Path file = path;
    if (Files.isDirectory(path)) {
      if (!RunDirectory.isRun(path)) {
        throw new IOException(
            "folder " + path + " must hold a run (a journal.jsonl), found none: name a file in it");
      }
      file = new RunDirectory(path).results();
    }
    Measurements measurements = ResultFiles.read(file);
    if (measurements.cells().isEmpty()) {
      throw new IOException(
          measurements.notes().isEmpty()
              ? path + " holds no measurements"
              : String.join("; ", measurements.notes()));
    }
    return measurements;
  }
}
