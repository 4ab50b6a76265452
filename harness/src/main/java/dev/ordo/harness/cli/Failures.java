package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.UnwritableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one line and picks the exit code. */
final class Failures {

  private Failures() {}

  /** Handles arguments that cannot be parsed. */
  static int badUsage(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    List<String> suggestions =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String hint =
        suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
    say(
        command,
        e.getMessage() + hint + " (see '" + command.getCommandSpec().qualifiedName() + " --help')");
    return ExitCode.BAD_INPUT;
  }

  /** Handles what a command throws. */
  static int failed(Exception e, CommandLine command, ParseResult result) {
    boolean input = e instanceof IllegalArgumentException || e instanceof IOException;
    say(command, input ? line(e) : "internal error: " + e);
    if (verbose(result)) {
      e.printStackTrace(command.getErr());
    } else if (!input) {
      command.getErr().println("(--verbose shows where)");
    }
    if (UnwritableException.isFull(e)) {
      return ExitCode.UNWRITABLE;
    }
    return input ? ExitCode.BAD_INPUT : ExitCode.INTERNAL;
  }

  private static boolean verbose(ParseResult result) {
    return result.hasMatchedOption(OrdoCommand.VERBOSE)
        || (result.hasSubcommand() && verbose(result.subcommand()));
  }

  private static void say(CommandLine command, String message) {
    command.getErr().println("ordo: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  /** Returns the message; where the JDK's own is only a path, what is wrong with it. */
  private static String line(Exception e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      if (e instanceof NoSuchFileException) {
        return "no such file or folder: " + file.getFile();
      }
      if (e instanceof AccessDeniedException) {
        return "permission denied: " + file.getFile();
      }
      if (e instanceof FileAlreadyExistsException) {
        return "exists already: " + file.getFile();
      }
      if (e instanceof NotDirectoryException) {
        return "not a folder: " + file.getFile();
      }
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
