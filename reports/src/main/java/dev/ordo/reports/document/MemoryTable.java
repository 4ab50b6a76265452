package dev.ordo.reports.document;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Style;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Formula;
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
            .map(fit -> Formula.of(fit, Unit.BYTES))
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
}
