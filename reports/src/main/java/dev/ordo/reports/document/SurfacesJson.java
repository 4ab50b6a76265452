package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Grid;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Surface;

/** What was measured over two sizes, as a part of {@link FitsJson}. */
final class SurfacesJson {

  private SurfacesJson() {}

  static void write(Study.SurfaceFinding finding, ObjectNode node) {
    Grid grid = finding.grid();
    node.put("subject", finding.subject()).put("aspect", finding.aspect());
    node.put("benchmark", grid.benchmark()).put("mode", grid.mode());
    FitsJson.write(grid.params(), node.putObject("params"));
    node.put("threads", grid.threads());
    node.putArray("sizeNames").add(grid.firstName()).add(grid.secondName());
    node.put("unit", grid.unit().symbol());
    ArrayNode places = node.putArray("places");
    for (Grid.Cell cell : grid.cells()) {
      ObjectNode place = places.addObject();
      place.putArray("sizes").add(cell.first()).add(cell.second());
      place.put("mean", cell.sample().mean());
    }
    ArrayNode fits = node.putArray("fits");
    finding.surface().fits().forEach(fitted -> write(fitted, fits.addObject()));
    finding
        .surface()
        .claimed()
        .ifPresentOrElse(form -> node.put("claimed", form.word()), () -> node.putNull("claimed"));
    Conclusion conclusion = finding.surface().conclusion();
    node.putObject("conclusion")
        .put("law", conclusion.law())
        .put("told", conclusion.told())
        .put("sentence", conclusion.sentence());
  }

  private static void write(Surface.Fitted fitted, ObjectNode node) {
    node.put("form", fitted.form().word()).put("formula", fitted.form().formula());
    ArrayNode terms = node.putArray("terms");
    for (Surface.Term term : fitted.terms()) {
      ObjectNode child = terms.addObject();
      Json.interval(child, "coefficient", term.coefficient());
      Json.interval(child, "firstPower", term.first());
      Json.interval(child, "secondPower", term.second());
    }
    Json.number(node, "relativeError", fitted.relativeError());
    node.put("fits", fitted.fits());
  }
}
