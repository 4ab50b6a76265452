package dev.ordo.harness.cli;

/** The exit codes of the command line. */
final class ExitCode {

  /** All went well. */
  static final int FINE = 0;

  /**
   * The command ran, and something could not be measured, is not what it should be, or got worse.
   */
  static final int FAILED = 1;

  /** An argument or an input file is wrong; nothing was written over. */
  static final int BAD_INPUT = 2;

  /** A gate cannot tell whether there is a regression. */
  static final int INCONCLUSIVE = 3;

  /** A defect of Ordo itself. */
  static final int INTERNAL = 70;

  /** A file could not be written, as on a full disk; what was written before is kept. */
  static final int UNWRITABLE = 74;

  /** Stopped by Ctrl-C; what was measured is written. The same number as a shell gives. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
