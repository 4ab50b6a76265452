package dev.ordo.harness.gate;

import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.document.TextTable;
import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result of a gate as plain text for a terminal or a log. */
public final class TextReport {

  private static final int MOST_ROWS = 200;
  private static final int MOST_SENTENCES = 20;
  private static final String INDENT = "  ";
  private static final String RESET = "\u001b[0m";

  private final GateResult result;
  private final int columns;

  private TextReport(GateResult result, int columns) {
    this.result = result;
    this.columns = columns;
  }

  /**
   * Returns the outcome, a line for each claim about a series and for each cell that is worth one,
   * the evidence of those that count, and what was not judged.
   *
   * @param result the result
   * @param columns the width of the terminal, at least 60; no line is wider
   * @param coloured whether verdicts are coloured by the escapes of a terminal
   * @return lines that end in {@code \n}
   */
  public static String text(GateResult result, int columns, boolean coloured) {
    List<String> lines = new TextReport(result, columns).lines();
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      String plain = line.stripTrailing();
      text.append(coloured ? colour(plain) : plain).append('\n');
    }
    return text.toString();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("gate: " + result.outcome().word() + counts());
    lines.add("");
    List<Claim> rows = rows();
    lines.addAll(table().lines(rows.stream().limit(MOST_ROWS).toList(), columns));
    if (rows.size() > MOST_ROWS) {
      lines.add("… and " + (rows.size() - MOST_ROWS) + " more");
    }
    lines.add("");
    for (Claim claim : worthASentence()) {
      wrap(
          claim.title()
              + (claim.fails() ? ": " : " in doubt (" + claim.doubt().orElse("") + "): ")
              + claim.sentence(),
          lines);
    }
    for (List<String> sentences :
        List.of(
            result.doubts().stream().map(doubt -> "In doubt: " + doubt).toList(),
            List.of(cells(), unchanged(rows), result.rule(), result.margins()),
            result.unmatched(),
            result.notes())) {
      sentences.stream()
          .filter(sentence -> !sentence.isEmpty())
          .limit(MOST_SENTENCES)
          .forEach(sentence -> wrap(sentence, lines));
      if (sentences.size() > MOST_SENTENCES) {
        lines.add("… and " + (sentences.size() - MOST_SENTENCES) + " more of this kind");
      }
    }
    return lines;
  }

  private String counts() {
    int failing = result.failing().size();
    int doubtful = result.doubtful().size() + result.doubts().size();
    String counts =
        (failing == 0 ? "" : ", " + failing + (failing == 1 ? " claim" : " claims") + " worse")
            + (doubtful == 0 ? "" : ", " + doubtful + " in doubt");
    return counts.isEmpty() ? "" : " (" + counts.substring(2) + ")";
  }

  private List<Claim> rows() {
    List<Claim> rows = new ArrayList<>();
    for (Claim claim : result.claims()) {
      boolean told =
          claim.verdict() == Verdict.REGRESSED
              || claim.verdict() == Verdict.IMPROVED
              || claim.doubtful();
      boolean beside = !claim.metric().equals(result.claims().get(0).metric());
      boolean dull = beside && claim.verdict() == Verdict.UNCHANGED;
      if (told || (!dull && (claim.kind() != Claim.Kind.CELL || alone(claim)))) {
        rows.add(claim);
      }
    }
    return rows;
  }

  /** Returns whether no claim about a series speaks for a cell. */
  private boolean alone(Claim cell) {
    return result.of(Claim.Kind.SERIES).stream()
        .noneMatch(
            series ->
                cell.name().startsWith(series.name() + "@")
                    && cell.metric().equals(series.metric()));
  }

  private TextTable<Claim> table() {
    List<Column<Claim>> all =
        new ArrayList<>(
            List.of(
                new Column<>("claim", claim -> claim.kind().word(), Cut.LAST),
                new Column<>("of", Claim::name, Cut.MIDDLE)));
    if (result.claims().stream().anyMatch(c -> !c.metric().equals(Measurements.TIME))) {
      all.add(new Column<>("metric", claim -> Text.clean(claim.metric()), Cut.END));
    }
    all.add(new Column<>("change", Claim::figure, Cut.LAST));
    all.add(new Column<>("verdict", TextReport::verdict, Cut.LAST));
    return new TextTable<>(all);
  }

  private static String verdict(Claim claim) {
    return claim.gates() ? claim.verdict().word() : "(" + claim.verdict().word() + ")";
  }

  private List<Claim> worthASentence() {
    List<Claim> worth = new ArrayList<>(result.failing());
    worth.addAll(result.doubtful());
    return worth.stream().limit(MOST_SENTENCES).toList();
  }

  /** Returns how many claims about series are not in the table; empty where all are. */
  private String unchanged(List<Claim> rows) {
    long count =
        result.claims().stream()
            .filter(claim -> claim.kind() != Claim.Kind.CELL && !rows.contains(claim))
            .count();
    return count == 0
        ? ""
        : "Not shown: "
            + count
            + (count == 1 ? " claim" : " claims")
            + " about other metrics, unchanged.";
  }

  /** Returns how many cells came to what. */
  String cells() {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      counts.add(result.count(Claim.Kind.CELL, verdict) + " " + verdict.word());
    }
    int count = result.of(Claim.Kind.CELL).size();
    return count + (count == 1 ? " cell: " : " cells: ") + String.join(", ", counts) + ".";
  }

  private void wrap(String sentence, List<String> lines) {
    lines.addAll(Text.wrap(Text.clean(sentence), columns, INDENT));
  }

  private static String colour(String line) {
    for (Verdict verdict : Verdict.values()) {
      String word = verdict.word();
      if (line.endsWith("  " + word) || line.endsWith(" " + word) && line.startsWith("gate:")) {
        String code =
            switch (verdict) {
              case REGRESSED -> "\u001b[31m";
              case IMPROVED -> "\u001b[32m";
              case INCONCLUSIVE -> "\u001b[33m";
              case UNCHANGED -> "";
            };
        String before = line.substring(0, line.length() - word.length());
        return code.isEmpty() ? line : before + code + word + RESET;
      }
    }
    return line;
  }

  /** Returns a text with its first letter in upper case. */
  static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
