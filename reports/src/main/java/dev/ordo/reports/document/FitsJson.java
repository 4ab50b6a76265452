package dev.ordo.reports.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Contrast;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Course;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.ForkSummary;
import dev.ordo.reports.fit.Regime;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What was fitted and concluded, as JSON for programs.
 *
 * <p>{@code {"schema": "ordo-fits", "version": 1, "title", "series": [{"subject", "aspect",
 * "benchmark", "mode", "params", "threads", "sizeName", "unit", "sizes", "means", "exponent",
 * "ranking", "best", "crossover", "regime", "conclusion", "forks": {"noise", "judged", "labelled":
 * [{"size", "fork", "shape", "levels", "treatment"}]}, "heldOut": {"size", "predicted", "measured",
 * "ratio", "holds", "law"}, "localExponents": [{"from", "to", "value", "interval"}], "predictions":
 * [{"size", "distance", "value", "law", "weight", "reason"}], "theory"}], "parallelism":
 * [{"subject", "aspect", "fromThreads", "toThreads", "sizeName", "places": [{"size", "speedUp",
 * "interval", "forksOnFewer", "forksOnMore", "verdict"}], "span"}], "settings": [{"dimension",
 * "base", "other", "subject", "aspect", "sizeName", "perRow", "places": [{"size", "ratio",
 * "interval", "forks", "baseForks", "verdict"}]}], "memory": [{"subject", "aspect", "kept",
 * "allocated", "held", "heldOverKept", "theory"}], "surfaces": [{"subject", "aspect", "benchmark",
 * "mode", "params", "threads", "sizeNames", "unit", "places": [{"sizes", "mean"}], "fits":
 * [{"form", "formula", "terms": [{"coefficient", "firstPower", "secondPower"}], "relativeError",
 * "fits"}], "claimed", "conclusion"}], "gaps": [{"subject", "aspect", "size", "settings",
 * "measured", "failed", "kind", "reason"}], "crossovers" ({@link CrossingsJson}), "environment",
 * "notes"}}. What is kept, allocated and held has the parts of a series but subject, aspect and
 * theory. Means and coefficients are in {@code unit}. JSON knows no infinity: {@code null} stands
 * for a value that is not finite (an {@code aicc} with too few sizes, the open end of a crossover's
 * interval) and for a part that is absent.
 */
final class FitsJson {

  static final int VERSION = 1;

  private FitsJson() {}

  /** Writes the object, one series after the other; the stream stays open. */
  static void write(Study study, OutputStream out) throws IOException {
    try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
      json.setPrettyPrinter(Json.printer());
      json.writeStartObject();
      json.writeStringField("schema", "ordo-fits");
      json.writeNumberField("version", VERSION);
      json.writeStringField("title", study.title());
      write("series", study.findings(), FitsJson::write, json);
      write("parallelism", study.parallelism(), FitsJson::write, json);
      write("settings", study.contrasts(), FitsJson::write, json);
      write("memory", study.memory(), FitsJson::write, json);
      write("surfaces", study.surfaces(), SurfacesJson::write, json);
      write("gaps", study.gaps(), GapTable::write, json);
      write("crossovers", study.crossings(), CrossingsJson::write, json);
      json.writeFieldName("environment");
      ObjectNode environment = Json.MAPPER.createObjectNode();
      write(study.environment(), environment);
      json.writeTree(environment);
      json.writeArrayFieldStart("notes");
      for (String note : study.notes()) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw("\n");
    }
  }

  private static <T> void write(
      String name, List<T> parts, BiConsumer<T, ObjectNode> writer, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T part : parts) {
      ObjectNode node = Json.MAPPER.createObjectNode();
      writer.accept(part, node);
      json.writeTree(node);
    }
    json.writeEndArray();
  }

  private static void write(Study.Finding finding, ObjectNode node) {
    node.put("subject", finding.subject()).put("aspect", finding.aspect());
    write(finding.series(), finding.analysis(), node);
    write(finding.theory(), node);
  }

  private static void write(Contrast contrast, ObjectNode node) {
    node.put("dimension", contrast.dimension())
        .put("base", contrast.base())
        .put("other", contrast.other())
        .put("subject", contrast.subject())
        .put("aspect", contrast.aspect())
        .put("sizeName", contrast.sizeName())
        .put("perRow", contrast.perRow());
    ArrayNode places = node.putArray("places");
    for (Contrast.Place place : contrast.places()) {
      ObjectNode child = places.addObject();
      child.put("size", place.size()).put("ratio", place.ratio().value());
      Json.interval(child, "interval", place.ratio().interval());
      child
          .put("forks", place.ratio().forks())
          .put("baseForks", place.ratio().otherForks())
          .put("verdict", place.word());
    }
  }

  private static void write(Series series, Analysis analysis, ObjectNode node) {
    node.put("benchmark", series.benchmark()).put("mode", series.mode());
    write(series.params(), node.putObject("params"));
    node.put("threads", series.threads()).put("sizeName", series.sizeName());
    if (series.points().isEmpty()) {
      node.putNull("unit");
    } else {
      node.put("unit", series.points().get(0).sample().unit().symbol());
    }
    write(series.sizes(), node.putArray("sizes"));
    write(series.means(), node.putArray("means"));
    Json.interval(node, "exponent", analysis.exponent());
    ArrayNode ranking = node.putArray("ranking");
    analysis.ranking().forEach(fit -> write(fit, ranking.addObject()));
    analysis
        .best()
        .ifPresentOrElse(fit -> write(fit, node.putObject("best")), () -> node.putNull("best"));
    analysis
        .crossover()
        .ifPresentOrElse(
            crossover -> {
              ObjectNode child = node.putObject("crossover");
              Json.interval(child, crossover.size());
              child.put("insideRange", crossover.insideRange());
            },
            () -> node.putNull("crossover"));
    analysis
        .regime()
        .ifPresentOrElse(
            regime -> write(regime, node.putObject("regime")), () -> node.putNull("regime"));
    Conclusion conclusion = analysis.conclusion();
    node.putObject("conclusion")
        .put("law", conclusion.law())
        .put("told", conclusion.told())
        .put("likeliest", conclusion.likeliest().orElse(null))
        .put("sentence", conclusion.sentence());
    PredictionsJson.write(analysis, node);
    write(analysis.forks(), node.putObject("forks"));
  }

  private static void write(ForkSummary forks, ObjectNode node) {
    forks
        .noise()
        .ifPresentOrElse(
            noise -> {
              ObjectNode child = node.putObject("noise");
              Json.number(child, "between", noise.between());
              Json.number(child, "betweenDegrees", noise.betweenDegrees());
              Json.number(child, "within", noise.within());
              child.put("withinDegrees", noise.withinDegrees());
              Json.number(child, "ofForkMeans", noise.ofForkMeans());
              Json.number(child, "iterations", noise.iterations());
              Json.number(child, "correlation", noise.correlation());
              Json.number(child, "iterationsShare", noise.iterationsShare());
            },
            () -> node.putNull("noise"));
    node.put("judged", forks.judged());
    ArrayNode labelled = node.putArray("labelled");
    for (ForkSummary.Labelled fork : forks.labelled()) {
      ObjectNode child = labelled.addObject();
      child.put("size", fork.size()).put("fork", fork.fork());
      child.put("shape", fork.course().shape().word());
      ArrayNode levels = child.putArray("levels");
      for (Course.Level level : fork.course().levels()) {
        ObjectNode part = levels.addObject();
        part.put("from", level.from()).put("to", level.to());
        Json.number(part, "mean", level.mean());
      }
      child.put("treatment", fork.treatment().words());
    }
  }

  private static void write(Optional<Study.Theory> known, ObjectNode node) {
    known.ifPresentOrElse(
        theory -> {
          ObjectNode child = node.putObject("theory");
          child.put("order", theory.order());
          Json.number(child, "rangeExponent", theory.rangeExponent());
        },
        () -> node.putNull("theory"));
  }

  private static void write(SpeedUp speedUp, ObjectNode node) {
    node.put("subject", speedUp.subject()).put("aspect", speedUp.aspect());
    node.put("fromThreads", speedUp.from()).put("toThreads", speedUp.to());
    node.put("sizeName", speedUp.few().sizeName());
    ArrayNode places = node.putArray("places");
    for (SpeedUp.Place place : speedUp.places()) {
      ObjectNode child = places.addObject();
      child.put("size", place.size());
      Json.number(child, "speedUp", place.ratio().value());
      Json.interval(child, "interval", place.ratio().interval());
      child.put("forksOnFewer", place.ratio().forks());
      child.put("forksOnMore", place.ratio().otherForks());
      child.put("verdict", place.verdict().word());
    }
    speedUp
        .span()
        .ifPresentOrElse(
            span -> {
              ObjectNode child = node.putObject("span");
              child.put("order", span.order()).put("parallelismOrder", span.parallelism());
              Json.number(child, "steps", span.steps());
              Json.number(child, "operationsPerStep", span.operations());
            },
            () -> node.putNull("span"));
  }

  private static void write(Footprint footprint, ObjectNode node) {
    node.put("subject", footprint.subject()).put("aspect", footprint.aspect());
    write("kept", footprint.kept(), node);
    write("allocated", footprint.allocated(), node);
    write("held", footprint.held(), node);
    footprint
        .heldOverKept()
        .ifPresentOrElse(
            ratio -> node.put("heldOverKept", ratio), () -> node.putNull("heldOverKept"));
    write(footprint.theory(), node);
  }

  private static void write(String name, Optional<Footprint.Bytes> known, ObjectNode node) {
    known.ifPresentOrElse(
        bytes -> write(bytes.series(), bytes.analysis(), node.putObject(name)),
        () -> node.putNull(name));
  }

  private static void write(Fit fit, ObjectNode node) {
    node.put("name", fit.name());
    ArrayNode terms = node.putArray("terms");
    for (int i = 0; i < fit.terms().size(); i++) {
      Fit.Term term = fit.terms().get(i);
      ObjectNode child = terms.addObject();
      Json.number(child, "coefficient", term.coefficient());
      Json.number(child, "power", term.power());
      child.put("logPower", term.logPower());
      if (fit.intervals().isEmpty()) {
        child.putNull("interval");
      } else {
        Json.interval(child, "interval", fit.intervals().get(i));
      }
    }
    Json.number(node, "relativeError", fit.relativeError());
    Json.number(node, "aicc", fit.aicc());
    Json.number(node, "weight", fit.weight());
  }

  private static void write(Regime regime, ObjectNode node) {
    node.put("kind", regime.kind().word());
    Json.number(node, "after", regime.after());
    Json.number(node, "from", regime.from());
    Json.interval(node, "height", regime.height());
    Json.number(node, "falseAlarm", regime.falseAlarm());
  }

  static void write(Map<String, String> texts, ObjectNode node) {
    texts.forEach(node::put);
  }

  private static void write(double[] values, ArrayNode node) {
    for (double value : values) {
      node.add(value);
    }
  }
}
