package dev.ordo.harness.cli;

/** What an inconclusive comparison comes to. */
enum Inconclusive {
  /** An exit code of its own. */
  FAIL,
  /** The exit code of success. */
  PASS;

  /** Returns the exit code. */
  int code() {
    return this == FAIL ? ExitCode.INCONCLUSIVE : ExitCode.FINE;
  }
}
