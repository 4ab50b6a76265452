package dev.ordo.harness.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.TrendKey;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The format of a run's file: JSON with a line for each cell, so that a difference is readable.
 *
 * <p>{@code {"format":"ordo-history","version":1,} is the first line, {@code "time":"…",} the
 * second, ISO-8601 in whole seconds. Then come {@code "commit": {"sha", "subject", "time"},
 * "branch", "host": {"key", and facts}, "cells": [[benchmark, mode, threads, [name, value, …],
 * metric, unit, [mean of each fork]]], "exponents": [[benchmark, mode, threads, [name, value, …],
 * metric, unit, size parameter, [exponent, low, high], law]]}. Values are in the base of their unit
 * (ns/op, B/op, B, else as the result file has them), with seven digits.
 *
 * <p>A file is named {@code <time>-<hash>.json}. The hash is that of all lines but the first two,
 * line ends aside: the same values of the same commit on the same host have the same one, whenever
 * they are added, and a file that was changed or torn no longer has its own.
 */
final class RunFile {

  /** What a file says that it is. */
  static final String FORMAT = "ordo-history";

  static final int VERSION = 1;

  /** What a file's name is like. */
  static final Pattern NAME = Pattern.compile("(\\d{8}T\\d{6}Z)-([0-9a-f]{16})\\.json");

  /** The time of a name. */
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final int HEADER_LINES = 2;
  private static final MathContext DIGITS = new MathContext(7);
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunFile() {}

  /** Returns the bytes of a run. */
  static byte[] bytes(StoredRun stored) {
    Run run = stored.run();
    List<String> lines = new ArrayList<>();
    lines.add("{\"format\":\"" + FORMAT + "\",\"version\":" + VERSION + ",");
    lines.add("\"time\":" + json(run.time().toString()) + ",");
    run.commit().ifPresent(commit -> lines.add("\"commit\":" + json(commit(commit)) + ","));
    run.branch().ifPresent(branch -> lines.add("\"branch\":" + json(branch) + ","));
    Map<String, String> host = new LinkedHashMap<>();
    host.put("key", run.host().key());
    host.putAll(stored.host());
    lines.add("\"host\":" + json(host) + ",");
    lines.add("\"cells\":[");
    List<String> rows = new ArrayList<>();
    for (StoredRun.StoredCell cell : stored.cells()) {
      List<Object> row = key(cell.key());
      row.add(numbers(cell.forkMeans()));
      rows.add(json(row));
    }
    lines.add(String.join(",\n", rows));
    lines.add("],\"exponents\":[");
    rows.clear();
    for (StoredRun.StoredExponent exponent : stored.exponents()) {
      List<Object> row = key(exponent.key());
      row.add(exponent.key().over().orElseThrow());
      row.add(numbers(exponent.value(), exponent.low(), exponent.high()));
      row.add(exponent.law());
      rows.add(json(row));
    }
    lines.add(String.join(",\n", rows));
    lines.add("]}");
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> commit(Run.Commit commit) {
    Map<String, String> node = new LinkedHashMap<>();
    node.put("sha", commit.sha());
    commit.subject().ifPresent(subject -> node.put("subject", subject));
    commit.time().ifPresent(time -> node.put("time", time.toString()));
    return node;
  }

  private static List<Object> key(TrendKey key) {
    List<Object> row = new ArrayList<>();
    row.add(key.benchmark());
    row.add(key.mode());
    row.add(key.threads());
    List<String> params = new ArrayList<>();
    key.params()
        .forEach(
            (name, value) -> {
              params.add(name);
              params.add(value);
            });
    row.add(params);
    row.add(key.metric());
    row.add(key.unit().symbol());
    return row;
  }

  private static List<BigDecimal> numbers(double... values) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (double value : values) {
      BigDecimal rounded = new BigDecimal(value).round(DIGITS);
      numbers.add(rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros());
    }
    return numbers;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers could not be written as JSON", e);
    }
  }

  /** Returns the name of a file with these bytes. */
  static String name(Instant time, byte[] bytes) {
    return TIME.format(time) + "-" + hash(bytes) + ".json";
  }

  /** Returns the first 16 digits of the SHA-256 of all lines but the first two, without CR. */
  static String hash(byte[] bytes) {
    int from = 0;
    for (int lines = 0; from < bytes.length && lines < HEADER_LINES; from++) {
      if (bytes[from] == '\n') {
        lines++;
      }
    }
    MessageDigest digest = sha256();
    int begin = from;
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\r') {
        digest.update(bytes, begin, i - begin);
        begin = i + 1;
      }
    }
    digest.update(bytes, begin, bytes.length - begin);
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }

  /** Returns a digest that every Java has. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
