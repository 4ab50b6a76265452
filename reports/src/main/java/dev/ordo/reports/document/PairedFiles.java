package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.chart.RatioChart;
import dev.ordo.reports.chart.ScalingChart;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.Pair;
import dev.ordo.reports.paired.PairedReport;
import dev.ordo.reports.paired.TrendFinding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A paired comparison as files.
 *
 * <p>The JSON is {@code {"schema": "ordo-ab", "version": 1, "outcome", "base", "candidate",
 * "margin", "alpha", "cells": [{"series", "size", "verdict", "suspected", "ratio", "interval",
 * "first": [[base, candidate], …], "again"}], "trends": [{"series", "verdict", "suspected",
 * "exponent", "interval", "ratioAtLargestSizes", "rounds"}], "uncompared": [{"cell", "regressed",
 * "reason"}], "notes"}}. Pairs are times of an operation in nanoseconds; {@code null} stands for
 * what is absent.
 */
public final class PairedFiles {

  private static final int VERSION = 1;

  private PairedFiles() {}

  /**
   * The files written.
   *
   * @param html the page: one file that needs no other
   * @param markdown the short form for a pull request; shows the charts beside it
   * @param json the data
   */
  public record Files(Path html, Path markdown, Path json) {}

  /**
   * Writes {@code report.html}, {@code report.md}, {@code ab.json} and {@code charts/ratio.svg},
   * {@code .pdf} and {@code .png}: all or none.
   *
   * @param report what to write
   * @param directory where to write; made if it is not there
   * @throws IOException if a file cannot be written; its message names the path and the reason
   */
  public static Files write(PairedReport report, Path directory) throws IOException {
    Files files =
        new Files(
            directory.resolve("report.html"),
            directory.resolve("report.md"),
            directory.resolve("ab.json"));
    Map<Path, Placement.Content> contents = new LinkedHashMap<>();
    List<Page.Figure> figures = new ArrayList<>();
    for (ScalingChart chart : RatioChart.of(report)) {
      figures.add(
          Templates.figure(new ReportCharts.Placed(Page.Section.SCALING, chart), chart.svg()));
      PictureFiles.add(chart, directory.resolve("charts"), contents);
    }
    contents.put(files.json(), content(json(report)));
    contents.put(files.markdown(), content(Templates.paired("paired.ftlm", report, figures)));
    contents.put(files.html(), content(Templates.paired("paired.ftlh", report, figures)));
    new Placement(directory).write(contents);
    return files;
  }

  static String json(PairedReport report) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("schema", "ordo-ab").put("version", VERSION);
    root.put("outcome", report.outcome().name().toLowerCase(Locale.ROOT));
    root.put("base", report.base()).put("candidate", report.candidate());
    root.put("margin", report.comparison().options().margin());
    root.put("alpha", report.comparison().options().alpha());
    ArrayNode cells = root.putArray("cells");
    report.comparison().cells().forEach(cell -> write(cell, cells.addObject()));
    ArrayNode trends = root.putArray("trends");
    report.comparison().trends().forEach(trend -> write(trend, trends.addObject()));
    ArrayNode uncompared = root.putArray("uncompared");
    for (PairedReport.Uncompared cell : report.uncompared()) {
      uncompared
          .addObject()
          .put("cell", cell.cell())
          .put("regressed", cell.regressed())
          .put("reason", cell.reason());
    }
    report.notes().forEach(root.putArray("notes")::add);
    return Json.text(root);
  }

  private static void write(CellFinding cell, ObjectNode node) {
    node.put("series", cell.cell().series()).put("size", cell.cell().size());
    node.put("verdict", PairedTable.verdict(cell)).put("suspected", cell.suspected());
    Json.number(node, "ratio", cell.ratio().map(Interval::value).orElse(Double.NaN));
    Json.interval(node, "interval", cell.ratio());
    write(cell.cell().first(), node.putArray("first"));
    write(cell.cell().again(), node.putArray("again"));
  }

  private static void write(List<Pair> pairs, ArrayNode node) {
    pairs.forEach(pair -> node.addArray().add(pair.base()).add(pair.candidate()));
  }

  private static void write(TrendFinding trend, ObjectNode node) {
    node.put("series", trend.series()).put("verdict", PairedTable.verdict(trend));
    node.put("suspected", trend.suspected());
    node.put("exponent", trend.exponent().value());
    Json.interval(node, "interval", trend.exponent());
    node.put("ratioAtLargestSizes", trend.top().value()).put("rounds", trend.rounds());
  }

  private static Placement.Content content(String text) {
    return Placement.Content.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
