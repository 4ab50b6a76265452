package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.Merge;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Joins runs of one sweep. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Joins runs of the same sweep, as the shares of 'ordo run --shard', into one run and"
            + " reports on it.")
final class MergeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "The folders of the runs.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to write: a new or empty folder.")
  private Path out;

  @Option(
      names = "--partial",
      description = "Merge what there is, although shares are missing or not at their end.")
  private boolean partial;

  @Mixin private Plugins plugins;

  @Override
  public Integer call() throws IOException {
    Merge merge =
        new Merge(runs.stream().map(run -> run.toAbsolutePath().normalize()).toList(), partial);
    RunDirectory directory = RunDirectory.create(out.toAbsolutePath().normalize());
    merge.write(directory);
    if (!merge.missing().isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("ordo: merged without the shards " + String.join(", ", merge.missing()));
    }
    RunOutcome outcome = RunOutcome.of(directory.entries());
    if (outcome.measured() == 0) {
      RunReport.writeFiles(directory, plugins.models(), directory.path());
      spec.commandLine().getErr().println("ordo: nothing was measured in any of the runs");
      return ExitCode.FAILED;
    }
    RunReport.write(directory, plugins.models(), directory.path(), spec.commandLine().getOut());
    return outcome.failed() ? ExitCode.FAILED : ExitCode.FINE;
  }
}
