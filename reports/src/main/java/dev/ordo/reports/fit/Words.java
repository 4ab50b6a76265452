package dev.ordo.reports.fit;

import dev.ordo.reports.data.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers and lists as they stand in sentences. */
final class Words {

  private Words() {}

  /** Returns what grows: {@code Time}, {@code Memory} or {@code The value}. */
  static String subject(Unit unit) {
    return switch (unit.dimension()) {
      case TIME -> "Time";
      case MEMORY -> "Memory";
      case OTHER -> "The value";
    };
  }

  /** Returns a relative error as a percentage, {@code 1.8 %}. */
  static String percent(double part) {
    double hundred = 100 * part;
    if (hundred < 0.1) {
      return "0.1 %";
    }
    return String.format(Locale.ROOT, hundred < 9.95 ? "%.1f %%" : "%.0f %%", hundred);
  }

  /** Returns how credible something is, {@code 97 %} or {@code over 99.9 %}. */
  static String credence(double part) {
    if (part > 0.999) {
      return "over 99.9 %";
    }
    return String.format(Locale.ROOT, part > 0.985 ? "%.1f %%" : "%.0f %%", 100 * part);
  }

  /** Returns a growth over a range: as a percentage, from a factor of 2 on as that. */
  static String growth(double change) {
    return change < 1
        ? percent(change)
        : String.format(
            Locale.ROOT, change < 9 ? "a factor of %.1f" : "a factor of %.0f", 1 + change);
  }

  /** Returns a size: whole where it is 100 or more, else with three digits. */
  static String size(double n) {
    if (Double.isInfinite(n)) {
      return "∞";
    }
    if (n >= 1e7) {
      return String.format(Locale.ROOT, "%.2g", n);
    }
    return n >= 100 || n == Math.rint(n)
        ? String.format(Locale.ROOT, "%.0f", n)
        : String.format(Locale.ROOT, "%.3g", n);
  }

  /** Returns an exponent with its interval, {@code n^1.03 [0.99, 1.07]}. */
  static String exponent(Interval exponent) {
    return String.format(
        Locale.ROOT, "n^%.2f [%.2f, %.2f]", exponent.value(), exponent.low(), exponent.high());
  }

  /** Returns a size with its interval, {@code 4096 [3800, 4400]}. */
  static String size(Interval size) {
    return size(size.value()) + " [" + size(size.low()) + ", " + size(size.high()) + "]";
  }

  /** Returns a list, {@code a, b and c}. */
  static String and(List<String> parts) {
    int last = parts.size() - 1;
    return last <= 0
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  /** Returns where a series changes and what that means for the law, {@code a step …}. */
  static String regime(Regime regime) {
    String place = "between " + size(regime.after()) + " and " + size(regime.from());
    Interval height = regime.height();
    return switch (regime.kind()) {
      case STEP ->
          "this is from "
              + size(regime.from())
              + " on, a step "
              + place
              + " by a factor of "
              + String.format(
                  Locale.ROOT, "%.2f [%.2f, %.2f]", height.value(), height.low(), height.high())
              + " being taken out";
      case FLOOR ->
          "this is from " + size(regime.from()) + " on, for values are flat up to a place " + place;
      case KNOT ->
          "this is from "
              + size(regime.from())
              + " on, for the exponent changes by "
              + String.format(
                  Locale.ROOT, "%+.2f [%+.2f, %+.2f]", height.value(), height.low(), height.high())
              + " "
              + place;
    };
  }

  /** Returns what a reader must know of the data, as the end of a sentence with its full stop. */
  static String remarks(
      Observations data,
      Plausible plausible,
      Optional<OutlyingSize> setAside,
      Optional<Regime> regime) {
    StringBuilder text = new StringBuilder();
    if (data.forkDegrees() == 0) {
      text.append("; with one fork a size, noise is judged by scatter alone");
    } else if (plausible.loose()) {
      text.append("; sizes scatter more about the curve than forks explain (")
          .append(percent(Math.sqrt(data.forkVariance())))
          .append(")");
    }
    regime.ifPresent(found -> text.append("; ").append(regime(found)));
    setAside.ifPresent(
        size ->
            text.append("; size ")
                .append(size(size.size()))
                .append(" is set aside, being ")
                .append(percent(Math.abs(size.excess())))
                .append(size.excess() > 0 ? " above" : " below")
                .append(" what the others tell"));
    if (!data.excludedSizes().isEmpty()) {
      text.append("; an outlying fork is left out at ")
          .append(and(data.excludedSizes().stream().map(Words::size).toList()));
    }
    data.summary().clauses().forEach(clause -> text.append("; ").append(clause));
    return text.append(".").toString();
  }
}
