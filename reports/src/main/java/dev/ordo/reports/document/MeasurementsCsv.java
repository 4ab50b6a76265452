package dev.ordo.reports.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

  private static final String END = "\r\n";
  private static final ObjectWriter WRITER =
      new CsvMapper().writer(CsvSchema.emptySchema().withLineSeparator(""));

  private MeasurementsCsv() {}

  /** Writes the table; the stream stays open. */
  static void write(Study study, OutputStream out) throws IOException {
    Set<String> params = new LinkedHashSet<>();
    study.findings().forEach(finding -> params.addAll(finding.series().params().keySet()));
    out.write(utf8(row(header(params)) + END));
    for (Study.Finding finding : study.findings()) {
      StringBuilder rows = new StringBuilder();
      // What all rows of a series begin with is quoted once: texts take most of the time.
      String begin = row(begin(finding.series(), params)) + ',';
      for (Series.Point point : finding.series().points()) {
        append(begin + number(point.size()) + ',', point.sample(), rows);
      }
      out.write(utf8(rows.toString()));
    }
  }

  private static void append(String begin, Sample sample, StringBuilder rows)
      throws JsonProcessingException {
    String unit = row(List.of(sample.unit().symbol()));
    double[] means = sample.forkMeans();
    for (int fork = 0; fork < means.length; fork++) {
      rows.append(begin)
          .append(fork + 1)
          .append(',')
          .append(number(means[fork]))
          .append(',')
          .append(unit)
          .append(',')
          .append(sample.iterations(fork))
          .append(END);
    }
  }

  private static List<String> header(Set<String> params) {
    List<String> header = new ArrayList<>(List.of("benchmark", "mode", "threads"));
    params.forEach(param -> header.add("Param: " + param));
    header.addAll(List.of("size parameter", "size", "fork", "mean", "unit", "iterations"));
    return header;
  }

  private static List<String> begin(Series series, Set<String> params) {
    List<String> begin = new ArrayList<>();
    begin.add(series.benchmark());
    begin.add(series.mode());
    begin.add(String.valueOf(series.threads()));
    params.forEach(param -> begin.add(series.params().getOrDefault(param, "")));
    begin.add(series.sizeName());
    return begin;
  }

  /** Returns texts as a row or a part of one, quoted where they must be. */
  private static String row(List<String> texts) throws JsonProcessingException {
    return WRITER.writeValueAsString(texts);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? String.valueOf((long) value) : NumberOutput.toString(value, true);
  }
}
