package dev.ordo.harness.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code ordo} itself: prints help. */
@Command(
    name = "ordo",
    mixinStandardHelpOptions = true,
    versionProvider = OrdoCommand.Version.class,
    description = "Measures how the cost of sequence models grows with sequence length.",
    subcommands = {
      RunCommand.class,
      AnalyzeCommand.class,
      ShowCommand.class,
      ExplainCommand.class,
      MergeCommand.class,
      CompareCommand.class,
      PlotCommand.class,
      AbCommand.class,
      DoctorCommand.class,
      GateCommand.class,
      HistoryCommand.class,
      VerifyCommand.class,
      ModelsCommand.class,
      AttentionCommand.class,
      CheckpointCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went well",
      "1:something could not be measured, is not what a reference says, or got worse (gate)",
      "2:wrong arguments or input; nothing was written over",
      "3:a gate or a paired run cannot tell whether there is a regression",
      "70:a defect of ordo itself",
      "74:a file could not be written, as on a full disk; what was measured before is kept",
      "130:stopped by Ctrl-C; what was measured is written"
    })
final class OrdoCommand implements Callable<Integer> {

  /** The option that {@link Failures} asks for. */
  static final String VERBOSE = "--verbose";

  @Spec private CommandSpec spec;

  /** Declares the option for every command; whoever needs it asks the parse result. */
  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  void verbose(boolean given) {}

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "a command is needed: run, analyze, show, explain, plot, merge, compare, ab, gate, history,"
            + " doctor, verify, models or attention");
  }

  /** Reads the version from the jar's manifest. */
  static final class Version implements IVersionProvider {

    /** Returns the version of this build. */
    static String text() {
      String version = OrdoCommand.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"ordo " + text()};
    }
  }
}
