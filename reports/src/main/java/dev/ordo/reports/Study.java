package dev.ordo.reports;

import dev.ordo.reports.compare.Contrast;
import dev.ordo.reports.compare.Crossing;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.data.Grid;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Contrasts;
import dev.ordo.reports.fit.Prediction;
import dev.ordo.reports.fit.Surface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One analysed result file: the single object that every report and chart is made from.
 *
 * @param title the heading of the report
 * @param findings one for each series, in the order of the file
 * @param parallelism how much faster findings are on more threads; empty where threads do not vary
 * @param memory what findings keep and allocate; empty where the file does not tell
 * @param surfaces what was measured over two sizes at once; empty where there is one size
 * @param crossings which findings are lower than which, and from which size on; empty where none
 *     are compared
 * @param environment what was measured on, name → value, in reading order; may be empty
 * @param notes plain sentences about what is in doubt; may be empty
 * @param gaps what is missing because it failed or was left out; may be empty
 * @param roofline what the machine can do at most, and what findings have to do; absent where that
 *     was not measured
 */
public record Study(
    String title,
    List<Finding> findings,
    List<SpeedUp> parallelism,
    List<Footprint> memory,
    List<SurfaceFinding> surfaces,
    List<Crossing> crossings,
    Map<String, String> environment,
    List<String> notes,
    List<Gap> gaps,
    Optional<Roofline> roofline) {

  /** Copies all parts. */
  public Study {
    Objects.requireNonNull(title, "title");
    findings = List.copyOf(findings);
    parallelism = List.copyOf(parallelism);
    memory = List.copyOf(memory);
    surfaces = List.copyOf(surfaces);
    crossings = List.copyOf(crossings);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    notes = List.copyOf(notes);
    gaps = List.copyOf(gaps);
    Objects.requireNonNull(roofline, "roofline");
  }

  /** Makes a study of findings alone. */
  public Study(
      String title, List<Finding> findings, Map<String, String> environment, List<String> notes) {
    this(
        title,
        findings,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        environment,
        notes,
        List.of(),
        Optional.empty());
  }

  /** Returns the same study with other findings. */
  public Study withFindings(List<Finding> otherFindings) {
    return new Study(
        title,
        otherFindings,
        parallelism,
        memory,
        surfaces,
        crossings,
        environment,
        notes,
        gaps,
        roofline);
  }

  /** Returns the same study with other speed-ups. */
  public Study withParallelism(List<SpeedUp> otherParallelism) {
    return new Study(
        title,
        findings,
        otherParallelism,
        memory,
        surfaces,
        crossings,
        environment,
        notes,
        gaps,
        roofline);
  }

  /** Returns the same study with other footprints. */
  public Study withMemory(List<Footprint> otherMemory) {
    return new Study(
        title,
        findings,
        parallelism,
        otherMemory,
        surfaces,
        crossings,
        environment,
        notes,
        gaps,
        roofline);
  }

  /** Returns the same study with other surfaces. */
  public Study withSurfaces(List<SurfaceFinding> otherSurfaces) {
    return new Study(
        title,
        findings,
        parallelism,
        memory,
        otherSurfaces,
        crossings,
        environment,
        notes,
        gaps,
        roofline);
  }

  /** Returns the same study with other crossings. */
  public Study withCrossings(List<Crossing> otherCrossings) {
    return new Study(
        title,
        findings,
        parallelism,
        memory,
        surfaces,
        otherCrossings,
        environment,
        notes,
        gaps,
        roofline);
  }

  /** Returns the same study with another environment. */
  public Study withEnvironment(Map<String, String> otherEnvironment) {
    return new Study(
        title,
        findings,
        parallelism,
        memory,
        surfaces,
        crossings,
        otherEnvironment,
        notes,
        gaps,
        roofline);
  }

  /** Returns the same study with other gaps. */
  public Study withGaps(List<Gap> otherGaps) {
    return new Study(
        title,
        findings,
        parallelism,
        memory,
        surfaces,
        crossings,
        environment,
        notes,
        otherGaps,
        roofline);
  }

  /** Returns the same study beside what the machine can do at most. */
  public Study withRoofline(Optional<Roofline> otherRoofline) {
    return new Study(
        title,
        findings,
        parallelism,
        memory,
        surfaces,
        crossings,
        environment,
        notes,
        gaps,
        otherRoofline);
  }

  /** Returns the same study with other notes instead of those that are there. */
  public Study withOnlyNotes(List<String> otherNotes) {
    return new Study(
        title,
        findings,
        parallelism,
        memory,
        surfaces,
        crossings,
        environment,
        otherNotes,
        gaps,
        roofline);
  }

  /**
   * Returns the same study with the values that its findings predict.
   *
   * @param sizes positive and finite
   * @throws IllegalArgumentException if a size is not positive and finite
   */
  public Study withPredictions(List<Double> sizes) {
    return withFindings(
        findings.stream()
            .map(
                finding ->
                    finding.withAnalysis(
                        finding.analysis().withPredictions(Prediction.of(finding.series(), sizes))))
            .toList());
  }

  /** Returns the same study with further notes behind those that are there. */
  public Study withNotes(List<String> furtherNotes) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(furtherNotes);
    return withOnlyNotes(all);
  }

  /**
   * Returns the same study with theory beside its findings.
   *
   * @param theory what theory says about a finding; empty where it says nothing
   */
  public Study withTheory(Function<Finding, Optional<Theory>> theory) {
    return withFindings(
        findings.stream().map(finding -> finding.withTheory(theory.apply(finding))).toList());
  }

  /**
   * Returns the same study with theory beside its speed-ups.
   *
   * @param spans what theory says about a speed-up; empty where it says nothing
   */
  public Study withSpans(Function<SpeedUp, Optional<SpeedUp.Span>> spans) {
    return withParallelism(
        parallelism.stream().map(speedUp -> speedUp.withSpan(spans.apply(speedUp))).toList());
  }

  /**
   * Returns the same study with theory beside its footprints.
   *
   * @param theory what theory says about the bytes kept; empty where it says nothing
   */
  public Study withMemoryTheory(Function<Footprint, Optional<Theory>> theory) {
    return withMemory(
        memory.stream().map(footprint -> footprint.withTheory(theory.apply(footprint))).toList());
  }

  /** Returns how times differ between JVMs, sets of their arguments, and batches. */
  public List<Contrast> contrasts() {
    return Contrasts.of(findings);
  }

  /**
   * Returns the findings that stand in a summary: all but those that repeat another one on more
   * threads, which {@link #parallelism} sums up.
   */
  public List<Finding> leading() {
    Set<Series> repeated = Collections.newSetFromMap(new IdentityHashMap<>());
    parallelism.forEach(speedUp -> repeated.add(speedUp.many()));
    return findings.stream().filter(finding -> !repeated.contains(finding.series())).toList();
  }

  /**
   * One series with what is said about it.
   *
   * @param subject the row of the summary table: the model, or the label of the series
   * @param aspect the column of the summary table: the phase, or the metric's name
   * @param series the measurements
   * @param analysis what they say
   * @param theory what theory says, where it is known
   */
  public record Finding(
      String subject, String aspect, Series series, Analysis analysis, Optional<Theory> theory) {

    /** Checks that every part is there. */
    public Finding {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(aspect, "aspect");
      Objects.requireNonNull(series, "series");
      Objects.requireNonNull(analysis, "analysis");
      Objects.requireNonNull(theory, "theory");
    }

    /** Returns the same finding with another analysis of its series. */
    Finding withAnalysis(Analysis otherAnalysis) {
      return new Finding(subject, aspect, series, otherAnalysis, theory);
    }

    /** Returns the same finding with other theory. */
    public Finding withTheory(Optional<Theory> otherTheory) {
      return new Finding(subject, aspect, series, analysis, otherTheory);
    }
  }

  /**
   * What was measured over two sizes at once, with what is said about it.
   *
   * @param subject whose it is
   * @param aspect of what: the metric's name, or the phase
   * @param grid the measurements
   * @param surface what they say
   */
  public record SurfaceFinding(String subject, String aspect, Grid grid, Surface surface) {

    /** Checks that every part is there. */
    public SurfaceFinding {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(aspect, "aspect");
      Objects.requireNonNull(grid, "grid");
      Objects.requireNonNull(surface, "surface");
    }
  }

  /**
   * What theory says about one series.
   *
   * @param order the asymptotic class, for example {@code L²}
   * @param rangeExponent the slope that a log-log line through the theoretical operation counts at
   *     the measured sizes has: what a perfect machine would show over this range; NaN with one
   *     size
   */
  public record Theory(String order, double rangeExponent) {

    /** Checks that every part is there. */
    public Theory {
      Objects.requireNonNull(order, "order");
    }
  }
}
