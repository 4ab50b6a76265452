package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Style;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.Prediction;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a study predicts for sizes that were not measured, as pages and a terminal show it. */
final class PredictionTable {

  private final Study study;

  PredictionTable(Study study) {
    this.study = study;
  }

  /** Returns one row for each leading finding and size. */
  List<Page.Prediction> rows() {
    Style style = Style.of(study);
    List<Page.Prediction> rows = new ArrayList<>();
    for (Study.Finding finding : study.leading()) {
      for (Prediction prediction : finding.analysis().predictions()) {
        rows.add(row(finding, prediction, style));
      }
    }
    return rows;
  }

  /** Returns a heading and one line for each row, and what they mean; or no line at all. */
  List<String> lines(int width, String indent) {
    List<Page.Prediction> rows = rows();
    if (rows.isEmpty()) {
      return List.of();
    }
    Headings headings = Headings.of(study);
    List<Column<Page.Prediction>> columns = new ArrayList<>();
    columns.add(new Column<>(headings.subject(), Page.Prediction::subject, Cut.MIDDLE));
    if (rows.stream().map(Page.Prediction::aspect).distinct().count() > 1) {
      columns.add(new Column<>(headings.aspect(), Page.Prediction::aspect, Cut.MIDDLE));
    }
    columns.add(new Column<>("size", Page.Prediction::size, Cut.LAST));
    columns.add(new Column<>("beyond", Page.Prediction::distance, Cut.LAST));
    columns.add(new Column<>("predicted", row -> row.told() ? row.value() : Cell.NONE, Cut.LAST));
    columns.add(new Column<>("law behind it", Page.Prediction::law, Cut.END));
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Predicted, with 95 % intervals for a new measurement:");
    lines.addAll(new TextTable<>(columns).lines(rows, width));
    for (Page.Prediction row : rows) {
      if (!row.remark().isEmpty()) {
        String who = row.aspect().isEmpty() ? row.subject() : row.subject() + ", " + row.aspect();
        lines.addAll(
            Text.wrap(
                Text.middle(who, width * 2 / 3) + ", " + row.size() + ": " + row.remark(),
                width,
                indent));
      }
    }
    return lines;
  }

  private static Page.Prediction row(Study.Finding finding, Prediction prediction, Style style) {
    Cell cell = new Cell(finding);
    Unit unit = unit(finding.series());
    Optional<Interval> value = prediction.value();
    return new Page.Prediction(
        cell.subject(),
        style.color(finding.subject()),
        cell.aspect(),
        Figures.size(prediction.size()),
        value.map(interval -> Figures.estimate(interval, unit)).orElse("cannot tell"),
        value.isPresent(),
        value.isEmpty()
            ? Cell.NONE
            : Text.clean(prediction.law()) + " (" + Figures.percent(prediction.weight()) + ")",
        distance(prediction),
        remark(prediction));
  }

  private static String distance(Prediction prediction) {
    return prediction.distance() == 1 ? "inside" : "×" + Figures.factor(prediction.distance());
  }

  private static String remark(Prediction prediction) {
    if (prediction.value().isEmpty()) {
      return "Cannot tell: " + Text.clean(prediction.reason()) + ".";
    }
    return prediction.parted()
        ? "The likely laws part before this size; a measured size on the way there would tell."
        : "";
  }

  private static Unit unit(Series series) {
    return series.points().isEmpty() ? Unit.NANOS_PER_OP : series.points().get(0).sample().unit();
  }
}
