package dev.ordo.harness.cli;

import dev.ordo.harness.history.HistoryStore;
import dev.ordo.harness.sweep.PairedStudy;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunStudy;
import dev.ordo.reports.Study;
import dev.ordo.reports.StudyParts;
import dev.ordo.reports.chart.Chart;
import dev.ordo.reports.chart.ComparisonChart;
import dev.ordo.reports.chart.RatioChart;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.document.AttentionFiles;
import dev.ordo.reports.document.HistoryFiles;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.history.History;
import dev.ordo.reports.history.HistoryAnalyst;
import dev.ordo.reports.history.HistoryOptions;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.Trend;
import dev.ordo.reports.history.TrendKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What {@code ordo plot} draws charts from.
 *
 * @param kind what is drawn
 * @param plugins know the theory of further models
 * @param models the subjects that are drawn; all if empty
 * @param aspect the aspect that is drawn; null for all
 * @param metric the metric of result files; null for time
 * @param sizeParam the size of result files; null for what looks like it
 * @param seed of the resampling of result files
 */
record PlotSource(
    PlotKind kind,
    Plugins plugins,
    List<String> models,
    String aspect,
    String metric,
    String sizeParam,
    long seed) {

  private static final String EXPONENT = "exponent";
  private static final int MOST_NAMES = 12;

  /**
   * Returns the charts of runs.
   *
   * @throws IOException if one cannot be read or is none
   * @throws IllegalArgumentException if there are too many or too few, or none has a model
   */
  List<? extends Chart> charts(List<Path> runs) throws IOException {
    return switch (kind) {
      case COMPARISON -> comparison(runs);
      case TREND -> trends(one(runs, "the folder of a history"));
      case ATTENTION -> attention(runs);
      default -> charts(together(runs));
    };
  }

  private List<? extends Chart> charts(Study whole) {
    Study study = StudyParts.only(whole, chosen(whole), one -> true);
    Function<Study, List<? extends Chart>> maker = kind.charts().orElseThrow();
    if (study.findings().stream().anyMatch(one -> one.aspect().equalsIgnoreCase(aspect))) {
      List<? extends Chart> charts =
          maker.apply(StudyParts.only(study, one -> true, one -> one.equalsIgnoreCase(aspect)));
      if (!charts.isEmpty()) {
        return charts;
      }
    }
    return named(maker.apply(study));
  }

  /**
   * Returns the charts with the aspect in their names, or all where none is asked for.
   *
   * @throws IllegalArgumentException if none has it
   */
  private List<? extends Chart> named(List<? extends Chart> charts) {
    if (aspect == null || charts.isEmpty()) {
      return charts;
    }
    String wanted = "-" + Chart.slug(aspect) + "-";
    List<? extends Chart> named =
        charts.stream().filter(chart -> ("-" + chart.name() + "-").contains(wanted)).toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "--aspect ("
              + aspect
              + ") must be one of "
              + some(charts.stream().map(Chart::name).toList()));
    }
    return named;
  }

  /** Returns the first of many names, and how many more there are. */
  static String some(List<String> names) {
    int more = names.size() - MOST_NAMES;
    return String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private Path one(List<Path> runs, String what) {
    if (runs.size() > 1) {
      throw new IllegalArgumentException(
          "a chart of kind '" + kind.id() + "' is drawn from " + what + ", found " + runs.size());
    }
    return runs.get(0);
  }

  private Study together(List<Path> runs) throws IOException {
    List<String> names = StudyParts.names(runs.stream().map(PlotSource::parts).toList());
    Map<String, Study> studies = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      studies.put(names.get(i), study(runs.get(i)));
    }
    return StudyParts.together(studies);
  }

  /** Returns the parts of a path, the last one without its ending. */
  private static List<String> parts(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    List<String> parts = new ArrayList<>();
    StreamSupport.stream(whole.spliterator(), false).map(Path::toString).forEach(parts::add);
    int last = parts.size() - 1;
    if (last >= 0 && !Files.isDirectory(path)) {
      int dot = parts.get(last).lastIndexOf('.');
      parts.set(last, dot > 0 ? parts.get(last).substring(0, dot) : parts.get(last));
    }
    return last < 0 ? List.of(whole.toString()) : parts;
  }

  private Study study(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      RunDirectory run = run(path);
      if (PairedStudy.isPaired(run)) {
        throw new IOException(
            path + " must be a run of one version, found one of 'ordo ab': draw its 'comparison'");
      }
      if (metric != null || sizeParam != null) {
        throw new IllegalArgumentException(
            "--metric and --size-param are for result files: name the run's jmh-result.json");
      }
      return measured(path, RunStudy.of(run, plugins.models()));
    }
    Measurements measurements = ResultFiles.read(List.of(path));
    return measured(
        path,
        Analyst.study(
            path.getFileName().toString(),
            measurements,
            List.of(metric == null ? measurements.metric() : metric),
            Optional.ofNullable(sizeParam),
            seed));
  }

  private static Study measured(Path path, Study study) throws IOException {
    if (study.findings().isEmpty()) {
      throw new IOException(
          study.notes().isEmpty()
              ? path + " holds no measurements"
              : path + ": " + study.notes().get(0));
    }
    return study;
  }

  private static RunDirectory run(Path path) throws IOException {
    if (!RunDirectory.isRun(path)) {
      throw new IOException(
          "folder " + path + " must hold a run (a journal.jsonl), found none: name a file in it");
    }
    return new RunDirectory(path);
  }

  /** Returns what tells the subjects that are drawn. */
  private Predicate<String> chosen(Study whole) {
    List<String> subjects = StudyParts.subjects(whole);
    for (String model : models) {
      if (subjects.stream().noneMatch(subject -> isOf(subject, model))) {
        throw new IllegalArgumentException(
            "--models (" + model + ") must be among " + some(subjects));
      }
    }
    return this::isChosen;
  }

  private boolean isChosen(String subject) {
    return models.isEmpty() || models.stream().anyMatch(model -> isOf(subject, model));
  }

  /** Returns whether a subject is a model, perhaps with words in brackets behind it. */
  private static boolean isOf(String subject, String model) {
    return subject.equals(model) || subject.startsWith(model + " [");
  }

  private List<? extends Chart> comparison(List<Path> runs) throws IOException {
    if (runs.size() == 1 && RunDirectory.isRun(runs.get(0))) {
      RunDirectory run = new RunDirectory(runs.get(0));
      if (PairedStudy.isPaired(run)) {
        return named(RatioChart.of(PairedStudy.of(run)));
      }
    }
    if (runs.size() != 2) {
      throw new IllegalArgumentException(
          "a comparison is drawn from two runs, the base and the candidate, or one of 'ordo ab',"
              + " found "
              + runs.size());
    }
    ComparisonOptions options = ComparisonOptions.DEFAULT.withSeed(seed);
    if (metric != null) {
      options = options.withMetrics(List.of(metric));
    }
    Comparison comparison =
        Comparison.of(measurements(runs.get(0)), measurements(runs.get(1)), options);
    if (comparison.cells().isEmpty()) {
      throw new IOException("base and candidate must have cells in common, found none");
    }
    Study base = study(runs.get(0));
    return named(ComparisonChart.of(StudyParts.only(base, chosen(base), one -> true), comparison));
  }

  private static Measurements measurements(Path path) throws IOException {
    return ResultFiles.read(Files.isDirectory(path) ? run(path).results() : path);
  }

  private List<? extends Chart> trends(Path store) throws IOException {
    HistoryStore.Content content = new HistoryStore(store).read();
    if (content.runs().isEmpty()) {
      throw new IOException("store " + store + " holds no runs ('ordo history add' adds them)");
    }
    History history = History.of(content.runs(), Run.BY_TIME, List.of());
    List<Trend> trends = history.trends().stream().filter(one -> isOfModels(one.key())).toList();
    if (trends.isEmpty()) {
      throw new IllegalArgumentException(
          "--models ("
              + String.join(", ", models)
              + ") must be values of parameters in the store, found none of them in "
              + store);
    }
    List<Trend> wanted = trends.stream().filter(one -> isOfAspect(one.key())).toList();
    HistoryOptions options = new HistoryOptions(0.05, 0.01, seed);
    History part = history.withTrends(wanted.isEmpty() ? trends : wanted);
    List<? extends Chart> charts =
        HistoryFiles.charts(HistoryAnalyst.study(part, options), history);
    return wanted.isEmpty() ? named(charts) : charts;
  }

  private boolean isOfModels(TrendKey key) {
    return models.isEmpty() || models.stream().anyMatch(key.params().values()::contains);
  }

  private boolean isOfAspect(TrendKey key) {
    List<String> words = new ArrayList<>(key.params().values());
    words.add(key.metric());
    words.add(key.isExponent() ? EXPONENT : "cell");
    return aspect == null || words.stream().anyMatch(aspect::equalsIgnoreCase);
  }

  private List<? extends Chart> attention(List<Path> runs) throws IOException {
    List<Chart> charts = new ArrayList<>();
    for (Path run : runs) {
      for (Path file : heads(run)) {
        charts.add(AttentionFiles.read(file));
      }
    }
    return named(charts);
  }

  private static List<Path> heads(Path run) throws IOException {
    if (!Files.isDirectory(run)) {
      return List.of(run);
    }
    try (Stream<Path> files = Files.list(run)) {
      return files
          .filter(file -> file.getFileName().toString().matches("attention-.*\\.json"))
          .sorted()
          .toList();
    }
  }
}
