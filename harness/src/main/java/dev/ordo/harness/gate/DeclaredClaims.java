package dev.ordo.harness.gate;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.Bounds;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.LocalExponent;
import dev.ordo.reports.text.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims about declared laws: whether the candidate grows no faster than its configuration
 * says.
 *
 * <p>The limit is the slope that the law has over the measured sizes, and {@value #TOLERANCE} more:
 * caches and overheads bend a slope by that much. A law is violated where the whole interval of the
 * exponent lies above the limit, where the conclusion of the analysis admits only faster laws, or
 * where the exponent between the largest sizes is a half above the law's with its whole interval.
 * It holds where the whole interval lies below the limit, or the conclusion admits no faster law.
 * Otherwise it is not provable, and that is inconclusive.
 */
final class DeclaredClaims {

  static final double TOLERANCE = 0.2;
  private static final double LOCAL_TOLERANCE = 0.5;

  private final GateOptions options;
  private final Names names;

  DeclaredClaims(GateOptions options, Names names) {
    this.options = options;
    this.names = names;
  }

  /**
   * Returns one claim for each series of the candidate of which a law is declared.
   *
   * @param series the candidate's series of each metric
   * @throws IllegalArgumentException if a declaration is about no series; the message names those
   *     that there are
   */
  List<Claim> claims(Map<String, List<Series>> series) {
    List<Claim> claims = new ArrayList<>();
    Map<Declaration, Integer> used = new LinkedHashMap<>();
    options.declared().forEach(declaration -> used.put(declaration, 0));
    series.forEach(
        (metric, all) -> {
          for (Series one : all) {
            SeriesName name = SeriesName.of(one);
            List<Declaration> matching =
                options.declared().stream().filter(d -> d.pattern().matches(name, metric)).toList();
            matching.forEach(declaration -> used.merge(declaration, 1, Integer::sum));
            Series kept = options.withoutIgnored(one, name, metric);
            matching.stream()
                .max(Comparator.comparingInt(d -> d.pattern().weight()))
                .filter(d -> !kept.points().isEmpty())
                .ifPresent(d -> claims.add(claim(d, kept, names.of(name), metric)));
          }
        });
    used.forEach(
        (declaration, count) -> {
          if (count == 0) {
            throw new IllegalArgumentException(
                declaration.place()
                    + ": pattern '"
                    + declaration.pattern().text()
                    + "' must match a series, found none among "
                    + names.some());
          }
        });
    return claims;
  }

  private Claim claim(Declaration declaration, Series series, String label, String metric) {
    Analysis analysis = Analyst.analyze(series, options.seed());
    DeclaredLaw law = declaration.law();
    String measured = analysis.conclusion().law();
    if (series.points().size() < 3 || analysis.exponent().isEmpty()) {
      boolean flat = analysis.conclusion().told() && measured.equals("constant");
      return make(
          declaration,
          series,
          label,
          metric,
          flat ? Verdict.UNCHANGED : Verdict.INCONCLUSIVE,
          measured,
          analysis.conclusion().sentence());
    }
    double slope = law.exponentOver(series.sizes());
    double limit = slope + TOLERANCE;
    Interval exponent = analysis.exponent().get();
    String figure = Figures.exponent(exponent.value()) + " " + Figures.exponents(exponent);
    Verdict verdict;
    String why;
    if (contradicted(analysis, law)) {
      verdict = Verdict.REGRESSED;
      why = "the law is " + measured;
    } else if (exponent.low() > limit) {
      verdict = Verdict.REGRESSED;
      why = "the exponent " + figure + " lies above";
    } else if (steepAtTheTop(analysis, law).isPresent()) {
      LocalExponent top = steepAtTheTop(analysis, law).get();
      verdict = Verdict.REGRESSED;
      why =
          "between "
              + Figures.size(top.from())
              + " and "
              + Figures.size(top.to())
              + " the exponent is "
              + Figures.exponent(top.value())
              + " "
              + Figures.exponents(top.interval().orElseThrow());
    } else if (exponent.high() <= limit || admitted(analysis, law)) {
      verdict = Verdict.UNCHANGED;
      why = "the exponent is " + figure + ", the law " + measured;
    } else {
      verdict = Verdict.INCONCLUSIVE;
      why = "not provable: the exponent is " + figure + ", the law " + measured;
    }
    String sentence =
        law.text()
            + " is declared ("
            + declaration.place()
            + "), which allows an exponent of "
            + Figures.exponent(limit)
            + " over these sizes: "
            + why
            + ".";
    return make(declaration, series, label, metric, verdict, figure, sentence);
  }

  private static boolean contradicted(Analysis analysis, DeclaredLaw law) {
    return analysis.conclusion().told()
        && analysis.conclusion().bounds().filter(b -> law.exceededBy(b.atLeast())).isPresent();
  }

  private static boolean admitted(Analysis analysis, DeclaredLaw law) {
    Optional<Bounds> bounds = analysis.conclusion().bounds();
    return analysis.conclusion().told()
        && bounds.filter(b -> !law.exceededBy(b.atMost())).isPresent();
  }

  private static Optional<LocalExponent> steepAtTheTop(Analysis analysis, DeclaredLaw law) {
    List<LocalExponent> local = analysis.localExponents();
    if (local.isEmpty()) {
      return Optional.empty();
    }
    LocalExponent top = local.get(local.size() - 1);
    double allowed = law.exponentOver(new double[] {top.from(), top.to()}) + LOCAL_TOLERANCE;
    return Optional.of(top).filter(t -> t.interval().filter(i -> i.low() > allowed).isPresent());
  }

  private static Claim make(
      Declaration declaration,
      Series series,
      String label,
      String metric,
      Verdict verdict,
      String figure,
      String sentence) {
    return new Claim(
        Claim.Kind.DECLARED,
        label,
        series.benchmark(),
        metric,
        verdict,
        true,
        declaration.law().text() + ": " + figure,
        sentence,
        verdict == Verdict.INCONCLUSIVE
            ? Optional.of(declaration.law().text() + " is declared and cannot be proved")
            : Optional.empty(),
        List.of());
  }
}
