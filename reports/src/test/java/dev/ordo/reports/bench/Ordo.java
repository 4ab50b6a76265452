package dev.ordo.reports.bench;

import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.Growth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ordo's own analyses as answers. */
final class Ordo {

  private static final Map<String, Growth> WORDS =
      Arrays.stream(Growth.values()).collect(Collectors.toMap(Growth::word, Function.identity()));

  private static final String OVERHEAD = "overhead + ";

  private Ordo() {}

  /** Returns the conclusion, and the curve that the chart shows, of at least 3 sizes. */
  static Answer concluded(Analysis analysis) {
    Fit best = analysis.best().orElseThrow();
    return new Answer(claim(analysis), best::at);
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
   * Returns what a conclusion claims.
   *
   * @throws IllegalStateException if it speaks of a law that this program does not know
   */
  static Claim claim(Analysis analysis) {
    if (!analysis.conclusion().told()) {
      return Claim.NOTHING;
    }
    String law = analysis.conclusion().law();
    String word = law.startsWith(OVERHEAD) ? law.substring(OVERHEAD.length()) : law;
    if (WORDS.containsKey(word)) {
      return Claim.of(Order.of(WORDS.get(word)));
    }
    if (word.matches("n\\^[0-9.]+")) {
      return Claim.of(new Order(Double.parseDouble(word.substring(2)), 0));
    }
    return switch (word) {
      case "quasi-linear" -> Claim.between(Order.LINEAR, Order.LINEARITHMIC);
      case "quasi-quadratic" ->
          Claim.between(Order.QUADRATIC, Order.of(Growth.QUADRATIC_LOGARITHMIC));
      case "linear + quadratic" -> Claim.MIXED;
      default -> throw new IllegalStateException("the conclusion (" + law + ") is unknown");
    };
  }
}
