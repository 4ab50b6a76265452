package dev.ordo.harness.cli;

import dev.ordo.harness.gate.GateConfig;
import dev.ordo.harness.gate.Location;
import dev.ordo.harness.gate.PairedGate;
import dev.ordo.harness.sweep.PairedRun;
import dev.ordo.harness.sweep.PairedStudy;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.Sweep;
import dev.ordo.reports.document.PairedFiles;
import dev.ordo.reports.document.PairedTable;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.PairedReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures two versions of models against each other, in turns. */
@Command(
    name = "ab",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures base and candidate in pairs of forks, back to back in random order, until every"
            + " cell is settled or the budget is spent; what looks like a regression is measured"
            + " once more before it is called one.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no regression",
      "1:a regression",
      "2:wrong arguments or input, or a build failed",
      "3:inconclusive (--inconclusive pass makes it 0)",
      "130:stopped by Ctrl-C; what was measured is written"
    })
final class AbCommand implements Callable<Integer> {

  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Spec private CommandSpec spec;

  @Mixin private Sides sides;

  @Mixin private MeasuredCells cells;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "10m",
      description =
          "The time that measuring may take, like 90s or 5m; where something looks like a"
              + " regression, measuring that again may take as long. Default: ${DEFAULT-VALUE}.")
  private Duration budget;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "The most pairs of forks a cell gets, budget permitting; twice as many where it is"
              + " measured again. Verdicts come at 3, 4, 6, 8, 12, 16, 24, 32 … pairs. Default:"
              + " ${DEFAULT-VALUE}.")
  private int forks;

  @Option(
      names = "--margin",
      paramLabel = "PERCENT",
      defaultValue = "5%",
      description =
          "The change that is too small to be called one, as 5%% or 0.05. Default:"
              + " ${DEFAULT-VALUE}%.")
  private String margin;

  @Option(
      names = "--alpha",
      paramLabel = "LEVEL",
      defaultValue = "0.05",
      description =
          "The chance, at most, that anything is called a regression that is none; as 0.05 or 5%%."
              + " Default: ${DEFAULT-VALUE}.")
  private String alpha;

  @Option(
      names = "--inconclusive",
      paramLabel = "fail|pass",
      defaultValue = "fail",
      description = "What an inconclusive comparison comes to. Default: ${DEFAULT-VALUE}.")
  private Inconclusive inconclusive;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write: a new or empty folder. Default: ordo-ab/<time>.")
  private Path out;

  @Mixin private GateOutputs outputs;

  @Override
  public Integer call() throws IOException {
    VectorJvm.warnIfMissing(spec.commandLine().getErr());
    outputs.check();
    PairedOptions options =
        new PairedOptions(
            Percentage.of("--margin", margin), Percentage.of("--alpha", alpha), forks);
    Sides.Plan plan = sides.plan();
    Path folder =
        out != null
            ? out
            : Path.of("ordo-ab", LocalDateTime.now(ZoneId.systemDefault()).format(FOLDER));
    RunDirectory directory = RunDirectory.create(folder.toAbsolutePath().normalize());
    PrintWriter console = spec.commandLine().getOut();
    try (Interruption interruption = new Interruption()) {
      PairedRun run;
      try {
        run = run(plan.build(directory.path(), spec.commandLine().getErr()), options);
      } catch (IOException | IllegalArgumentException e) {
        // On Ctrl-C the build is ended: that it failed is then no news.
        if (interruption.requested()) {
          console.println("stopped before anything was measured");
          return ExitCode.INTERRUPTED;
        }
        throw e;
      }
      try (ConsoleProgress progress = ConsoleProgress.of(System.err, Columns.of())) {
        run.measure(directory, OrdoCommand.Version.text(), progress, interruption::requested);
      }
      PairedReport report = PairedStudy.of(directory);
      write(report, directory.path(), console);
      if (interruption.requested()) {
        console.println("stopped; what was measured is in " + directory.path());
        return ExitCode.INTERRUPTED;
      }
      outputs.write(PairedGate.of(report), inconclusive, new Location(GateConfig.FILE, 1), console);
      console.flush();
      return code(report);
    }
  }

  /** Writes the report of a run and prints its summary. */
  static void write(PairedReport report, Path target, PrintWriter console) throws IOException {
    PairedFiles.Files files = PairedFiles.write(report, target);
    console.print(PairedTable.text(report, Columns.of()));
    console.println();
    console.println("report: " + files.html());
    console.flush();
  }

  private int code(PairedReport report) {
    return switch (report.outcome()) {
      case PASSED -> ExitCode.FINE;
      case REGRESSED -> ExitCode.FAILED;
      case INCONCLUSIVE -> inconclusive.code();
    };
  }

  private PairedRun run(Sides.Built built, PairedOptions options) {
    Sides.Common common = built.common(cells.all() ? List.of() : cells.named());
    common.remarks().forEach(spec.commandLine().getErr()::println);
    Sweep sweep =
        new Sweep(
            common.models(),
            cells.phases(),
            cells.lengths(),
            cells.dimensions(spec.commandLine().getErr()),
            Sweep.same(cells.shape(), common.models()),
            cells.seed(),
            budget,
            forks,
            1,
            List.of(),
            Optional.empty());
    return new PairedRun(sweep, options, built.base(), built.candidate(), common.remarks());
  }
}
