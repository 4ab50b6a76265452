package dev.ordo.harness.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.history.History;
import dev.ordo.reports.history.HostIdentity;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.TrendKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;

/**
 * Reads run files, token by token: a store may hold a million cells. Safe for use by several
 * threads; keys are shared among all files.
 */
final class RunFileReader {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String HEAD = "an object with \"format\":\"" + RunFile.FORMAT + "\"";

  private final Map<TrendKey, TrendKey> keys = new ConcurrentHashMap<>();

  /**
   * Reads a file.
   *
   * @throws DamagedFileException if it is not what it should be
   * @throws IOException if it cannot be read
   */
  History.Recorded read(Path file) throws IOException {
    Matcher name = RunFile.NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new DamagedFileException(
          file, "the name must be <time>-<hash>.json, as 'ordo history add' makes it");
    }
    byte[] bytes = Files.readAllBytes(file);
    try (JsonParser parser = JSON.createParser(bytes)) {
      History.Recorded recorded = new Content(file, name.group(2), parser).read();
      // Only now: a file of another version must be called that, not damaged.
      String hash = RunFile.hash(bytes);
      if (!hash.equals(name.group(2))) {
        throw new DamagedFileException(
            file, "the content must have the hash of its name, found " + hash);
      }
      String time = RunFile.TIME.format(recorded.run().time());
      if (!time.equals(name.group(1))) {
        throw new DamagedFileException(file, "the time must be that of its name, found " + time);
      }
      return recorded;
    } catch (JsonProcessingException e) {
      throw new DamagedFileException(
          file,
          "must be whole JSON, found \""
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + "\" in line "
              + e.getLocation().getLineNr(),
          e);
    }
  }

  /** The content of one file. */
  private final class Content {

    private final Path file;
    private final String id;
    private final JsonParser parser;
    private final List<TrendKey> found = new ArrayList<>();

    /** Keys are shared: the same one is equal. */
    private final Set<TrendKey> distinct = Collections.newSetFromMap(new IdentityHashMap<>());

    private double[] values = new double[128];

    private Instant time;
    private Optional<Run.Commit> commit = Optional.empty();
    private Optional<String> branch = Optional.empty();
    private HostIdentity host;

    Content(Path file, String id, JsonParser parser) {
      this.file = file;
      this.id = id;
      this.parser = parser;
    }

    History.Recorded read() throws IOException {
      head();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "time" -> time = time("time");
          case "commit" -> commit = Optional.of(commit());
          case "branch" -> branch = Optional.of(text("branch"));
          case "host" -> host = host();
          case "cells" -> rows("cells", false);
          case "exponents" -> rows("exponents", true);
          default ->
              throw wrong("a field of version " + RunFile.VERSION + ", found \"" + field + "\"");
        }
      }
      if (time == null || host == null) {
        throw wrong("a time and a host, found " + (time == null ? "no time" : "no host"));
      }
      return new History.Recorded(
          new Run(id, time, commit, branch, host), found, Arrays.copyOf(values, found.size()));
    }

    private void head() throws IOException {
      boolean format =
          parser.nextToken() == JsonToken.START_OBJECT
              && "format".equals(parser.nextFieldName())
              && RunFile.FORMAT.equals(parser.nextTextValue());
      if (!format) {
        throw wrong(HEAD + " first, found something else");
      }
      boolean version = "version".equals(parser.nextFieldName());
      int number = version ? parser.nextIntValue(-1) : -1;
      if (number != RunFile.VERSION) {
        throw wrong(
            "format version "
                + RunFile.VERSION
                + ", found "
                + (number < 0 ? "none" : number + "; a newer Ordo may read it"));
      }
    }

    private void rows(String what, boolean exponents) throws IOException {
      begin(JsonToken.START_ARRAY, what);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        row(what, exponents);
      }
    }

    private void row(String what, boolean exponents) throws IOException {
      begin(JsonToken.START_ARRAY, what);
      String benchmark = nextText(what);
      String mode = nextText(what);
      int threads = parser.nextIntValue(-1);
      parser.nextToken();
      begin(JsonToken.START_ARRAY, what);
      Map<String, String> params = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String name = text(what);
        params.put(name, nextText(what));
      }
      String metric = nextText(what);
      String unit = nextText(what);
      Optional<String> over = exponents ? Optional.of(nextText(what)) : Optional.empty();
      if (threads < 1) {
        throw wrong("a positive number of threads in " + what + " of " + benchmark);
      }
      parser.nextToken();
      begin(JsonToken.START_ARRAY, what);
      double sum = 0;
      int count = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == null || !parser.currentToken().isNumeric()) {
          throw wrong("numbers in " + what + " of " + benchmark + ", found " + parser.getText());
        }
        double value = parser.getDoubleValue();
        // Of an exponent the first number is the value, the others are its interval.
        sum += exponents && count > 0 ? 0 : value;
        count++;
      }
      if (exponents) {
        nextText(what);
      }
      if (parser.nextToken() != JsonToken.END_ARRAY || count == 0) {
        throw wrong("rows of version " + RunFile.VERSION + " in " + what + " of " + benchmark);
      }
      double value = exponents ? sum : sum / count;
      if (!Double.isFinite(value)) {
        throw wrong("finite numbers in " + what + " of " + benchmark + ", found " + value);
      }
      add(new TrendKey(benchmark, mode, threads, params, metric, unit(unit), over), value);
    }

    private void add(TrendKey key, double value) throws DamagedFileException {
      if (found.size() == values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      values[found.size()] = value;
      TrendKey known = keys.putIfAbsent(key, key);
      TrendKey shared = known == null ? key : known;
      if (!distinct.add(shared)) {
        throw wrong("each cell once, found " + key.benchmark() + " " + key.params() + " twice");
      }
      found.add(shared);
    }

    private Run.Commit commit() throws IOException {
      Map<String, String> node = texts("commit");
      if (!node.containsKey("sha")) {
        throw wrong("a sha in commit, found none");
      }
      Optional<Instant> committed =
          node.containsKey("time")
              ? Optional.of(instant("time of commit", node.get("time")))
              : Optional.empty();
      return new Run.Commit(node.get("sha"), Optional.ofNullable(node.get("subject")), committed);
    }

    private HostIdentity host() throws IOException {
      Map<String, String> node = texts("host");
      String key = node.remove("key");
      if (key == null) {
        throw wrong("a key in host, found none");
      }
      return new HostIdentity(key, String.join(", ", node.values()));
    }

    private Map<String, String> texts(String what) throws IOException {
      begin(JsonToken.START_OBJECT, what);
      Map<String, String> node = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        node.put(name, nextText(what));
      }
      return node;
    }

    private Instant time(String what) throws IOException {
      return instant(what, text(what));
    }

    private Instant instant(String what, String text) throws DamagedFileException {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw wrong(what + " like 2026-11-03T14:00:00Z, found \"" + text + "\"");
      }
    }

    private String nextText(String what) throws IOException {
      parser.nextToken();
      return text(what);
    }

    private String text(String what) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw wrong("a text in " + what + ", found " + parser.currentToken());
      }
      return parser.getText();
    }

    private void begin(JsonToken token, String what) throws DamagedFileException {
      if (parser.currentToken() != token) {
        throw wrong(
            (token == JsonToken.START_ARRAY ? "an array" : "an object")
                + " in "
                + what
                + ", found "
                + parser.currentToken());
      }
    }

    private DamagedFileException wrong(String expected) {
      return new DamagedFileException(
          file, "must have " + expected + " in line " + parser.currentLocation().getLineNr());
    }
  }

  /** Returns the unit of a symbol in which values are stored. */
  static Unit unit(String symbol) {
    for (Unit base : List.of(Unit.NANOS_PER_OP, Unit.BYTES_PER_OP, Unit.BYTES)) {
      if (base.symbol().equals(symbol)) {
        return base;
      }
    }
    return new Unit(symbol, Unit.Dimension.OTHER);
  }
}
