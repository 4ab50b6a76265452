package dev.ordo.reports.document;

import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.TrendFinding;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;

/** A history as plain text for a terminal. */
public final class HistoryTable {

  private static final int LEAST_COLUMNS = 60;
  private static final int BARS = 16;
  private static final int MOST_ROWS = 60;
  private static final int MOST_GROUPS = 20;
  private static final int MOST_SENTENCES = 12;
  private static final String INDENT = "  ";

  private HistoryTable() {}

  /**
   * Returns one aligned line for each cell and exponent with its trend, then the changes with their
   * commits, then what is to be known of the search.
   *
   * @param study the history
   * @param columns the width of the terminal, at least 60; no line is wider
   * @param all whether to list everything; else of more than 60 cells and exponents those that
   *     changed, and of many changes the latest
   * @return lines that end in {@code \n}, without blanks at their ends
   * @throws IllegalArgumentException if {@code columns} is less than 60
   */
  public static String text(HistoryStudy study, int columns, boolean all) {
    if (columns < LEAST_COLUMNS) {
      throw new IllegalArgumentException(
          "columns (" + columns + ") must be at least " + LEAST_COLUMNS);
    }
    HistoryWords words = new HistoryWords(study);
    List<String> lines = new ArrayList<>();
    List<TrendFinding> shown = shown(study, all);
    if (!shown.isEmpty()) {
      lines.addAll(columns(words).lines(shown, columns));
    }
    int hidden = study.findings().size() - shown.size();
    if (hidden > 0) {
      boolean changed = study.changeCount() > 0;
      lines.add(
          (changed ? "And " : "")
              + HistoryWords.count(hidden, changed ? "other" : "cell or exponent")
              + (study.changeCount() > 0 ? " without a change" : "")
              + " (--all lists all).");
    }
    lines.add("");
    lines.addAll(changes(words, columns, all));
    for (String sentence : words.sentences()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
  }

  private static List<TrendFinding> shown(HistoryStudy study, boolean all) {
    if (all || study.findings().size() <= MOST_ROWS) {
      return study.findings();
    }
    List<TrendFinding> changed =
        study.findings().stream().filter(finding -> finding.changeCount() > 0).toList();
    return changed.subList(0, Math.min(MOST_ROWS, changed.size()));
  }

  private static List<String> changes(HistoryWords words, int columns, boolean all) {
    List<String> lines = new ArrayList<>();
    List<HistoryWords.Group> groups = words.groups();
    int skipped = all ? 0 : Math.max(0, groups.size() - MOST_GROUPS);
    if (skipped > 0) {
      lines.add("Changes of " + skipped + " earlier commits are not listed (--all lists all).");
      lines.add("");
    }
    for (HistoryWords.Group group : groups.subList(skipped, groups.size())) {
      lines.addAll(Text.wrap("Since " + group.heading(), columns, INDENT));
      lines.addAll(Text.wrap(INDENT + group.range(), columns, INDENT + INDENT));
      int most = all ? group.changes().size() : MOST_SENTENCES;
      group.changes().stream()
          .limit(most)
          .forEach(change -> lines.addAll(indented(change, columns)));
      if (group.changes().size() > most) {
        lines.add(INDENT + "and " + (group.changes().size() - most) + " more (--all lists all)");
      }
      lines.add("");
    }
    return lines;
  }

  private static List<String> indented(String sentence, int columns) {
    List<String> lines = new ArrayList<>();
    for (String line : Text.wrap(sentence, columns - INDENT.length(), INDENT)) {
      lines.add(INDENT + line);
    }
    return lines;
  }

  private static TextTable<TrendFinding> columns(HistoryWords words) {
    return new TextTable<>(
        List.of(
            new Column<>("cell", finding -> words.label(finding.trend().key()), Cut.MIDDLE),
            new Column<>("runs", finding -> Integer.toString(finding.trend().count()), Cut.LAST),
            new Column<>(
                "level",
                finding -> HistoryWords.level(finding.trend().key(), HistoryWords.latest(finding)),
                Cut.LAST),
            new Column<>(
                "trend",
                finding -> Sparkline.of(HistoryWords.latest(finding).values(), BARS),
                Cut.LAST),
            new Column<>(
                "last change",
                finding ->
                    HistoryWords.lastChange(finding.trend().key(), HistoryWords.latest(finding)),
                Cut.LAST)));
  }
}
