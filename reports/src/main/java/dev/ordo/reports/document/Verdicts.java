package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Style;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The findings of a study as the summary of a page shows them, on one scale of exponents. */
final class Verdicts {

  private static final int MOST_ASPECTS = 4;

  private final Study study;
  private final Style style;
  private final double low;
  private final double high;

  Verdicts(Study study) {
    this.study = study;
    this.style = Style.of(study);
    // Halves, so that noise around 0 does not take a third of the scale for negative exponents.
    this.low = Math.min(0, Math.floor(2 * exponents().min().orElse(0)) / 2);
    this.high = Math.max(2, Math.ceil(2 * exponents().max().orElse(0)) / 2);
  }

  private DoubleStream exponents() {
    return study.leading().stream()
        .flatMapToDouble(
            finding ->
                DoubleStream.concat(
                    finding.analysis().exponent().stream()
                        .flatMapToDouble(e -> DoubleStream.of(e.low(), e.value(), e.high())),
                    finding.theory().stream().mapToDouble(Study.Theory::rangeExponent)))
        .filter(Double::isFinite)
        // A scale that a single wild value stretches shows nothing of all others.
        .map(exponent -> Math.max(-3, Math.min(6, exponent)));
  }

  List<Page.Verdict> all() {
    return study.leading().stream().map(this::of).toList();
  }

  Page.Verdict of(Study.Finding finding) {
    Cell cell = new Cell(finding);
    Optional<Interval> exponent = finding.analysis().exponent();
    return new Page.Verdict(
        cell.subject(),
        cell.aspect(),
        style.color(finding.subject()),
        exponent.map(e -> Figures.exponent(e.value())).orElse(""),
        exponent.map(Figures::exponents).orElse(""),
        cell.law(),
        finding.analysis().conclusion().told(),
        cell.sentence(),
        cell.theoryOrder(),
        cell.theoryExponent(),
        exponent.map(e -> strip(e, finding.theory())).orElse(null));
  }

  /**
   * Returns the aspects as columns of the summary; empty where a plain list is better: with one
   * aspect, with very many, or where most places would be empty.
   */
  List<String> columns() {
    Set<String> aspects = new LinkedHashSet<>();
    Set<List<String>> places = new LinkedHashSet<>();
    for (Study.Finding finding : study.leading()) {
      aspects.add(finding.aspect());
      places.add(List.of(finding.subject(), finding.aspect()));
    }
    boolean fits = aspects.size() > 1 && aspects.size() <= MOST_ASPECTS;
    boolean unique = places.size() == study.leading().size();
    long subjects = study.leading().stream().map(Study.Finding::subject).distinct().count();
    boolean full = 2L * places.size() > subjects * aspects.size();
    return fits && unique && full ? List.copyOf(aspects) : List.of();
  }

  /** Returns one row a subject, with a place for each of {@link #columns}. */
  List<Page.Row> rows() {
    Map<String, Map<String, Page.Verdict>> rows = new LinkedHashMap<>();
    for (Study.Finding finding : study.leading()) {
      rows.computeIfAbsent(finding.subject(), subject -> new LinkedHashMap<>())
          .put(finding.aspect(), of(finding));
    }
    List<Page.Row> result = new ArrayList<>();
    rows.forEach(
        (subject, byAspect) -> {
          Page.Verdict any = byAspect.values().iterator().next();
          List<Page.Verdict> verdicts = new ArrayList<>();
          columns().forEach(aspect -> verdicts.add(byAspect.get(aspect)));
          result.add(new Page.Row(any.subject(), any.color(), verdicts));
        });
    return result;
  }

  /** Returns the scale of exponents on which all findings are drawn. */
  Page.Scale scale() {
    List<String> marks = new ArrayList<>();
    for (double mark = Math.ceil(low); mark <= high; mark++) {
      marks.add(place(mark));
    }
    return new Page.Scale(Figures.size(low), Figures.size(high), marks);
  }

  private Page.Strip strip(Interval exponent, Optional<Study.Theory> theory) {
    double begin = percent(exponent.low());
    return new Page.Strip(
        place(exponent.value()),
        format(begin),
        format(percent(exponent.high()) - begin),
        theory.map(t -> place(t.rangeExponent())).orElse(""));
  }

  private String place(double exponent) {
    return format(percent(exponent));
  }

  private double percent(double exponent) {
    return 100 * (Math.max(low, Math.min(high, exponent)) - low) / (high - low);
  }

  private static String format(double percent) {
    return String.format(Locale.ROOT, "%.2f", percent);
  }
}
