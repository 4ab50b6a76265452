package dev.ordo.harness.history;

import dev.ordo.harness.sweep.Entry;
import dev.ordo.harness.sweep.Host;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.reports.Footprint;
import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.SizeParameterException;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.history.HostIdentity;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.TrendKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds results to a store: the folders of runs, and any result file that {@code ordo analyze}
 * reads.
 *
 * @param metrics the metrics to keep; empty for the time, with the memory beside it
 * @param sizeParam the parameter that is the size; absent where it is to be found
 * @param commit what the user says was measured
 * @param branch what the user says it is a branch of
 * @param host the name of the machine, where the user gives one
 * @param time when it was measured, where the user says so
 * @param directory where git is asked
 * @param environment the environment's variables
 */
public record RunSource(
    List<String> metrics,
    Optional<String> sizeParam,
    Optional<String> commit,
    Optional<String> branch,
    Optional<String> host,
    Optional<Instant> time,
    Path directory,
    Map<String, String> environment) {

  private static final String ALL = "all";
  private static final String SHAPE = "shape";
  private static final long SEED = 1;

  /** Copies the collections. */
  public RunSource {
    metrics = List.copyOf(metrics);
    Objects.requireNonNull(sizeParam, "sizeParam");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(branch, "branch");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(directory, "directory");
    environment = Map.copyOf(environment);
  }

  /**
   * Reads a run and adds it to a store.
   *
   * @param path the folder of a run, or a result file
   * @throws IOException if it cannot be read or holds no measurements, or the store cannot be
   *     written
   * @throws IllegalArgumentException if a metric or the size parameter is not in it, or the commit
   *     is none
   */
  public HistoryStore.Addition addTo(HistoryStore store, Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("no such file or folder: " + path);
    }
    return store.add(Files.isDirectory(path) ? ofRun(path) : ofFile(path));
  }

  private StoredRun ofRun(Path path) throws IOException {
    if (!RunDirectory.isRun(path)) {
      throw new IOException(
          "folder " + path + " must hold a run (a journal.jsonl), found none: name a file in it");
    }
    RunDirectory run = new RunDirectory(path);
    Entry.Start start = (Entry.Start) run.entries().get(0);
    Map<String, String> facts = run.host();
    Map<String, String> shaping = HostFacts.shaping(facts);
    host.ifPresent(name -> shaping.put("host", name));
    if (start.jvmArgs() != null && !start.jvmArgs().isEmpty()) {
      shaping.put("jvmArgs", String.join(" ", start.jvmArgs()));
    }
    Measurements measurements = ResultFiles.read(run.results());
    return stored(
        path,
        measurements,
        Optional.of("length"),
        cell -> {
          String model = cell.getOrDefault("model", "");
          Map<String, String> shapes = start.shapes() == null ? Map.of() : start.shapes();
          Map<String, String> params = new LinkedHashMap<>(cell);
          params.put(SHAPE, shapes.getOrDefault(model, start.shape()));
          if (start.checkpoint() != null) {
            params.put("checkpoint", start.checkpoint());
          }
          return params;
        },
        Instant.parse(start.started()),
        Optional.ofNullable(facts.get("gitCommit")),
        shaping);
  }

  private StoredRun ofFile(Path path) throws IOException {
    Measurements measurements = ResultFiles.read(path);
    Map<String, String> shaping = new LinkedHashMap<>();
    if (host.isPresent()) {
      shaping.put("host", host.get());
    } else {
      shaping.putAll(HostFacts.shaping(Host.machine()));
    }
    // This Java is not the one that measured.
    shaping.put("jvm", "unknown");
    Map.of("JVM", "jvm", "host", "measuredOn")
        .forEach(
            (kind, fact) -> {
              List<String> known = measurements.measuredOn(kind);
              if (!known.isEmpty()) {
                shaping.put(fact, String.join("; ", known));
              }
            });
    return stored(
        path,
        measurements,
        sizeParam,
        params -> params,
        Files.getLastModifiedTime(path).toInstant(),
        Optional.empty(),
        shaping);
  }

  /** Says what the parameters of a cell are, beyond what the result file has. */
  private interface Naming {
    Map<String, String> of(Map<String, String> params);
  }

  private StoredRun stored(
      Path path,
      Measurements measurements,
      Optional<String> size,
      Naming naming,
      Instant measured,
      Optional<String> measuredCommit,
      Map<String, String> shaping)
      throws IOException {
    List<StoredRun.StoredCell> cells = new ArrayList<>();
    List<StoredRun.StoredExponent> exponents = new ArrayList<>();
    for (String metric : chosen(measurements)) {
      Measurements one = measurements.withMetric(metric);
      for (MeasuredCell cell : one.cells()) {
        cells.add(
            new StoredRun.StoredCell(
                new TrendKey(
                    cell.benchmark(),
                    cell.mode(),
                    cell.threads(),
                    naming.of(cell.params()),
                    metric,
                    cell.sample().unit(),
                    Optional.empty()),
                cell.sample().forkMeans()));
      }
      exponents.addAll(exponents(one, size, naming, metric));
    }
    if (cells.isEmpty()) {
      throw new IOException(
          measurements.notes().isEmpty()
              ? path + " holds no measurements"
              : path + ": " + String.join("; ", measurements.notes()));
    }
    Git git = new Git(directory, environment);
    Run run =
        new Run(
            "new",
            time.orElse(measured).truncatedTo(ChronoUnit.SECONDS),
            git.commit(commit, measuredCommit),
            branch.or(git::branch),
            new HostIdentity(HostFacts.key(shaping), String.join(", ", shaping.values())));
    return new StoredRun(run, shaping, cells, exponents);
  }

  private List<String> chosen(Measurements measurements) {
    if (metrics.equals(List.of(ALL))) {
      return measurements.metrics();
    }
    if (!metrics.isEmpty()) {
      return metrics.stream().map(String::strip).distinct().toList();
    }
    return Stream.of(Measurements.TIME, Footprint.KEPT, Footprint.ALLOCATED)
        .filter(measurements.metrics()::contains)
        .toList();
  }

  private List<StoredRun.StoredExponent> exponents(
      Measurements measurements, Optional<String> size, Naming naming, String metric) {
    List<Series> all;
    try {
      all = measurements.series(size);
    } catch (SizeParameterException e) {
      if (sizeParam.isPresent()) {
        throw e;
      }
      // Results without a size have no exponents, and their cells are all there is to follow.
      return List.of();
    }
    return all.parallelStream()
        .flatMap(series -> exponent(series, naming, metric).stream())
        .toList();
  }

  private static Optional<StoredRun.StoredExponent> exponent(
      Series series, Naming naming, String metric) {
    Analysis analysis = Analyst.analyze(series, SEED);
    if (analysis.exponent().isEmpty()) {
      return Optional.empty();
    }
    Interval exponent = analysis.exponent().get();
    if (!Double.isFinite(exponent.low()) || !Double.isFinite(exponent.high())) {
      return Optional.empty();
    }
    return Optional.of(
        new StoredRun.StoredExponent(
            new TrendKey(
                series.benchmark(),
                series.mode(),
                series.threads(),
                naming.of(series.params()),
                metric,
                series.points().get(0).sample().unit(),
                Optional.of(series.sizeName())),
            exponent.value(),
            exponent.low(),
            exponent.high(),
            analysis.conclusion().law()));
  }
}
