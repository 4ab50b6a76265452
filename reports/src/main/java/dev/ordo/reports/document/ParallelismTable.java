package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Style;
import dev.ordo.reports.compare.Ratio;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The speed-ups of a study, with the span beside them, as pages and a terminal show them. */
final class ParallelismTable {

  private final Study study;

  ParallelismTable(Study study) {
    this.study = study;
  }

  /** Returns the aspects, in the order of the study. */
  List<String> aspects() {
    return study.parallelism().stream().map(s -> Text.clean(s.aspect())).distinct().toList();
  }

  /** Returns whether speed-ups are on different numbers of threads. */
  boolean severalThreads() {
    return study.parallelism().stream().map(ParallelismTable::threads).distinct().count() > 1;
  }

  /** Returns what is compared, as the beginning of a sentence; empty without a speed-up. */
  String heading() {
    if (study.parallelism().isEmpty()) {
      return "";
    }
    SpeedUp first = study.parallelism().get(0);
    return severalThreads()
        ? "Speed-up on more threads"
        : "Speed-up on " + first.to() + " threads over " + first.from();
  }

  /** Returns one row for each subject and number of threads. */
  List<Page.SpeedUps> rows() {
    Style style = Style.of(study);
    List<String> aspects = aspects();
    Map<List<String>, Page.SpeedUp[]> cells = new LinkedHashMap<>();
    for (SpeedUp speedUp : study.parallelism()) {
      cells.computeIfAbsent(
              List.of(speedUp.subject(), threads(speedUp)),
              row -> new Page.SpeedUp[aspects.size()])[
              aspects.indexOf(Text.clean(speedUp.aspect()))] =
          cell(speedUp, speedUp.largest());
    }
    List<Page.SpeedUps> rows = new ArrayList<>();
    cells.forEach(
        (row, values) ->
            rows.add(
                new Page.SpeedUps(
                    Text.clean(row.get(0)),
                    style.color(row.get(0)),
                    row.get(1),
                    Arrays.asList(values))));
    return rows;
  }

  /** Returns all speed-ups at all sizes. */
  List<Page.SpeedUp> all() {
    return study.parallelism().stream()
        .flatMap(speedUp -> speedUp.places().stream().map(place -> cell(speedUp, place)))
        .toList();
  }

  /** Returns a heading and one line for each speed-up, at its largest size; or no line at all. */
  List<String> lines(int width) {
    if (study.parallelism().isEmpty()) {
      return List.of();
    }
    List<Page.SpeedUp> rows =
        study.parallelism().stream().map(speedUp -> cell(speedUp, speedUp.largest())).toList();
    Headings headings = Headings.of(study);
    List<Column<Page.SpeedUp>> columns = new ArrayList<>();
    columns.add(new Column<>(headings.subject(), Page.SpeedUp::subject, Cut.MIDDLE));
    columns.add(new Column<>(headings.aspect(), Page.SpeedUp::aspect, Cut.MIDDLE));
    if (severalThreads()) {
      columns.add(new Column<>("threads", Page.SpeedUp::threads, Cut.LAST));
    }
    columns.add(new Column<>("size", Page.SpeedUp::size, Cut.LAST));
    columns.add(new Column<>("speed-up", cell -> cell.value() + " " + cell.interval(), Cut.LAST));
    columns.add(new Column<>("verdict", Page.SpeedUp::verdict, Cut.END));
    if (rows.stream().anyMatch(cell -> !cell.span().isEmpty())) {
      columns.add(
          new Column<>(
              "span", cell -> cell.span().isEmpty() ? "" : "O(" + cell.span() + ")", Cut.END));
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(heading() + ", at the largest size:");
    lines.addAll(new TextTable<>(columns).lines(rows, width));
    return lines;
  }

  private static String threads(SpeedUp speedUp) {
    return speedUp.from() + " → " + speedUp.to();
  }

  private static Page.SpeedUp cell(SpeedUp speedUp, SpeedUp.Place place) {
    Ratio ratio = place.ratio();
    SpeedUp.Verdict verdict = place.verdict();
    boolean largest = place.equals(speedUp.largest());
    return new Page.SpeedUp(
        Text.clean(speedUp.subject()),
        Text.clean(speedUp.aspect()),
        threads(speedUp),
        Figures.size(place.size()),
        Figures.factor(ratio.value()),
        ratio.interval().map(Figures::factors).orElse("(one fork)"),
        verdict.word(),
        verdict != SpeedUp.Verdict.CANNOT_TELL,
        speedUp.span().map(span -> Text.clean(span.order())).orElse(""),
        speedUp.span().filter(s -> largest).map(s -> Figures.count(s.steps())).orElse(""),
        speedUp.span().map(span -> Text.clean(span.parallelism())).orElse(""),
        speedUp
            .span()
            .filter(s -> largest)
            .map(s -> Figures.count(s.operations()))
            .orElse(""));
  }
}
