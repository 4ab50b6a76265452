package dev.ordo.harness.cli;

import dev.ordo.harness.history.HistoryStore;
import dev.ordo.harness.history.RunSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds runs to a store: one file each, never written again. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Adds runs to a store: one small file each, which is never written again. A run that is"
            + " there already is not added again.")
final class HistoryAddCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "The folder of an 'ordo run', or a result file that 'ordo analyze' reads.")
  private List<Path> runs;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = HistoryCommand.STORE,
      description = "The folder that holds the history. Default: ${DEFAULT-VALUE}.")
  private Path store;

  @Option(
      names = "--commit",
      paramLabel = "SHA",
      description =
          "What was measured. Default: what the run says, else $GITHUB_SHA or $CI_COMMIT_SHA, else"
              + " what is checked out here.")
  private String commit;

  @Option(
      names = "--branch",
      paramLabel = "NAME",
      description =
          "The branch of the commit. Default: $GITHUB_HEAD_REF, $GITHUB_REF_NAME or"
              + " $CI_COMMIT_REF_NAME, else what is checked out here.")
  private String branch;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "A name for the machine. Runs of one host are compared with each other only. Default: of"
              + " a run what it recorded, of a result file this machine.")
  private String host;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "When it was measured, as 2026-11-03T14:00:00Z or 2026-11-03. Default: of a run when it"
              + " started, of a file when it was written.")
  private java.time.Instant time;

  @Option(
      names = "--metric",
      paramLabel = "NAME[,NAME…]",
      split = ",",
      description = "The metrics to keep, or 'all'. Default: time, with the memory beside it.")
  private List<String> metrics = List.of();

  @Option(
      names = "--size-param",
      paramLabel = "NAME",
      description =
          "The parameter that is the size, over which exponents are. Default: what looks like it.")
  private String sizeParam;

  @Override
  public Integer call() throws IOException {
    RunSource source =
        new RunSource(
            metrics,
            Optional.ofNullable(sizeParam),
            Optional.ofNullable(commit),
            Optional.ofNullable(branch),
            Optional.ofNullable(host),
            Optional.ofNullable(time),
            Path.of("").toAbsolutePath(),
            System.getenv());
    PrintWriter console = spec.commandLine().getOut();
    for (Path run : runs) {
      HistoryStore.Addition addition = source.addTo(new HistoryStore(store), run);
      console.println(
          addition.added()
              ? "added " + run + " as " + addition.file()
              : run + " is in the store already, as " + addition.file());
      console.flush();
    }
    return ExitCode.FINE;
  }
}
