package dev.ordo.reports.document;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A comparison as plain text for a terminal. */
public final class ComparisonTable {

  private static final int LEAST_COLUMNS = 60;
  private static final int MOST_REASONS = 6;
  private static final String INDENT = "  ";

  private final Comparison comparison;
  private final CellLabels labels;

  ComparisonTable(Comparison comparison) {
    this.comparison = comparison;
    this.labels = new CellLabels(comparison);
  }

  /**
   * Returns one aligned line for each cell, then a summary, and what was not compared with the
   * reasons.
   *
   * @param comparison the comparison
   * @param columns the width of the terminal, at least 60; no line is wider
   * @return lines that end in {@code \n}, without blanks at their ends
   * @throws IllegalArgumentException if {@code columns} is less than 60
   */
  public static String text(Comparison comparison, int columns) {
    if (columns < LEAST_COLUMNS) {
      throw new IllegalArgumentException(
          "columns (" + columns + ") must be at least " + LEAST_COLUMNS);
    }
    ComparisonTable table = new ComparisonTable(comparison);
    List<String> lines = new ArrayList<>(table.columns().lines(comparison.cells(), columns));
    lines.add("");
    for (String sentence : table.sentences()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
  }

  /** Returns the name of a cell. */
  String label(ComparedCell cell) {
    return labels.of(cell.base(), cell.metric());
  }

  /** Returns the ratio with its interval, or with the reason why there is none. */
  static String ratio(ComparedCell cell) {
    double ratio = cell.estimate().ratio();
    String value = Double.isNaN(ratio) ? Cell.NONE : Figures.factor(ratio);
    return cell.estimate()
        .interval()
        .map(interval -> value + " " + Figures.factors(interval))
        .orElse(
            value
                + cell.estimate()
                    .limitation()
                    .map(reason -> " (" + reason.split(":")[0] + ")")
                    .orElse(""));
  }

  /** Returns what a side measured: the mean of its fork means. */
  static String mean(ComparedCell cell, boolean base) {
    Unit unit = cell.unit();
    return Figures.value((base ? cell.base() : cell.candidate()).sample().mean(), unit);
  }

  /** Returns the summary, the margin, the rule for the suite, then what is not compared. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    int count = comparison.cells().size();
    List<String> counts = new ArrayList<>();
    for (Change change : Change.values()) {
      counts.add(comparison.count(change) + " " + words(change));
    }
    sentences.add(
        count
            + (count == 1 ? " cell" : " cells")
            + " compared: "
            + String.join(", ", counts)
            + ".");
    sentences.add(margins());
    sentences.add(
        "Ratios are candidate over base with "
            + Figures.percent(1 - comparison.options().alpha())
            + " intervals over forks; of all differences called, at most "
            + Figures.percent(comparison.options().alpha())
            + " are expected to be false ("
            + comparison.correction().label()
            + " over "
            + comparison.tested()
            + (comparison.tested() == 1 ? " test)." : " tests)."));
    unknownNoise().ifPresent(sentences::add);
    sentences.addAll(unmatched());
    comparison.notes().forEach(note -> sentences.add(Text.clean(note)));
    return sentences;
  }

  private TextTable<ComparedCell> columns() {
    return new TextTable<>(
        List.of(
            new Column<>("cell", this::label, Cut.MIDDLE),
            new Column<>("base", cell -> mean(cell, true), Cut.LAST),
            new Column<>("candidate", cell -> mean(cell, false), Cut.LAST),
            new Column<>("ratio", ComparisonTable::ratio, Cut.LAST),
            new Column<>("verdict", ComparedCell::word, Cut.LAST)));
  }

  /** Returns a change as all cells' units call it. */
  private String words(Change change) {
    List<String> words =
        comparison.cells().stream().map(cell -> change.word(cell.unit())).distinct().toList();
    return String.join("/", words);
  }

  private String margins() {
    double[] margins =
        comparison.cells().stream().mapToDouble(ComparedCell::margin).distinct().sorted().toArray();
    List<String> texts = Arrays.stream(margins).mapToObj(Figures::percent).toList();
    if (comparison.options().margin().isPresent()) {
      return "A change counts from " + String.join(", ", texts) + " on, as was asked.";
    }
    return "A change counts from "
        + String.join(" or ", texts)
        + " on: "
        + (margins[0] == 0 ? "0 where a cell has no noise, else " : "")
        + "what single forks of the same code may be off by, at least 1 %.";
  }

  private Optional<String> unknownNoise() {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (ComparedCell cell : comparison.cells()) {
      if (cell.adjusted().isEmpty()) {
        reasons.merge(cell.estimate().limitation().orElse(""), 1, Integer::sum);
      }
    }
    List<String> parts = new ArrayList<>();
    reasons.forEach((reason, cells) -> parts.add(cells + " with " + reason));
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("No verdict on " + String.join("; ", parts) + ".");
  }

  private List<String> unmatched() {
    Map<String, List<Comparison.Unmatched>> reasons = new LinkedHashMap<>();
    for (Comparison.Unmatched unmatched : comparison.unmatched()) {
      reasons
          .computeIfAbsent(
              "only in the " + unmatched.side().word() + ", " + Text.clean(unmatched.reason()),
              reason -> new ArrayList<>())
          .add(unmatched);
    }
    List<String> sentences = new ArrayList<>();
    reasons.forEach(
        (reason, cells) -> {
          if (sentences.size() < MOST_REASONS) {
            String first = labels.of(cells.get(0).cell(), cells.get(0).metric());
            String others = cells.size() == 1 ? "" : " and " + (cells.size() - 1) + " more";
            sentences.add("Not compared: " + first + others + " (" + reason + ").");
          }
        });
    if (reasons.size() > MOST_REASONS) {
      sentences.add(
          "Not compared: " + comparison.unmatched().size() + " cells in all; --out lists them.");
    }
    return sentences;
  }
}
