package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Style;
import dev.ordo.reports.compare.Crossing;
import dev.ordo.reports.compare.Crossings;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The crossovers of a study as pages and a terminal show them. */
final class CrossingsTable {

  /** With so few pairs each gets a sentence; with more only those that cross. */
  private static final int FEW = 3;

  /** With more that cross than this, all that one winner overtakes share a sentence. */
  private static final int MOST_SENTENCES = 8;

  /** So many sentences are printed to a terminal. */
  private static final int MOST_LINES = 12;

  private final Study study;

  CrossingsTable(Study study) {
    this.study = study;
  }

  /** Returns sentences and a summary for each aspect, in the order of the study. */
  List<Page.Crossovers> byAspect() {
    Style style = Style.of(study);
    List<Page.Crossovers> all = new ArrayList<>();
    aspects()
        .forEach(
            (aspect, crossings) ->
                all.add(
                    new Page.Crossovers(
                        aspect, overtakings(crossings, style), summary(crossings))));
    return all;
  }

  /** Returns a row for each pair. */
  List<Page.Pair> rows() {
    Style style = Style.of(study);
    return study.crossings().stream()
        .map(
            crossing ->
                new Page.Pair(
                    Text.clean(crossing.winner()),
                    style.color(crossing.winner()),
                    Text.clean(crossing.loser()),
                    Text.clean(crossing.aspect()),
                    crossing.place(),
                    said(crossing),
                    crossing.kind() != Crossing.Kind.CANNOT_TELL,
                    Figures.size(crossing.largest()),
                    crossing.ratioText()))
        .toList();
  }

  /** Returns an empty line, a heading and the sentences; or nothing where none cross. */
  List<String> sentences() {
    Style style = Style.of(study);
    List<String> sentences = new ArrayList<>();
    boolean several = aspects().size() > 1;
    for (Map.Entry<String, List<Crossing>> aspect : aspects().entrySet()) {
      for (Page.Overtaking overtaking : overtakings(aspect.getValue(), style)) {
        sentences.add((several ? aspect.getKey() + ": " : "") + overtaking.sentence());
      }
    }
    if (sentences.isEmpty()) {
      return List.of();
    }
    int others = sentences.size() - MOST_LINES;
    List<String> lines = new ArrayList<>(List.of("", "Crossovers:"));
    lines.addAll(sentences.subList(0, Math.min(MOST_LINES, sentences.size())));
    if (others > 0) {
      lines.add(others + " more in the report");
    }
    return lines;
  }

  private Map<String, List<Crossing>> aspects() {
    Map<String, List<Crossing>> aspects = new LinkedHashMap<>();
    study
        .crossings()
        .forEach(
            crossing ->
                aspects
                    .computeIfAbsent(Text.clean(crossing.aspect()), a -> new ArrayList<>())
                    .add(crossing));
    return aspects;
  }

  private static List<Page.Overtaking> overtakings(List<Crossing> crossings, Style style) {
    List<Crossing> worthy = worthASentence(crossings);
    List<Page.Overtaking> overtakings = new ArrayList<>();
    if (worthy.size() <= MOST_SENTENCES) {
      for (Crossing crossing : worthy) {
        overtakings.add(new Page.Overtaking(style.color(crossing.winner()), sentence(crossing)));
      }
      return overtakings;
    }
    Map<String, List<Crossing>> byWinner = new LinkedHashMap<>();
    for (Crossing crossing : worthy) {
      byWinner.computeIfAbsent(crossing.winner(), winner -> new ArrayList<>()).add(crossing);
    }
    byWinner.forEach(
        (winner, all) -> overtakings.add(new Page.Overtaking(style.color(winner), shared(all))));
    return overtakings;
  }

  /** Returns one sentence for all that one winner overtakes, smallest sizes first. */
  private static String shared(List<Crossing> crossings) {
    List<Crossing> sorted =
        crossings.stream()
            .sorted(Comparator.comparingDouble(c -> c.size().orElseThrow().value()))
            .toList();
    List<String> parts = new ArrayList<>();
    for (Crossing crossing : sorted) {
      parts.add(
          crossing.loser()
              + " from "
              + (parts.isEmpty() ? crossing.symbol() + " = " : "")
              + crossing.place()
              + remark(crossing));
    }
    Crossing first = sorted.get(0);
    return Text.clean(first.winner() + first.comparative() + String.join(", than ", parts))
        + (sorted.size() == 1 && remark(first).isEmpty() ? " on." : ".");
  }

  private static String remark(Crossing crossing) {
    if (!crossing.insideRange()) {
      return " (beyond the measured range)";
    }
    if (!crossing.significantAtLargest()) {
      return " (not significant at " + Figures.size(crossing.largest()) + ")";
    }
    return crossing.beyondRange() ? "" : " (up to " + Figures.size(crossing.largest()) + ")";
  }

  /** Returns those that cross, within the range first; of few pairs the others too. */
  private static List<Crossing> worthASentence(List<Crossing> crossings) {
    return crossings.stream()
        .filter(crossing -> crossings.size() <= FEW || crossing.crosses())
        .sorted(
            Comparator.comparing((Crossing crossing) -> !crossing.crosses())
                .thenComparing(crossing -> !crossing.insideRange())
                .thenComparing(Crossing::winner))
        .toList();
  }

  private static String sentence(Crossing crossing) {
    String sentence = Text.clean(crossing.sentence());
    boolean named = crossing.kind() != Crossing.Kind.CANNOT_TELL;
    return (named ? sentence : "C" + sentence.substring(1)) + ".";
  }

  private static String said(Crossing crossing) {
    String reach = Figures.size(Crossings.REACH) + "× the range";
    return switch (crossing.kind()) {
      case OVERTAKES -> crossing.beyondRange() ? "for good" : "up to the largest size";
      case THROUGHOUT -> "at every size up to " + (crossing.beyondRange() ? reach : "the largest");
      case CANNOT_TELL -> Text.clean("cannot tell: " + crossing.reason().orElse(""));
    };
  }

  private static String summary(List<Crossing> crossings) {
    if (crossings.size() <= FEW) {
      return "";
    }
    String reach = Figures.size(Crossings.REACH) + "× of the range";
    List<String> parts = new ArrayList<>();
    add(parts, crossings, "cross within the measured range", c -> c.crosses() && c.insideRange());
    add(parts, crossings, "cross beyond it", c -> c.crosses() && !c.insideRange());
    add(
        parts,
        crossings,
        "with the same winner at large sizes and perhaps at all",
        c -> c.kind() == Crossing.Kind.OVERTAKES && !c.crosses());
    add(
        parts,
        crossings,
        "do not cross within " + reach,
        c -> c.kind() == Crossing.Kind.THROUGHOUT && c.beyondRange());
    add(
        parts,
        crossings,
        "never cross in the range, and beyond it nobody can tell",
        c -> c.kind() == Crossing.Kind.THROUGHOUT && !c.beyondRange());
    add(parts, crossings, "cannot be told", c -> c.kind() == Crossing.Kind.CANNOT_TELL);
    return "Of " + crossings.size() + " pairs, " + String.join("; ", parts) + ".";
  }

  private static void add(
      List<String> parts, List<Crossing> crossings, String words, Predicate<Crossing> what) {
    long count = crossings.stream().filter(what).count();
    if (count > 0) {
      parts.add(count + " " + words);
    }
  }
}
