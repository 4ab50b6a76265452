package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Crossover;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.ForkSummary;
import dev.ordo.reports.fit.HeldOut;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.LocalExponent;
import dev.ordo.reports.fit.NoiseSplit;
import dev.ordo.reports.fit.Regime;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a page tells about single series: fitted laws with numbers, crossovers, raw values. */
final class Details {

  private static final int FEWEST_LAWS = 3;
  private static final double LEAST_WEIGHT = 0.001;

  private Details() {}

  static Page.Detail of(Study.Finding finding, Verdicts verdicts) {
    Unit unit = unit(finding.series());
    List<Fit> ranking = finding.analysis().ranking();
    Optional<Fit> best = finding.analysis().best();
    List<Page.Law> laws = new ArrayList<>();
    for (Fit fit : ranking) {
      boolean drawn = best.map(fit::equals).orElse(false);
      if (laws.size() < FEWEST_LAWS || fit.weight() >= LEAST_WEIGHT || drawn) {
        laws.add(law(fit, unit, drawn));
      }
    }
    return new Page.Detail(
        verdicts.of(finding),
        key(finding.series()),
        laws,
        ranking.size() - laws.size(),
        best.map(fit -> law(fit, unit, true)).orElse(null),
        finding.analysis().crossover().map(Details::sentence).orElse(""),
        finding.analysis().regime().map(Details::sentence).orElse(""),
        finding.analysis().heldOut().map(check -> check.sentence(unit)).orElse(""),
        finding.analysis().heldOut().map(HeldOut::holds).orElse(false),
        finding.analysis().localExponents().stream().map(Details::slope).toList(),
        forks(finding.analysis().forks()));
  }

  /** Says how noise splits and how forks ran; empty where neither is known. */
  private static String forks(ForkSummary forks) {
    List<String> sentences = new ArrayList<>();
    forks.noise().map(NoiseSplit::sentence).ifPresent(sentences::add);
    if (forks.judged() > 0) {
      String count = forks.judged() == 1 ? "The fork" : "Of " + forks.judged() + " forks";
      sentences.add(
          forks.labelled().isEmpty()
              ? (forks.judged() == 1 ? count + " with" : "All " + forks.judged() + " forks with")
                  + " iterations enough to judge "
                  + (forks.judged() == 1 ? "runs" : "run")
                  + " at one level."
              : count
                  + " with iterations enough to judge, "
                  + String.join("; ", forks.clauses())
                  + ".");
    }
    return String.join(" ", sentences);
  }

  private static Page.Slope slope(LocalExponent exponent) {
    return new Page.Slope(
        Figures.size(exponent.from()) + " … " + Figures.size(exponent.to()),
        Figures.exponent(exponent.value()),
        exponent.interval().map(Figures::exponents).orElse("(one fork)"));
  }

  /** Returns the name of a series as one line: benchmark, mode, parameters, threads. */
  static String key(Series series) {
    List<String> parts = new ArrayList<>();
    parts.add(series.benchmark());
    parts.add(series.mode());
    series.params().forEach((name, value) -> parts.add(name + "=" + value));
    parts.add(series.threads() == 1 ? "1 thread" : series.threads() + " threads");
    return Text.clean(String.join(", ", parts));
  }

  static String sentence(Crossover crossover) {
    return "From size "
        + Figures.roughSize(crossover.size())
        + " on the quadratic part costs more than the linear part"
        + (crossover.insideRange() ? "." : "; this lies outside the measured sizes.");
  }

  static String sentence(Regime regime) {
    String place =
        " between " + Figures.size(regime.after()) + " and " + Figures.size(regime.from());
    Interval height = regime.height();
    return switch (regime.kind()) {
      case STEP ->
          String.format(
              Locale.ROOT,
              "A step%s: values beyond it are %.2f [%.2f, %.2f] times as high; the law is that"
                  + " beyond it.",
              place,
              height.value(),
              height.low(),
              height.high());
      case FLOOR, KNOT ->
          String.format(
              Locale.ROOT,
              "%s%s: the exponent changes by %+.2f [%+.2f, %+.2f]; the law is that beyond it.",
              regime.kind() == Regime.Kind.FLOOR ? "A floor ends" : "A knot",
              place,
              height.value(),
              height.low(),
              height.high());
    };
  }

  private static Unit unit(Series series) {
    return series.points().isEmpty() ? Unit.NANOS_PER_OP : series.points().get(0).sample().unit();
  }

  private static Page.Law law(Fit fit, Unit unit, boolean best) {
    List<Page.Term> terms = new ArrayList<>();
    List<String> intervals = new ArrayList<>();
    for (int i = 0; i < fit.terms().size(); i++) {
      Fit.Term term = fit.terms().get(i);
      if (term.coefficient() != 0 || fit.terms().size() == 1) {
        terms.add(term(term, unit));
        if (!fit.intervals().isEmpty()) {
          Interval interval = fit.intervals().get(i);
          intervals.add(
              Figures.value(interval.low(), unit) + " … " + Figures.value(interval.high(), unit));
        }
      }
    }
    return new Page.Law(
        Text.clean(fit.name()),
        terms,
        String.join(", ", intervals),
        Figures.percent(fit.relativeError()),
        Double.isFinite(fit.aicc()) ? String.format(Locale.ROOT, "%.1f", fit.aicc()) : Cell.NONE,
        Figures.percent(fit.weight()),
        best);
  }

  private static Page.Term term(Fit.Term term, Unit unit) {
    return new Page.Term(
        Figures.value(term.coefficient(), unit),
        term.power() != 0,
        term.power() == 0 || term.power() == 1 ? "" : power(term.power()),
        term.logPower() != 0,
        term.logPower() < 2 ? "" : String.valueOf(term.logPower()));
  }

  private static String power(double power) {
    return power == Math.rint(power)
        ? BigDecimal.valueOf(power).stripTrailingZeros().toPlainString()
        : Figures.exponent(power);
  }

  static List<Page.Datum> data(Study study) {
    List<Page.Datum> data = new ArrayList<>();
    for (Study.Finding finding : study.findings()) {
      Cell cell = new Cell(finding);
      for (Series.Point point : finding.series().points()) {
        Sample sample = point.sample();
        double[] means = sample.forkMeans();
        int iterations = 0;
        for (int fork = 0; fork < sample.forkCount(); fork++) {
          iterations += sample.fork(fork).length;
        }
        data.add(
            new Page.Datum(
                cell.subject(),
                cell.aspect(),
                Page.Amount.size(point.size()),
                Page.Amount.value(sample.mean(), sample.unit()),
                Page.Amount.value(Arrays.stream(means).min().orElseThrow(), sample.unit()),
                Page.Amount.value(Arrays.stream(means).max().orElseThrow(), sample.unit()),
                sample.forkCount(),
                iterations));
      }
    }
    return data;
  }
}
