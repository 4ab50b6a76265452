package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.compare.Change;
import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import dev.ordo.reports.data.MeasuredCell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A comparison as files.
 *
 * <p>The JSON is {@code {"schema": "ordo-comparison", "version": 1, "base", "candidate", "alpha",
 * "givenMargin", "correction", "tests", "resamples", "seed", "counts": {"slower", …}, "cells":
 * [{"benchmark", "mode", "threads", "params", "metric", "unit", "baseMean", "candidateMean",
 * "baseForks", "candidateForks", "ratio", "interval", "margin", "p", "pBeyondMargin", "pAdjusted",
 * "change", "word", "limitation"}], "unmatched": [{"side", "benchmark", "mode", "threads",
 * "params", "metric", "unit", "reason"}], "notes"}}. Means are in {@code unit}. {@code null} stands
 * for what is absent and for a ratio that is not finite; {@code change} is {@code slower}, {@code
 * faster}, {@code unchanged} or {@code inconclusive} whatever the unit.
 */
public final class ComparisonFiles {

  static final int VERSION = 1;

  private ComparisonFiles() {}

  /**
   * The files written.
   *
   * @param json the data
   * @param markdown the table, for a pull request
   */
  public record Files(Path json, Path markdown) {}

  /**
   * Writes {@code comparison.json} and {@code comparison.md}: both or none.
   *
   * @param comparison what to write
   * @param base the name of the base
   * @param candidate the name of the candidate
   * @param directory where to write; made if it is not there
   * @throws IOException if a file cannot be written; its message names the path and the reason
   */
  public static Files write(Comparison comparison, String base, String candidate, Path directory)
      throws IOException {
    Files files =
        new Files(directory.resolve("comparison.json"), directory.resolve("comparison.md"));
    Map<Path, Placement.Content> contents = new LinkedHashMap<>();
    contents.put(files.json(), content(json(comparison, base, candidate)));
    contents.put(files.markdown(), content(Templates.comparison(comparison, base, candidate)));
    new Placement(directory).write(contents);
    return files;
  }

  static String json(Comparison comparison, String base, String candidate) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", "ordo-comparison").put("version", VERSION);
    root.put("base", base).put("candidate", candidate);
    ComparisonOptions options = comparison.options();
    root.put("alpha", options.alpha());
    number("givenMargin", options.margin(), root);
    root.put("correction", comparison.correction().label()).put("tests", comparison.tested());
    root.put("resamples", options.resamples()).put("seed", options.seed());
    ObjectNode counts = root.putObject("counts");
    for (Change change : Change.values()) {
      counts.put(name(change), comparison.count(change));
    }
    ArrayNode cells = root.putArray("cells");
    comparison.cells().forEach(cell -> write(cell, cells.addObject()));
    ArrayNode unmatched = root.putArray("unmatched");
    for (Comparison.Unmatched cell : comparison.unmatched()) {
      ObjectNode node = unmatched.addObject();
      node.put("side", cell.side().word());
      write(cell.cell(), cell.metric(), node);
      node.put("reason", cell.reason());
    }
    comparison.notes().forEach(root.putArray("notes")::add);
    return Json.text(root);
  }

  private static void write(ComparedCell cell, ObjectNode node) {
    write(cell.base(), cell.metric(), node);
    node.put("baseMean", cell.base().sample().mean());
    node.put("candidateMean", cell.candidate().sample().mean());
    node.put("baseForks", cell.base().sample().forkCount());
    node.put("candidateForks", cell.candidate().sample().forkCount());
    Json.number(node, "ratio", cell.estimate().ratio());
    Json.interval(node, "interval", cell.estimate().interval());
    node.put("margin", cell.margin());
    number("p", cell.estimate().probability(), node);
    number("pBeyondMargin", cell.estimate().beyondMargin(), node);
    number("pAdjusted", cell.adjusted(), node);
    node.put("change", name(cell.change())).put("word", cell.word());
    node.put("limitation", cell.estimate().limitation().orElse(null));
  }

  private static void write(MeasuredCell cell, String metric, ObjectNode node) {
    node.put("benchmark", cell.benchmark()).put("mode", cell.mode()).put("threads", cell.threads());
    ObjectNode params = node.putObject("params");
    cell.params().forEach(params::put);
    node.put("metric", metric).put("unit", cell.sample().unit().symbol());
  }

  private static void number(String name, OptionalDouble value, ObjectNode node) {
    Json.number(node, name, value.orElse(Double.NaN));
  }

  private static String name(Change change) {
    return change.name().toLowerCase(Locale.ROOT);
  }

  private static Placement.Content content(String text) {
    return Placement.Content.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
