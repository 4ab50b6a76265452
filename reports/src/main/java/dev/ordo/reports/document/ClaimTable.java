package dev.ordo.reports.document;

import dev.ordo.reports.claim.Claim;
import dev.ordo.reports.claim.Claims;
import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.fit.Stance;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** The claim table as lines for a terminal, with a small picture of how each series scales. */
final class ClaimTable {

  private static final int BARS = 8;

  /** Below this width there is room for the measured figures and little else. */
  private static final int ROOMY = 60;

  private static final String INDENT = "  ";

  private final Claims claims;
  private final int width;
  private final boolean coloured;

  /**
   * Makes a table.
   *
   * @param width of the terminal
   * @param coloured whether to use inks
   */
  ClaimTable(Claims claims, int width, boolean coloured) {
    this.claims = claims;
    this.width = width;
    this.coloured = coloured;
  }

  /**
   * One line.
   *
   * @param subject whose it is
   * @param name what the line begins with
   * @param claim what is claimed; null where nothing was measured
   * @param missing what stands there instead
   */
  private record Line(String subject, String name, Claim claim, String missing) {

    String text(Function<Claim, String> of) {
      return claim == null ? "" : of.apply(claim);
    }
  }

  /** Returns the head, the lines of each subject, what was not measured at all, and the key. */
  List<String> lines() {
    List<Line> rows = rows();
    boolean grouped = rows.stream().map(Line::subject).distinct().count() < rows.size();
    List<String> table = table(rows, grouped).lines(rows, width, coloured);
    List<String> lines = new ArrayList<>();
    lines.add(table.get(0));
    String before = null;
    for (int i = 0; i < rows.size(); i++) {
      Line row = rows.get(i);
      if (grouped && !row.subject().equals(before)) {
        lines.add(ink(Ink.BOLD).on(Text.middle(row.subject(), width)));
        before = row.subject();
      }
      lines.add(
          row.claim() == null
              ? Text.head(nameOf(row, grouped) + INDENT + row.missing(), width)
              : table.get(i + 1));
    }
    unmeasured().forEach(text -> lines.addAll(Text.wrap(text, width, INDENT)));
    if (claims.hasTheory()) {
      lines.addAll(Text.wrap(key(), width, INDENT));
    }
    return lines;
  }

  private Ink ink(Ink ink) {
    return coloured ? ink : Ink.PLAIN;
  }

  /** Returns one line for each claim, and for each thing that only this subject lacks. */
  private List<Line> rows() {
    Set<Claims.Column> absent = absent();
    List<Line> rows = new ArrayList<>();
    for (Claims.Row row : claims.rows()) {
      for (int i = 0; i < claims.columns().size(); i++) {
        Claims.Column column = claims.columns().get(i);
        Claims.Entry entry = row.entries().get(i);
        for (Claim claim : entry.claims()) {
          rows.add(new Line(row.subject(), name(column, claim), claim, ""));
        }
        if (!entry.missing().isEmpty() && !absent.contains(column)) {
          rows.add(new Line(row.subject(), name(column), null, entry.missing()));
        }
      }
    }
    return rows;
  }

  /** Returns the columns of which no subject has anything, nor a reason why not. */
  private Set<Claims.Column> absent() {
    Set<Claims.Column> absent = new LinkedHashSet<>();
    for (int i = 0; i < claims.columns().size(); i++) {
      int column = i;
      if (claims.rows().stream()
          .allMatch(row -> row.entries().get(column).missing().equals(Claims.NOT_MEASURED))) {
        absent.add(claims.columns().get(i));
      }
    }
    return absent;
  }

  private List<String> unmeasured() {
    List<String> names = absent().stream().map(ClaimTable::name).toList();
    return names.isEmpty() ? List.of() : List.of("Not measured: " + String.join(", ", names) + ".");
  }

  private static String name(Claims.Column column) {
    return column.title().toLowerCase(Locale.ROOT);
  }

  /** Returns what a claim is about, as a line of the table names it. */
  static String name(Claims.Column column, Claim claim) {
    if (claim.part().isEmpty()) {
      return column.id().equals(column.title()) ? column.title() : name(column);
    }
    // Phases of inference and numbers of threads say by themselves what they are.
    boolean clear = column.id().equals("inference") || claim.kind() == Claim.Kind.SPEED_UP;
    return clear ? claim.part() : name(column) + ", " + claim.part();
  }

  private String nameOf(Line row, boolean grouped) {
    return grouped ? INDENT + row.name() : row.subject();
  }

  private TextTable<Line> table(List<Line> rows, boolean grouped) {
    ScalingBars bars =
        new ScalingBars(
            rows.stream().filter(row -> row.claim() != null).map(Line::claim).toList(), BARS);
    List<Column<Line>> columns = new ArrayList<>();
    columns.add(
        new Column<>(
            claims.subject(),
            row -> row.claim() == null ? "" : nameOf(row, grouped),
            Cut.MIDDLE,
            row -> grouped ? Ink.PLAIN : Ink.BOLD));
    columns.add(new Column<>("measured", row -> row.text(ClaimTable::figure), Cut.LAST));
    columns.add(
        new Column<>(
            "law",
            row -> row.text(ClaimTable::law),
            Cut.END,
            row -> row.claim() != null && row.claim().told() ? Ink.PLAIN : Ink.YELLOW));
    if (claims.hasTheory()) {
      if (width >= ROOMY) {
        columns.add(new Column<>("theory", row -> row.text(Claim::theoryHere), Cut.END));
      }
      columns.add(
          new Column<>("", row -> row.text(c -> mark(c.stance())), Cut.LAST, ClaimTable::ink));
    }
    if (width >= ROOMY) {
      columns.add(new Column<>("scaling", row -> row.text(bars::of), Cut.LAST, row -> Ink.CYAN));
    }
    return new TextTable<>(columns);
  }

  /** Counted bytes have no interval, and so there is room for how many there are. */
  private static boolean isPoint(Claim claim) {
    return claim.kind() == Claim.Kind.MEMORY && claim.interval().isEmpty();
  }

  private static String figure(Claim claim) {
    return isPoint(claim) ? (claim.figure() + "  " + claim.detail()).strip() : claim.figure();
  }

  /** The size of a speed-up is the largest of the run, which all lines share. */
  private static String law(Claim claim) {
    boolean brief = isPoint(claim) || claim.kind() == Claim.Kind.SPEED_UP;
    return brief ? claim.law() : claim.conclusion();
  }

  private static String mark(Stance stance) {
    return switch (stance) {
      case CONSISTENT -> "✓";
      case CONTRADICTS -> "✗";
      case CANNOT_JUDGE -> "?";
      case NO_THEORY -> "";
    };
  }

  private static Ink ink(Line row) {
    if (row.claim() == null) {
      return Ink.PLAIN;
    }
    return switch (row.claim().stance()) {
      case CONSISTENT -> Ink.GREEN;
      case CONTRADICTS -> Ink.RED;
      case CANNOT_JUDGE -> Ink.YELLOW;
      case NO_THEORY -> Ink.PLAIN;
    };
  }

  private String key() {
    String slope = width >= ROOMY ? "; beside O(…) is its slope here" : "";
    return "✓ as theory has it, ✗ against it, ? cannot judge" + slope + ".";
  }
}
