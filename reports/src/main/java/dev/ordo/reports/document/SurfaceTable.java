package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.fit.Surface;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;

/** What was measured over two sizes, as pages and a terminal show it. */
final class SurfaceTable {

  private final Study study;

  SurfaceTable(Study study) {
    this.study = study;
  }

  /** Returns one row for each surface. */
  List<Page.SurfaceRow> rows() {
    return study.surfaces().stream().map(SurfaceTable::row).toList();
  }

  /** Returns an empty line, a heading and one sentence for each surface; or nothing at all. */
  List<String> sentences() {
    if (study.surfaces().isEmpty()) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>(List.of("", "Two sizes together:"));
    for (Study.SurfaceFinding found : study.surfaces()) {
      sentences.add(
          Text.clean(found.subject())
              + ", "
              + Text.clean(found.aspect())
              + ": "
              + Text.clean(found.surface().conclusion().sentence()));
    }
    return sentences;
  }

  private static Page.SurfaceRow row(Study.SurfaceFinding found) {
    return new Page.SurfaceRow(
        Text.clean(found.subject()),
        Text.clean(found.aspect()),
        Text.clean(found.grid().firstName()) + " × " + Text.clean(found.grid().secondName()),
        found.grid().firstCount() + " × " + found.grid().secondCount(),
        Text.clean(found.surface().conclusion().law()),
        found.surface().conclusion().told(),
        Text.clean(found.surface().conclusion().sentence()),
        found.surface().fits().stream().map(fitted -> form(fitted, found)).toList());
  }

  private static Page.SurfaceForm form(Surface.Fitted fitted, Study.SurfaceFinding found) {
    List<String> terms = new ArrayList<>();
    for (Surface.Term term : fitted.terms()) {
      StringBuilder text =
          new StringBuilder(Figures.value(term.coefficient().value(), found.grid().unit()));
      power(text, found.grid().firstName(), term.first().value());
      power(text, found.grid().secondName(), term.second().value());
      terms.add(text.toString());
    }
    return new Page.SurfaceForm(
        fitted.form().word(),
        fitted.form().formula(),
        Text.clean(String.join(" + ", terms)),
        Figures.percent(fitted.relativeError()),
        fitted.fits());
  }

  private static void power(StringBuilder text, String name, double power) {
    if (power == 1) {
      text.append('·').append(name);
    } else if (power != 0) {
      text.append('·').append(name).append('^').append(Figures.exponent(power));
    }
  }
}
