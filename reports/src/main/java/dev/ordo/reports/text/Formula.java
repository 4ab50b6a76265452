package dev.ordo.reports.text;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Fit;

/** A fitted law with its numbers as one line of text. */
public final class Formula {

  private Formula() {}

  /**
   * Returns a law with its numbers, for example {@code 41.0 kB + 512 B·n}; terms that are zero are
   * left out unless there is no other.
   *
   * @param unit the unit of the coefficients
   */
  public static String of(Fit fit, Unit unit) {
    StringBuilder formula = new StringBuilder();
    for (Fit.Term term : fit.terms()) {
      if (term.coefficient() != 0 || fit.terms().size() == 1) {
        boolean negative = term.coefficient() < 0;
        String sign = negative ? " − " : " + ";
        formula
            .append(formula.isEmpty() ? sign.strip().replace("+", "") : sign)
            .append(Figures.value(Math.abs(term.coefficient()), unit))
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
    return power
        + switch (term.logPower()) {
          case 0 -> "";
          case 1 -> "·log₂ n";
          default -> "·(log₂ n)^" + term.logPower();
        };
  }
}
