package dev.ordo.reports.history;

import dev.ordo.reports.data.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Histories for tests: cells of given values on one host or several. */
public final class Histories {

  private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  private Histories() {}

  /** Returns the key of a cell. */
  public static TrendKey cell(int number) {
    return new TrendKey(
        "org.acme.Sort.quick",
        "avgt",
        1,
        Map.of("n", Integer.toString(number)),
        "time",
        Unit.NANOS_PER_OP,
        Optional.empty());
  }

  /** Returns the key of an exponent. */
  public static TrendKey exponent() {
    return new TrendKey(
        "org.acme.Sort.quick", "avgt", 1, Map.of(), "time", Unit.NANOS_PER_OP, Optional.of("n"));
  }

  /** Returns a run, one a day. */
  public static Run run(int number, String host) {
    Instant time = BEGIN.plus(Duration.ofDays(number));
    return new Run(
        "id" + number,
        time,
        Optional.of(
            new Run.Commit(
                String.format("%07x%033x", 0xC0FFEE0 + number, number),
                Optional.of("Change " + number),
                Optional.of(time))),
        Optional.of("main"),
        new HostIdentity(host, "processor of " + host));
  }

  /** Returns a history of cells on one host, {@code values[cell][run]}. */
  public static History of(double[]... values) {
    List<TrendKey> keys = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      keys.add(cell(i + 1));
    }
    return of(keys, values);
  }

  /** Returns a history of one host, {@code values[key][run]}. */
  public static History of(List<TrendKey> keys, double[][] values) {
    List<History.Recorded> recorded = new ArrayList<>();
    for (int run = 0; run < values[0].length; run++) {
      recorded.add(recorded(run, "host", keys, values));
    }
    return History.of(recorded, Run.BY_TIME, List.of());
  }

  /** Returns a run with the values of all keys. */
  static History.Recorded recorded(int run, String host, List<TrendKey> keys, double[][] values) {
    double[] own = new double[keys.size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = values[i][run];
    }
    return new History.Recorded(run(run, host), keys, own);
  }
}
