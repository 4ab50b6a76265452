package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunStudy;
import dev.ordo.models.Models;
import dev.ordo.reports.Study;
import dev.ordo.reports.document.Reports;
import dev.ordo.reports.document.SummaryTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Writes a study's report and prints its summary. */
final class RunReport {

  private RunReport() {}

  /**
   * Reports on a run.
   *
   * @param directory the run
   * @param models knows the theory
   * @param target the folder that takes the report
   * @param console where the summary goes
   * @throws IOException if the run cannot be read or the report not be written
   */
  static void write(RunDirectory directory, Models models, Path target, PrintWriter console)
      throws IOException {
    write(RunStudy.of(directory, models), target, console);
  }

  /**
   * Reports on a run, without a word.
   *
   * @param directory the run
   * @param models knows the theory
   * @param target the folder that takes the report
   * @throws IOException if the run cannot be read or the report not be written
   */
  static void writeFiles(RunDirectory directory, Models models, Path target) throws IOException {
    Reports.write(RunStudy.of(directory, models), target);
  }

  /**
   * Reports on a study.
   *
   * @param study what to report on
   * @param target the folder that takes the report
   * @param console where the summary goes
   * @throws IOException if the report cannot be written
   */
  static void write(Study study, Path target, PrintWriter console) throws IOException {
    Reports.Files files = Reports.write(study, target);
    show(study, console);
    console.println();
    console.println("report: " + files.html());
    console.flush();
  }

  /**
   * Prints the summary of a study, as wide as the terminal and in its colours.
   *
   * @param study what to report on
   * @param console where the summary goes
   */
  static void show(Study study, PrintWriter console) {
    int columns = Columns.atLeast(SummaryTable.LEAST_COLUMNS);
    console.println(SummaryTable.text(study, columns, Terminal.isColoured()).stripTrailing());
    console.flush();
  }
}
