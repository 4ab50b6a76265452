package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.Progress;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunOutcome;
import dev.ordo.models.Models;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A run that is measured while somebody waits, and reported when it ends.
 *
 * @param spec the command
 * @param directory where the run is
 * @param known knows the theory
 */
record Foreground(CommandSpec spec, RunDirectory directory, Models known) {

  /** What measures. */
  interface Measurement {

    /**
     * Measures.
     *
     * @param progress is told what happens
     * @param stopping tells whether to stop before the next fork
     * @throws IOException if a file cannot be read or written
     */
    void run(Progress progress, BooleanSupplier stopping) throws IOException;
  }

  /** Measures, reports, and returns the exit code. */
  int carryOut(Measurement measurement) throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    try (Interruption interruption = new Interruption()) {
      try (ConsoleProgress progress = ConsoleProgress.of(System.err, Columns.of())) {
        measurement.run(progress, interruption::requested);
      }
      if (interruption.requested()) {
        console.println("stopped; what was measured is in " + directory.resultFile());
        console.println("for a report: ordo analyze " + directory.path());
        console.println("to go on: ordo run --resume " + directory.path());
        return ExitCode.INTERRUPTED;
      }
    }
    RunOutcome outcome = RunOutcome.of(directory.entries());
    if (outcome.isEmptyShare()) {
      console.println("nothing to measure: this share of the run has no series");
      return ExitCode.FINE;
    }
    if (outcome.measured() == 0) {
      RunReport.writeFiles(directory, known, directory.path());
      spec.commandLine()
          .getErr()
          .println("ordo: nothing was measured; " + directory.log() + " has what the forks said");
      return ExitCode.FAILED;
    }
    RunReport.write(directory, known, directory.path(), console);
    return outcome.failed() ? ExitCode.FAILED : ExitCode.FINE;
  }
}
