package dev.ordo.harness.cli;

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

/** Loads a checkpoint and prints its sizes: what another JVM of this program does for a run. */
@Command(
    name = CheckpointCommand.NAME,
    hidden = true,
    description = "Loads a checkpoint with some models and prints shape and positions.")
final class CheckpointCommand implements Callable<Integer> {

  static final String NAME = "load-checkpoint";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The checkpoint.")
  private Path folder;

  @Option(names = "--models", required = true, split = ",", description = "The models, by id.")
  private List<String> models;

  @Mixin private Plugins plugins;

  @Override
  public Integer call() throws IOException {
    spec.commandLine()
        .getOut()
        .println(LoadedCheckpoint.of(folder, models, plugins.models()).line());
    return ExitCode.FINE;
  }
}
