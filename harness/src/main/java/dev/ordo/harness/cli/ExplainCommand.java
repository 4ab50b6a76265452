package dev.ordo.harness.cli;

import dev.ordo.reports.Study;
import dev.ordo.reports.claim.Explanation;
import dev.ordo.reports.claim.SeriesName;
import dev.ordo.reports.document.SummaryTable;
import dev.ordo.reports.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says in six sentences what one series of a run or result file shows, and why. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Says in six sentences what was measured of one series, how noisy it is, which law won,"
            + " which were rejected and why, how it stands to theory, and what would make it surer."
            + " Writes no file.")
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description =
          "The folder of an earlier 'ordo run', or a result file as 'ordo analyze' reads it.")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "SERIES",
      description =
          "Model and phase as mamba.decode, of other files the series as 'ordo show' names it, with"
              + " a dot and the metric where there are several.")
  private String name;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "NAME=VALUE",
      description = "Settings that tell the series from others of its name, such as threads=2.")
  private List<String> settings = List.of();

  @Mixin private StudySource source;

  @Mixin private Plugins plugins;

  @Override
  public Integer call() throws IOException {
    if (source.isPaired(List.of(file))) {
      throw new IOException(
          file + " must be a run of series, found one of pairs: 'ordo show' has its verdicts");
    }
    Study study = source.measured(List.of(file), plugins.models());
    Study.Finding finding = SeriesName.find(study, name, settings());
    int columns = Columns.atLeast(SummaryTable.LEAST_COLUMNS);
    PrintWriter console = spec.commandLine().getOut();
    for (String sentence : Explanation.of(study, finding)) {
      Text.wrap(sentence, columns, "  ").forEach(console::println);
    }
    console.flush();
    return ExitCode.FINE;
  }

  private Map<String, String> settings() {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String setting : settings) {
      int equal = setting.indexOf('=');
      if (equal < 1) {
        throw new IllegalArgumentException(
            "setting (" + setting + ") must be NAME=VALUE, like threads=2");
      }
      parsed.put(setting.substring(0, equal), setting.substring(equal + 1));
    }
    return parsed;
  }
}
