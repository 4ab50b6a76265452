package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Crossing;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * From which size on the subject of a row is lower than that of a column: a matrix of all that are
 * compared in one aspect, those first that win most often at large sizes.
 *
 * @param name the file name without an ending, unique in its study, of {@code [a-z0-9-]}
 * @param title one line above the matrix
 * @param caption what its cells mean
 * @param subjects the rows from the top, and the columns from the left
 * @param cells row by row; one that is compared with nobody, as with itself, is {@link
 *     Standing#NONE}
 */
public record CrossoverMatrix(
    String name, String title, String caption, List<String> subjects, List<Cell> cells)
    implements Chart {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are not rows × columns cells
   */
  public CrossoverMatrix {
    subjects = List.copyOf(subjects);
    cells = List.copyOf(cells);
    if (cells.size() != subjects.size() * subjects.size()) {
      throw new IllegalArgumentException(
          "cells (" + cells.size() + ") must be subjects (" + subjects.size() + ") × subjects");
    }
  }

  /** How the subject of a row stands to that of a column. */
  public enum Standing {
    /** Lower at every size. */
    ALWAYS("at every size"),
    /** Lower from some size on. */
    FROM("from this size on"),
    /** Lower below some size only. */
    BELOW("only below this size"),
    /** Lower at no size. */
    NEVER("at no size"),
    /** Nobody knows who is lower at large sizes. */
    CANNOT_TELL("cannot tell"),
    /** Not compared. */
    NONE("");

    private final String words;

    Standing(String words) {
      this.words = words;
    }

    /** Returns when the row is lower, as a legend says it; empty where nothing is compared. */
    public String words() {
      return words;
    }
  }

  /**
   * How two subjects stand.
   *
   * @param standing of the row's to the column's
   * @param size where they cross; absent where they do not
   * @param beyond whether that lies beyond the measured sizes
   * @param text what the cell says; empty where nothing is compared
   * @param interval the interval of the size as text; empty where there is none
   */
  public record Cell(
      Standing standing, Optional<Interval> size, boolean beyond, String text, String interval) {

    static final Cell EMPTY = new Cell(Standing.NONE, Optional.empty(), false, "", "");

    /** Checks that every part is there. */
    public Cell {
      Objects.requireNonNull(standing, "standing");
      Objects.requireNonNull(size, "size");
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(interval, "interval");
    }
  }

  private record Kind(String aspect, String sizeName, Unit unit) {}

  private record Pair(String row, String column) {}

  /** Returns one matrix for each aspect in which subjects are compared. */
  public static List<CrossoverMatrix> of(Study study) {
    Map<Kind, List<Crossing>> kinds = new LinkedHashMap<>();
    for (Crossing crossing : study.crossings()) {
      kinds
          .computeIfAbsent(
              new Kind(crossing.aspect(), crossing.sizeName(), crossing.unit()),
              kind -> new ArrayList<>())
          .add(crossing);
    }
    Set<String> names = new HashSet<>();
    List<CrossoverMatrix> matrices = new ArrayList<>();
    kinds.forEach((kind, crossings) -> matrices.add(matrix(kind, crossings, names)));
    return List.copyOf(matrices);
  }

  /** Returns how the subject of a row stands to that of a column, both counted from 0. */
  public Cell cell(int row, int column) {
    return cells.get(row * subjects.size() + column);
  }

  @Override
  public Drawing on(Sheet sheet) {
    return new CrossoverPlot(this, sheet);
  }

  private static CrossoverMatrix matrix(Kind kind, List<Crossing> crossings, Set<String> names) {
    Map<Pair, Cell> cells = new HashMap<>();
    for (Crossing crossing : crossings) {
      cells.put(new Pair(crossing.winner(), crossing.loser()), cell(crossing, true));
      cells.put(new Pair(crossing.loser(), crossing.winner()), cell(crossing, false));
    }
    List<String> subjects = order(crossings);
    List<Cell> all = new ArrayList<>();
    for (String row : subjects) {
      for (String column : subjects) {
        all.add(cells.getOrDefault(new Pair(row, column), Cell.EMPTY));
      }
    }
    String sizeName = Text.clean(kind.sizeName());
    String lower =
        switch (kind.unit().dimension()) {
          case TIME -> "faster";
          case MEMORY -> "smaller";
          case OTHER -> "lower";
        };
    return new CrossoverMatrix(
        ScalingChart.unique("crossover-" + ScalingChart.slug(kind.aspect()), names),
        Text.clean(kind.aspect()) + ": row is " + lower + " than column from which " + sizeName,
        caption(lower, sizeName, all),
        subjects,
        all);
  }

  private static String caption(String lower, String sizeName, List<Cell> cells) {
    boolean crossing = cells.stream().anyMatch(cell -> cell.size().isPresent());
    boolean beyond = cells.stream().anyMatch(Cell::beyond);
    return "Each cell says from which "
        + sizeName
        + " on what its row names is "
        + lower
        + " than what its column names"
        + (crossing ? ", with a 95 % interval; < says that it is so only below" : "")
        + (beyond ? "; grey sizes lie beyond what was measured, where the laws cross" : "")
        + ". Rows that win most often at large sizes come first.";
  }

  /** Returns all subjects, those that win most often first, else as they are compared. */
  private static List<String> order(List<Crossing> crossings) {
    Set<String> subjects = new LinkedHashSet<>();
    Map<String, Integer> wins = new HashMap<>();
    for (Crossing crossing : crossings) {
      subjects.add(crossing.winner());
      subjects.add(crossing.loser());
      if (crossing.kind() != Crossing.Kind.CANNOT_TELL) {
        wins.merge(crossing.winner(), 1, Integer::sum);
      }
    }
    return subjects.stream()
        .sorted(
            Comparator.comparingInt((String subject) -> -wins.getOrDefault(subject, 0))
                .thenComparing(subject -> subject))
        .toList();
  }

  private static Cell cell(Crossing crossing, boolean winner) {
    return switch (crossing.kind()) {
      case THROUGHOUT ->
          new Cell(
              winner ? Standing.ALWAYS : Standing.NEVER,
              Optional.empty(),
              false,
              winner ? "always" : "never",
              "");
      case CANNOT_TELL -> new Cell(Standing.CANNOT_TELL, Optional.empty(), false, "?", "");
      case OVERTAKES -> {
        String[] parts = crossing.place().split(" (?=\\[)", 2);
        yield new Cell(
            winner ? Standing.FROM : Standing.BELOW,
            crossing.size(),
            !crossing.insideRange(),
            winner ? parts[0] : "< " + parts[0].replace("≤ ", ""),
            parts.length == 1 ? "" : parts[1]);
      }
    };
  }
}
