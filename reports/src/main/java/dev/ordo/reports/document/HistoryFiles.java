package dev.ordo.reports.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.ordo.reports.chart.TrendChart;
import dev.ordo.reports.history.ChangePoint;
import dev.ordo.reports.history.History;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.HostIdentity;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.Track;
import dev.ordo.reports.history.TrendFinding;
import dev.ordo.reports.history.TrendKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A history as files.
 *
 * <p>The JSON is {@code {"schema": "ordo-history-study", "version": 1, "alpha", "margin", "seed",
 * "tests", "hosts": [{"key", "description"}], "runs": [{"id", "time", "commit", "subject",
 * "branch", "host"}], "trends": [{"label", "benchmark", "mode", "threads", "params", "metric",
 * "unit", "over", "moreIsWorse", "tracks": [{"host", "runs", "values", "changes": [{"first",
 * "earliest", "latest", "lastBefore", "relative", "effect": [value, low, high], "worse", "p",
 * "pAdjusted"}]}]}], "notes"}}. Runs are given by their places in {@code runs}; {@code over} is the
 * size parameter of an exponent and {@code null} of a cell; {@code effect} is a factor where {@code
 * relative}, else a difference in {@code unit}.
 */
public final class HistoryFiles {

  static final int VERSION = 1;

  private static final int MOST_CHARTS = 24;
  private static final JsonFactory JSON = new JsonFactory();

  private HistoryFiles() {}

  /**
   * The files written.
   *
   * @param json the data
   * @param markdown the page, for a job summary
   * @param charts the pictures of each: SVG, PDF and PNG over two columns, then in one
   */
  public record Files(Path json, Path markdown, List<Path> charts) {

    /** Copies the list. */
    public Files {
      charts = List.copyOf(charts);
    }
  }

  /**
   * Writes {@code history.json}, {@code history.md}, {@code charts/trend-*.svg}, {@code .pdf} and
   * {@code .png}: all or none. Of more than 24 cells and exponents the charts are those of the
   * largest changes, then of the first ones.
   *
   * @param study what to write
   * @param directory where to write; made if it is not there
   * @throws IOException if a file cannot be written; its message names the path and the reason
   */
  public static Files write(HistoryStudy study, Path directory) throws IOException {
    HistoryWords words = new HistoryWords(study);
    List<TrendChart> charts = charts(study, study.history());
    Map<Path, Placement.Content> contents = new LinkedHashMap<>();
    List<Path> pictures = new ArrayList<>();
    for (TrendChart chart : charts) {
      pictures.addAll(PictureFiles.add(chart, directory.resolve("charts"), contents));
    }
    Files files =
        new Files(directory.resolve("history.json"), directory.resolve("history.md"), pictures);
    contents.put(files.json(), out -> json(study, words, out));
    contents.put(files.markdown(), out -> out.write(utf8(Templates.history(study, charts))));
    new Placement(directory).write(contents);
    return files;
  }

  /**
   * Returns the charts of a history: of more than 24 cells and exponents those of the largest
   * changes, then of the first ones.
   *
   * @param study what is charted
   * @param whole the history that it may be a part of: names tell a cell from all cells of that
   */
  public static List<TrendChart> charts(HistoryStudy study, History whole) {
    TrendLabels labels = new TrendLabels(whole.trends());
    return TrendChart.of(study, charted(study), finding -> labels.of(finding.trend().key()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<TrendFinding> charted(HistoryStudy study) {
    // Sorting is stable: those without a change stay in order.
    return study.findings().stream()
        .sorted(Comparator.comparingDouble((TrendFinding finding) -> -largest(finding)))
        .limit(MOST_CHARTS)
        .toList();
  }

  private static double largest(TrendFinding finding) {
    return finding.tracks().stream()
        .flatMap(track -> track.changes().stream())
        .mapToDouble(
            change ->
                change.relative()
                    ? Math.abs(Math.log(change.effect().value()))
                    : Math.abs(change.effect().value()))
        .max()
        .orElse(0);
  }

  static void json(HistoryStudy study, HistoryWords words, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      // The stream is closed by whoever opened it.
      json.disable(StreamWriteFeature.AUTO_CLOSE_TARGET.mappedFeature());
      json.writeStartObject();
      json.writeStringField("schema", "ordo-history-study");
      json.writeNumberField("version", VERSION);
      json.writeNumberField("alpha", study.options().alpha());
      json.writeNumberField("margin", study.options().margin());
      json.writeNumberField("seed", study.options().seed());
      json.writeNumberField("tests", study.tests());
      json.writeArrayFieldStart("hosts");
      for (HostIdentity host : study.history().hosts()) {
        json.writeStartObject();
        json.writeStringField("key", host.key());
        json.writeStringField("description", host.description());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("runs");
      for (Run run : study.history().runs()) {
        write(run, json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("trends");
      for (TrendFinding finding : study.findings()) {
        json.writeRaw("\n");
        write(finding, words, json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("notes");
      for (String note : study.history().notes()) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw("\n");
    }
  }

  private static void write(Run run, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", run.id());
    json.writeStringField("time", run.time().toString());
    json.writeStringField("commit", run.commit().map(Run.Commit::sha).orElse(null));
    json.writeStringField("subject", run.commit().flatMap(Run.Commit::subject).orElse(null));
    json.writeStringField("branch", run.branch().orElse(null));
    json.writeStringField("host", run.host().key());
    json.writeEndObject();
  }

  private static void write(TrendFinding finding, HistoryWords words, JsonGenerator json)
      throws IOException {
    TrendKey key = finding.trend().key();
    json.writeStartObject();
    json.writeStringField("label", words.label(key));
    json.writeStringField("benchmark", key.benchmark());
    json.writeStringField("mode", key.mode());
    json.writeNumberField("threads", key.threads());
    json.writeObjectFieldStart("params");
    for (Map.Entry<String, String> param : key.params().entrySet()) {
      json.writeStringField(param.getKey(), param.getValue());
    }
    json.writeEndObject();
    json.writeStringField("metric", key.metric());
    json.writeStringField("unit", key.unit().symbol());
    json.writeStringField("over", key.over().orElse(null));
    json.writeBooleanField("moreIsWorse", key.moreIsWorse());
    json.writeArrayFieldStart("tracks");
    for (Track track : finding.tracks()) {
      write(track, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Track track, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("host", track.host().key());
    json.writeArrayFieldStart("runs");
    for (int i = 0; i < track.count(); i++) {
      json.writeNumber(track.run(i));
    }
    json.writeEndArray();
    json.writeFieldName("values");
    double[] values = track.values();
    json.writeArray(values, 0, values.length);
    json.writeArrayFieldStart("changes");
    for (ChangePoint change : track.changes()) {
      json.writeStartObject();
      json.writeNumberField("first", track.run(change.first()));
      json.writeNumberField("earliest", track.run(change.earliest()));
      json.writeNumberField("latest", track.run(change.latest()));
      json.writeNumberField("lastBefore", track.run(change.first() - 1));
      json.writeBooleanField("relative", change.relative());
      json.writeFieldName("effect");
      double[] effect = {change.effect().value(), change.effect().low(), change.effect().high()};
      json.writeArray(effect, 0, effect.length);
      json.writeBooleanField("worse", change.worse());
      json.writeNumberField("p", change.probability());
      json.writeNumberField("pAdjusted", change.adjusted());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
