package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Change;
import dev.ordo.reports.compare.Contrast;
import dev.ordo.reports.compare.Setting;
import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;

/** What the same work takes under several settings, as pages and a terminal show it. */
final class ContrastTable {

  private final Study study;
  private final List<Contrast> contrasts;

  ContrastTable(Study study) {
    this.study = study;
    this.contrasts = study.contrasts();
  }

  /** Returns one row for each contrast, at its largest size. */
  List<Page.Contrast> largest() {
    return contrasts.stream().map(contrast -> row(contrast, contrast.largest())).toList();
  }

  /** Returns all contrasts at all sizes. */
  List<Page.Contrast> all() {
    return contrasts.stream()
        .flatMap(contrast -> contrast.places().stream().map(place -> row(contrast, place)))
        .toList();
  }

  /** Returns a heading and one line for each contrast, at its largest size; or no line at all. */
  List<String> lines(int width) {
    if (contrasts.isEmpty()) {
      return List.of();
    }
    Headings headings = Headings.of(study);
    List<Column<Page.Contrast>> columns = new ArrayList<>();
    columns.add(new Column<>(headings.subject(), Page.Contrast::subject, Cut.MIDDLE));
    columns.add(new Column<>(headings.aspect(), Page.Contrast::aspect, Cut.MIDDLE));
    columns.add(new Column<>("setting", Page.Contrast::setting, Cut.MIDDLE));
    columns.add(new Column<>("size", Page.Contrast::size, Cut.LAST));
    columns.add(new Column<>("ratio", row -> row.value() + " " + row.interval(), Cut.LAST));
    columns.add(new Column<>("verdict", Page.Contrast::verdict, Cut.END));
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Time under one setting over that under another, at the largest size:");
    lines.addAll(new TextTable<>(columns).lines(largest(), width));
    return lines;
  }

  private static Page.Contrast row(Contrast contrast, Contrast.Place place) {
    return new Page.Contrast(
        Text.clean(contrast.subject()),
        Text.clean(contrast.aspect()),
        Text.clean(setting(contrast)),
        Figures.size(place.size()),
        Figures.factor(place.ratio().value()),
        place.ratio().interval().map(Figures::factors).orElse("(one fork)"),
        place.word(),
        place.change() != Change.INCONCLUSIVE);
  }

  private static String setting(Contrast contrast) {
    String what =
        switch (contrast.dimension()) {
          case Setting.JVM -> "JVM ";
          case Setting.JVM_ARGS -> "";
          default -> contrast.dimension() + " ";
        };
    return what
        + contrast.other()
        + " over "
        + contrast.base()
        + (contrast.perRow() ? ", per row" : "");
  }
}
