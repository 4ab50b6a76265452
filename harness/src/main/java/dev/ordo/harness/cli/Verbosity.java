package dev.ordo.harness.cli;

import picocli.CommandLine.Option;

/** The option that every command has. */
final class Verbosity {

  @Option(names = "--verbose", description = "Show the stack trace of an error.")
  private boolean verbose;
}
