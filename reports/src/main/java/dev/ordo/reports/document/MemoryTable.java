package dev.ordo.reports.document;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Style;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.List;
import java.util.Optional;

/** The memory of a study's findings as pages and a terminal show it. */
final class MemoryTable {

  private final Study study;

  MemoryTable(Study study) {
    this.study = study;
  }

  /** Returns one row for each footprint. */
  List<Page.Memory> rows() {
    Style style = Style.of(study);
    return study.memory().stream()
        .map(footprint -> row(footprint, style.color(footprint.subject())))
        .toList();
  }

  /** Returns one sentence for each footprint whose objects hold less than is declared. */
  List<String> warnings() {
    return study.memory().stream()
        .filter(
            footprint ->
                footprint.agreement().filter(Footprint.Agreement.HOLDS_LESS::equals).isPresent())
        .map(
            footprint ->
                Text.clean(footprint.subject())
                    + ", "
                    + Text.clean(footprint.aspect())
                    + ": its objects hold "
                    + value(footprint.held().orElseThrow())
                    + ", less than it declares to keep")
        .toList();
  }

  private static Page.Memory row(Footprint footprint, String color) {
    Optional<Footprint.Bytes> kept = footprint.kept();
    Optional<Analysis> analysis = kept.map(Footprint.Bytes::analysis);
    Optional<Interval> exponent = analysis.flatMap(Analysis::exponent);
    Series.Point largest =
        kept.or(footprint::allocated).or(footprint::held).orElseThrow().largest();
    return new Page.Memory(
        Text.clean(footprint.subject()),
        color,
        Text.clean(footprint.aspect()),
        Figures.size(largest.size()),
        kept.map(MemoryTable::value).orElse(""),
        exponent.map(e -> Figures.exponent(e.value())).orElse(""),
        exponent.filter(e -> e.low() < e.high()).map(Figures::exponents).orElse(""),
        analysis.map(a -> Text.clean(a.conclusion().law())).orElse(""),
        analysis.map(a -> a.conclusion().told()).orElse(false),
        analysis
            .filter(a -> a.conclusion().told())
            .flatMap(Analysis::best)
            .filter(fit -> fit.terms().stream().anyMatch(term -> term.power() != 0))
            .map(MemoryTable::formula)
            .orElse(""),
        analysis.map(a -> Text.clean(a.conclusion().sentence())).orElse(""),
        footprint.theory().map(theory -> Text.clean(theory.order())).orElse(""),
        footprint
            .theory()
            .map(Study.Theory::rangeExponent)
            .filter(Double::isFinite)
            .map(Figures::exponent)
            .orElse(""),
        footprint.allocated().map(MemoryTable::allocated).orElse(""),
        footprint
            .allocated()
            .map(bytes -> Text.clean(bytes.analysis().conclusion().law()))
            .orElse(""),
        footprint.held().map(MemoryTable::value).orElse(""),
        footprint.heldOverKept().map(Figures::factor).orElse(""),
        footprint.agreement().map(MemoryTable::flag).orElse(""));
  }

  /** Returns what is to be said of a disagreement; nothing where there is none. */
  private static String flag(Footprint.Agreement agreement) {
    return switch (agreement) {
      case AGREES -> "";
      case HOLDS_LESS -> "less than declared";
      case HOLDS_MORE -> "grows beyond what is kept";
    };
  }

  /** The profiler always sees a little; less than a byte is less than any object. */
  private static String allocated(Footprint.Bytes bytes) {
    return bytes.largest().sample().mean() < 1 ? "< 1 B" : value(bytes);
  }

  private static String value(Footprint.Bytes bytes) {
    return Figures.value(bytes.largest().sample().mean(), Unit.BYTES);
  }

  /** Returns a fitted law with its numbers, for example {@code 41.0 kB + 512 B·n}. */
  private static String formula(Fit fit) {
    StringBuilder formula = new StringBuilder();
    for (Fit.Term term : fit.terms()) {
      if (term.coefficient() != 0 || fit.terms().size() == 1) {
        boolean negative = term.coefficient() < 0;
        String sign = negative ? " − " : " + ";
        formula
            .append(formula.isEmpty() ? sign.strip().replace("+", "") : sign)
            .append(Figures.value(Math.abs(term.coefficient()), Unit.BYTES))
            .append(grown(term));
      }
    }
    return formula.toString();
  }

  private static String grown(Fit.Term term) {
    String power;
    if (term.power() == 0) {
      power = "";
    } else if (term.power() == 1) {
      power = "·n";
    } else if (term.power() == 2) {
      power = "·n²";
    } else if (term.power() == 3) {
      power = "·n³";
    } else {
      power = "·n^" + Figures.exponent(term.power());
    }
    return power + (term.logPower() == 0 ? "" : "·log₂ n");
  }
}
