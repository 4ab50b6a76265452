package dev.ordo.harness.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Keeps results of many runs, and shows where they changed. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Keeps the results of many runs in a folder, and shows where they changed.",
    subcommands = {HistoryAddCommand.class, HistoryShowCommand.class})
final class HistoryCommand implements Callable<Integer> {

  /** Where a store is unless the user says otherwise. */
  static final String STORE = "ordo-history";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is needed: history add or history show");
  }
}
