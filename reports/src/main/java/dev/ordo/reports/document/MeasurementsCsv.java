package dev.ordo.reports.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The measurements of a study as CSV (RFC 4180), one row a fork.
 *
 * <p>Columns: {@code benchmark}, {@code mode}, {@code threads}, one {@code Param: …} for each
 * parameter name as in JMH's own CSV (empty where a benchmark lacks it), {@code size parameter},
 * {@code size}, {@code fork} counted from 1, {@code mean} of the fork's iterations in {@code unit},
 * and the number of {@code iterations}. Texts are written as they came.
 */
final class MeasurementsCsv {

  private MeasurementsCsv() {}

  /** Writes the table; the stream stays open. */
  static void write(Study study, OutputStream out) throws IOException {
    Set<String> params = new LinkedHashSet<>();
    study.findings().forEach(finding -> params.addAll(finding.series().params().keySet()));
    CsvSchema schema = CsvSchema.emptySchema().withLineSeparator("\r\n");
    CsvMapper mapper = new CsvMapper();
    mapper.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (SequenceWriter rows = mapper.writer(schema).writeValues(out)) {
      rows.write(header(params));
      for (Study.Finding finding : study.findings()) {
        for (Series.Point point : finding.series().points()) {
          double[] means = point.sample().forkMeans();
          for (int fork = 0; fork < means.length; fork++) {
            rows.write(row(finding.series(), point, fork, means[fork], params));
          }
        }
      }
    }
  }

  private static List<String> header(Set<String> params) {
    List<String> header = new ArrayList<>(List.of("benchmark", "mode", "threads"));
    params.forEach(param -> header.add("Param: " + param));
    header.addAll(List.of("size parameter", "size", "fork", "mean", "unit", "iterations"));
    return header;
  }

  private static List<String> row(
      Series series, Series.Point point, int fork, double mean, Set<String> params) {
    Sample sample = point.sample();
    List<String> row = new ArrayList<>();
    row.add(series.benchmark());
    row.add(series.mode());
    row.add(String.valueOf(series.threads()));
    params.forEach(param -> row.add(series.params().getOrDefault(param, "")));
    row.add(series.sizeName());
    row.add(number(point.size()));
    row.add(String.valueOf(fork + 1));
    row.add(number(mean));
    row.add(sample.unit().symbol());
    row.add(String.valueOf(sample.fork(fork).length));
    return row;
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? String.valueOf((long) value) : String.valueOf(value);
  }
}
