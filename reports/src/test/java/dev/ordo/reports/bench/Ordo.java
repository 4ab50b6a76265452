package dev.ordo.reports.bench;

import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Fit;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Ordo's own analyses as answers. */
final class Ordo {

  private static final String SUM = "linear + quadratic";
  private static final String AT_MOST = "at most ";
  private static final Pattern POWER = Pattern.compile("n\\^[0-9.]+");

  private Ordo() {}

  /** Returns the conclusion, and the curve that the chart shows, of at least 3 sizes. */
  static Answer concluded(Analysis analysis) {
    Fit best = analysis.best().orElseThrow();
    return new Answer(claim(analysis.conclusion()), best::at);
  }

  /** Returns the winner of the ranking by AICc, without any of the rules that decide. */
  static Answer ranked(Analysis analysis) {
    Fit first = analysis.ranking().get(0);
    long growing =
        first.terms().stream()
            .filter(term -> term.coefficient() > 0)
            .filter(term -> term.power() != 0 || term.logPower() != 0)
            .count();
    if (growing == 2) {
      return new Answer(Claim.MIXED, first::at);
    }
    Order order =
        first.terms().stream()
            .filter(term -> term.coefficient() > 0)
            .map(term -> new Order(term.power(), term.logPower()))
            .max(Comparator.naturalOrder())
            .orElse(Order.CONSTANT);
    return new Answer(Claim.of(order), first::at);
  }

  /**
   * Returns what a conclusion claims: its bounds, but for powers that no bound can express.
   *
   * @throws IllegalStateException if it claims something and has no bounds
   */
  static Claim claim(Conclusion conclusion) {
    if (!conclusion.told()) {
      return Claim.NOTHING;
    }
    String law = conclusion.law().replaceFirst("^overhead \\+ ", "");
    if (law.equals(SUM)) {
      return Claim.MIXED;
    }
    if (law.startsWith(AT_MOST + "n^")) {
      double power = Double.parseDouble(law.substring(AT_MOST.length() + 2));
      return Claim.between(Order.CONSTANT, new Order(power, 0));
    }
    if (POWER.matcher(law).matches()) {
      return Claim.of(new Order(Double.parseDouble(law.substring(2)), 0));
    }
    return conclusion
        .bounds()
        .map(bounds -> Claim.between(Order.of(bounds.atLeast()), Order.of(bounds.atMost())))
        .orElseThrow(() -> new IllegalStateException("the claim (" + law + ") has no bounds"));
  }
}
