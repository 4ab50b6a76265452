package dev.ordo.reports.fit;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Crossing;
import dev.ordo.reports.compare.Crossings;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.compare.Threads;
import dev.ordo.reports.data.Grid;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Turns measurements into analyses. Everything is a function of the values and the seed: neither
 * the order of series nor that of forks changes an analysis.
 */
public final class Analyst {

  private static final int FEWEST_SIZES = 3;

  /** The confidence of bounds on flat growth. */
  private static final double SURER = 0.99;

  /** Below one byte an operation, allocation is the profiler's background, not the benchmark's. */
  private static final double LEAST_BYTES = 1;

  private Analyst() {}

  /**
   * Analyses one series.
   *
   * @param seed the seed of all resampling; mixed with what the series is, so that two series do
   *     not share their random numbers
   */
  public static Analysis analyze(Series series, long seed) {
    if (series.points().isEmpty()) {
      return untold("Cannot tell anything: the series has no sizes.");
    }
    Optional<Series.Point> notPositive = notPositive(series);
    if (notPositive.isPresent()) {
      return isZero(series) ? zero(series) : untold(series, notPositive.get());
    }
    Observations data = Observations.of(series);
    List<LocalExponent> slopes = LocalExponent.of(data);
    if (isZero(series)) {
      return zero(series).withLocalExponents(slopes);
    }
    Optional<Analysis> exact = Exact.of(series);
    if (exact.isPresent()) {
      return exact.get().withLocalExponents(slopes);
    }
    if (series.points().size() < FEWEST_SIZES) {
      return tooFew(series).withLocalExponents(slopes);
    }
    return judged(series, data, slopes, Seeds.of(seed, series));
  }

  private static Analysis untold(Series series, Series.Point notPositive) {
    return untold(
        "Cannot tell how "
            + subject(series)
            + " grows: not every value is positive at size "
            + Words.size(notPositive.size())
            + ".");
  }

  private static Analysis tooFew(Series series) {
    int m = series.points().size();
    return untold(
        "Cannot tell how "
            + subject(series)
            + " grows: "
            + m
            + (m == 1 ? " size is" : " sizes are")
            + " too few, "
            + FEWEST_SIZES
            + " are needed for an exponent and 4 for a law.");
  }

  private static String subject(Series series) {
    return Words.subject(unit(series)).toLowerCase(Locale.ROOT);
  }

  private static Unit unit(Series series) {
    return series.points().get(0).sample().unit();
  }

  /**
   * Returns how well the exponent of a series is known, without judging its law: the interval is
   * the one that {@link #analyze(Series, long)} reports. Empty with fewer than 3 sizes or where a
   * value is not positive.
   *
   * @param seed as for an analysis
   */
  public static Optional<Standing> standing(Series series, long seed) {
    if (series.points().size() < FEWEST_SIZES || notPositive(series).isPresent()) {
      return Optional.empty();
    }
    Observations all = Observations.of(series);
    Ground ground = Ground.of(all);
    return Optional.of(
        Standing.of(all, slopes(ground.data, ground.candidates, Seeds.of(seed, series)).likely()));
  }

  /**
   * What an analysis stands on.
   *
   * @param setAside the size that is off, if there is one
   * @param regime the place of change that was found, claimed or not
   * @param data the observations that count
   * @param candidates all curves fitted to them
   */
  private record Ground(
      Optional<OutlyingSize> setAside,
      Optional<RegimeSearch.Found> regime,
      Observations data,
      Candidates candidates) {

    static Ground of(Observations all) {
      Candidates smooth = Candidates.of(all);
      Optional<RegimeSearch.Found> found = RegimeSearch.find(all, smooth);
      Optional<OutlyingSize> setAside =
          OutlyingSize.find(all, smooth)
              .filter(size -> found.filter(place -> place.explains(all, size)).isEmpty());
      Optional<RegimeSearch.Found> regime = setAside.isPresent() ? Optional.empty() : found;
      Optional<RegimeSearch.Found> claimed = regime.filter(RegimeSearch.Found::claimed);
      Observations kept = setAside.map(size -> all.without(size.index())).orElse(all);
      Observations data = claimed.map(RegimeSearch.Found::data).orElse(kept);
      Candidates candidates =
          claimed
              .map(RegimeSearch.Found::candidates)
              .orElseGet(() -> setAside.isEmpty() ? smooth : Candidates.of(kept));
      return new Ground(setAside, regime, data, candidates);
    }

    Optional<RegimeSearch.Found> claimed() {
      return regime.filter(RegimeSearch.Found::claimed);
    }
  }

  private static Analysis judged(
      Series series, Observations all, List<LocalExponent> localExponents, long seed) {
    Ground ground = Ground.of(all);
    Observations data = ground.data;
    Candidates candidates = ground.candidates;
    Slopes slopes = slopes(data, candidates, seed);
    List<Fit> ranking = Ranking.of(data, candidates);
    Decision.Outcome outcome =
        new Decision(
                data,
                ground.setAside,
                ground.regime,
                candidates,
                ranking,
                slopes,
                unit(series),
                seed)
            .outcome();
    Optional<HeldOut> heldOut = HeldOut.of(series, all);
    Conclusion conclusion =
        heldOut
            .filter(check -> !check.holds())
            .map(check -> outcome.conclusion().withRemark(check.remark(unit(series))))
            .orElse(outcome.conclusion());
    return new Analysis(
        Optional.of(slopes.likely()),
        ranking,
        Optional.of(outcome.best()),
        outcome.crossover(),
        ground.claimed().map(RegimeSearch.Found::regime),
        conclusion,
        all.summary(),
        heldOut,
        localExponents,
        List.of());
  }

  private static Slopes slopes(Observations data, Candidates candidates, long seed) {
    PowerFit line = PowerFit.of(data.sizes(), data.logs(), data.weights());
    List<Interval> plain = Exponent.of(data, line, seed, Exponent.CONFIDENCE, SURER);
    if (candidates.power().split() > 0) {
      List<Interval> taken = SteppedExponent.taken(data, candidates.laws(), line, plain);
      return new Slopes(taken.get(0), taken.get(1), taken.get(0), taken.get(1));
    }
    List<Interval> wide = SteppedExponent.widen(data, candidates.laws(), line, plain);
    return new Slopes(wide.get(0), wide.get(1), plain.get(0), plain.get(1));
  }

  /**
   * Analyses how a value grows with two sizes at once.
   *
   * @param grid at least 3 by 3 sizes; with fewer the conclusion is "cannot tell"
   */
  public static Surface analyze(Grid grid) {
    return SurfaceDecision.of(grid);
  }

  /**
   * Analyses the selected metric of all measurements.
   *
   * <p>A finding's subject is the value of the parameter {@code model} and its aspect that of
   * {@code phase}, where there are such parameters. Otherwise the subject is the shortest name that
   * tells the benchmark from the others in the file, with its other parameters where they vary, and
   * the aspect is the metric's name.
   *
   * <p>Findings that differ in the parameter {@code threads} alone make the study's parallelism.
   * Where time is the metric, {@value Footprint#KEPT} and {@value Footprint#ALLOCATED} make its
   * memory.
   *
   * @param sizeParam the parameter that is the size; if absent it is found
   * @throws dev.ordo.reports.data.SizeParameterException if there is no size parameter to be found
   */
  public static Study study(
      String title, Measurements measurements, Optional<String> sizeParam, long seed) {
    Measurements.Selection selection = measurements.select(sizeParam);
    Labels labels = new Labels(selection.series(), measurements.metric());
    List<Study.Finding> findings =
        selection.series().parallelStream()
            .map(
                series ->
                    new Study.Finding(
                        labels.subject(series),
                        labels.aspect(series),
                        series,
                        analyze(series, seed),
                        Optional.empty()))
            .toList();
    Study threads =
        new Study(title, findings, Map.of(), selection.notes())
            .withParallelism(
                Threads.speedUps(
                    findings, new OtherMetric(SpeedUp.ONE_THREAD, measurements, sizeParam)::beside))
            .withSurfaces(surfaces(selection.grids(), measurements.metric()));
    Study study =
        threads
            .withCrossings(Crossings.of(threads.leading(), seed))
            .withNotes(Crossings.notes(threads.leading()));
    return measurements.metric().equals(Measurements.TIME)
        ? study.withMemory(Footprints.of(study.leading(), measurements, sizeParam, seed))
        : study;
  }

  /**
   * Analyses several metrics of all measurements: one study whose findings tell the metrics by
   * their aspects.
   *
   * @param metrics names of metrics, at least one
   * @param sizeParam the parameter that is the size; if absent it is found
   * @throws IllegalArgumentException if there is no metric of a name
   * @throws dev.ordo.reports.data.SizeParameterException if there is no size parameter to be found
   */
  public static Study study(
      String title,
      Measurements measurements,
      List<String> metrics,
      Optional<String> sizeParam,
      long seed) {
    List<Study> studies =
        metrics.stream()
            .map(metric -> study(title, measurements.withMetric(metric), sizeParam, seed))
            .toList();
    List<Study.Finding> findings = new ArrayList<>();
    List<SpeedUp> parallelism = new ArrayList<>();
    List<Footprint> memory = new ArrayList<>();
    List<Study.SurfaceFinding> surfaces = new ArrayList<>();
    List<Crossing> crossings = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    for (Study study : studies) {
      findings.addAll(study.findings());
      parallelism.addAll(study.parallelism());
      memory.addAll(study.memory());
      surfaces.addAll(study.surfaces());
      crossings.addAll(study.crossings());
      notes.addAll(study.notes());
    }
    return new Study(title, findings, Map.of(), List.copyOf(notes))
        .withParallelism(parallelism)
        .withMemory(memory)
        .withSurfaces(surfaces)
        .withCrossings(crossings);
  }

  private static List<Study.SurfaceFinding> surfaces(List<Grid> grids, String metric) {
    // A grid is labelled as the series over n would be, were there one m.
    List<Series> named =
        grids.stream()
            .map(
                grid ->
                    new Series(
                        grid.benchmark(),
                        grid.mode(),
                        grid.params(),
                        grid.threads(),
                        grid.secondName(),
                        List.of(new Series.Point(1, grid.cells().get(0).sample()))))
            .toList();
    Labels labels = new Labels(named, metric);
    return IntStream.range(0, grids.size())
        .parallel()
        .mapToObj(
            i ->
                new Study.SurfaceFinding(
                    labels.subject(named.get(i)),
                    labels.aspect(named.get(i)),
                    grids.get(i),
                    analyze(grids.get(i))))
        .toList();
  }

  static boolean isZero(Series series) {
    double most = Arrays.stream(series.means()).map(Math::abs).max().orElse(0);
    boolean memory = series.points().get(0).sample().unit().equals(Unit.BYTES_PER_OP);
    return most == 0 || (memory && most < LEAST_BYTES);
  }

  private static Analysis zero(Series series) {
    double most = Arrays.stream(series.means()).max().orElse(0);
    String subject = Words.subject(series.points().get(0).sample().unit());
    String sentence =
        subject
            + " is zero at all "
            + series.points().size()
            + " sizes"
            + (most > 0 ? " but for less than " + LEAST_BYTES + " B/op of background" : "")
            + ".";
    Fit fit = new Fit("0", List.of(new Fit.Term(0, 0, 0)), 0, Double.POSITIVE_INFINITY, 1);
    return new Analysis(
        Optional.empty(),
        List.of(fit),
        Optional.of(fit),
        Optional.empty(),
        new Conclusion("constant", true, sentence));
  }

  static Optional<Series.Point> notPositive(Series series) {
    return series.points().stream().filter(point -> !point.sample().isPositive()).findFirst();
  }

  private static Analysis untold(String sentence) {
    return new Analysis(
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new Conclusion("cannot tell", false, sentence));
  }
}
