package dev.ordo.reports.document;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.PairedReport;
import dev.ordo.reports.paired.TrendFinding;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;

/** A paired comparison in words, and as plain text for a terminal. */
public final class PairedTable {

  private static final int LEAST_COLUMNS = 60;
  private static final String INDENT = "  ";

  private final PairedReport report;

  /** Tells of a report. */
  public PairedTable(PairedReport report) {
    this.report = report;
  }

  /**
   * Returns one aligned line for each cell, then what became of the laws, a summary, and what was
   * not compared with the reasons.
   *
   * @param columns the width of the terminal, at least 60; no line is wider
   * @return lines that end in {@code \n}, without blanks at their ends
   * @throws IllegalArgumentException if {@code columns} is less than 60
   */
  public static String text(PairedReport report, int columns) {
    if (columns < LEAST_COLUMNS) {
      throw new IllegalArgumentException(
          "columns (" + columns + ") must be at least " + LEAST_COLUMNS);
    }
    PairedTable table = new PairedTable(report);
    List<String> lines = new ArrayList<>();
    if (!report.comparison().cells().isEmpty()) {
      lines.addAll(columns().lines(report.comparison().cells(), columns));
      lines.add("");
    }
    for (String sentence : table.sentences()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
  }

  private static TextTable<CellFinding> columns() {
    return new TextTable<>(
        List.of(
            new Column<>("cell", cell -> Text.clean(cell.label()), Cut.MIDDLE),
            new Column<>("pairs", PairedTable::pairs, Cut.LAST),
            new Column<>("candidate / base", PairedTable::ratio, Cut.LAST),
            new Column<>("verdict", PairedTable::verdict, Cut.LAST)));
  }

  /** Returns the numbers of pairs of both stages, for example {@code 8} or {@code 4+6}. */
  static String pairs(CellFinding cell) {
    int again = cell.cell().again().size();
    return cell.cell().first().size() + (again == 0 ? "" : "+" + again);
  }

  /** Returns the ratio with its interval; a dash where pairs were too few. */
  public static String ratio(CellFinding cell) {
    return cell.ratio()
        .map(ratio -> Figures.factor(ratio.value()) + " " + Figures.factors(ratio))
        .orElse(Cell.NONE);
  }

  /** Returns the verdict in a word or two. */
  static String verdict(CellFinding cell) {
    return switch (cell.change()) {
      case SLOWER -> "regressed";
      case FASTER -> "improved";
      case UNCHANGED -> "unchanged";
      case INCONCLUSIVE -> {
        if (cell.excluded()) {
          yield "not slower";
        }
        yield cell.suspected() ? "suspected" : "inconclusive";
      }
    };
  }

  /** Returns the verdict on a series in a word. */
  static String verdict(TrendFinding trend) {
    return switch (trend.change()) {
      case SLOWER -> "regressed";
      case FASTER -> "improved";
      case UNCHANGED -> "unchanged";
      case INCONCLUSIVE -> trend.suspected() ? "suspected" : "inconclusive";
    };
  }

  /** Returns how the ratio of a series runs along the sizes, in one sentence. */
  public String law(TrendFinding trend) {
    String power =
        Text.clean(report.sizeName())
            + "^"
            + Figures.exponent(trend.exponent().value())
            + " "
            + Figures.exponents(trend.exponent());
    String what =
        switch (trend.change()) {
          case SLOWER -> "the candidate grows faster, by " + power;
          case FASTER -> "the candidate grows more slowly, by " + power;
          case UNCHANGED -> "grows as before, " + power;
          case INCONCLUSIVE ->
              (trend.suspected() ? "perhaps grows faster, by " : "growth not decided, ") + power;
        };
    return Text.clean(trend.series())
        + ": "
        + what
        + "; ratio at the largest sizes "
        + Figures.factor(trend.top().value())
        + " "
        + Figures.factors(trend.top())
        + ".";
  }

  /** Returns the sentences below the table. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    report.comparison().trends().forEach(trend -> sentences.add(law(trend)));
    sentences.add(summary());
    sentences.add(threshold() + " " + guarantee());
    for (PairedReport.Uncompared cell : report.uncompared()) {
      sentences.add(
          (cell.regressed() ? "Regressed: " : "Not compared: ")
              + Text.clean(cell.cell())
              + ", "
              + Text.clean(cell.reason())
              + ".");
    }
    report.notes().forEach(note -> sentences.add(Text.clean(note)));
    return sentences;
  }

  /** Returns how many cells came to which verdict. */
  String summary() {
    int count = report.comparison().cells().size();
    return count
        + (count == 1 ? " cell: " : " cells: ")
        + report.comparison().count(Change.SLOWER)
        + " regressed, "
        + report.comparison().count(Change.FASTER)
        + " improved, "
        + report.comparison().count(Change.UNCHANGED)
        + " unchanged, "
        + report.comparison().count(Change.INCONCLUSIVE)
        + " inconclusive. "
        + Character.toUpperCase(report.outcome().word().charAt(0))
        + report.outcome().word().substring(1)
        + ".";
  }

  /** Returns from which change on a change counts, one sentence. */
  public String threshold() {
    return "A change counts from "
        + Figures.percent(report.comparison().options().margin())
        + " on.";
  }

  /** Returns what the verdicts rest on, two sentences. */
  public String guarantee() {
    PairedOptions options = report.comparison().options();
    return "Regressions were seen in two sets of forks, of which the second was measured for"
        + " them alone; the chance that any of them is false is at most "
        + Figures.percent(options.alpha())
        + ", that a cell called unchanged changed by more than the margin likewise. Intervals hold"
        + " with "
        + Figures.percent(1 - 2 * options.alpha())
        + " whenever measuring ended.";
  }
}
