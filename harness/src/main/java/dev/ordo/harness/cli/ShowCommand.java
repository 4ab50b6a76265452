package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.PairedStudy;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.reports.document.PairedTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows on the terminal what a run or any result file claims; writes nothing. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows what a run or a result file of any project claims: the exponents, laws and theory of"
            + " each series, and a small picture of how it scales. Writes no file.")
final class ShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description =
          "The folder of an earlier 'ordo run', or result files as 'ordo analyze' reads them.")
  private List<Path> files;

  @Mixin private StudySource source;

  @Mixin private Plugins plugins;

  @Override
  public Integer call() throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    if (source.isPaired(files)) {
      console.print(PairedTable.text(PairedStudy.of(new RunDirectory(files.get(0))), Columns.of()));
      console.flush();
      return ExitCode.FINE;
    }
    RunReport.show(source.measured(files, plugins.models()), console);
    return ExitCode.FINE;
  }
}
