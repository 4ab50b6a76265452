package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.Optional;

/** One finding as the texts of the summary table. */
final class Cell {

  static final String NONE = "—";

  private final Study.Finding finding;

  Cell(Study.Finding finding) {
    this.finding = finding;
  }

  String subject() {
    return Text.clean(finding.subject());
  }

  String aspect() {
    return Text.clean(finding.aspect());
  }

  /** Returns the exponent with its interval, or a dash. */
  String exponent() {
    Optional<Interval> exponent = finding.analysis().exponent();
    return exponent.map(e -> Figures.exponent(e.value()) + " " + Figures.exponents(e)).orElse(NONE);
  }

  /** Returns the law; of bounds, with the likeliest law between them in parentheses. */
  String law() {
    Conclusion conclusion = finding.analysis().conclusion();
    String likeliest = conclusion.likeliest().map(law -> " (" + law + ")").orElse("");
    return Text.clean(conclusion.law() + likeliest);
  }

  /** Returns the theoretical class with theory's slope over the measured sizes, or nothing. */
  String theory() {
    String exponent = theoryExponent();
    return exponent.isEmpty() ? theoryOrder() : theoryOrder() + " (" + exponent + ")";
  }

  String theoryOrder() {
    return finding.theory().map(theory -> Text.clean(theory.order())).orElse("");
  }

  String theoryExponent() {
    return finding
        .theory()
        .map(Study.Theory::rangeExponent)
        .filter(Double::isFinite)
        .map(Figures::exponent)
        .orElse("");
  }

  String sentence() {
    return Text.clean(finding.analysis().conclusion().sentence());
  }
}
