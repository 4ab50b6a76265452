package dev.ordo.harness.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says of each series of a run why it got no more forks. */
final class Endings {

  private final Goal goal;
  private final Knowledge knowledge = new Knowledge(new Forecast(cell -> Double.NaN));

  /**
   * Looks at a run.
   *
   * @param entries all entries of its journal
   */
  Endings(Goal goal, List<Entry> entries) {
    this.goal = goal;
    entries.forEach(knowledge::take);
  }

  /**
   * Returns a sentence for each reason, with the series that it ended; those without exponent not.
   */
  List<String> sentences() {
    boolean spent = new Steering(goal).round(Integer.MAX_VALUE, knowledge).cells().isEmpty();
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (List<Cell> cells : SeriesState.group(knowledge.measurable())) {
      SeriesState state = SeriesState.of(goal, knowledge, cells);
      if (state.standing().isPresent()) {
        String name = cells.get(0).series();
        boolean bent = state.standing().get().bent();
        groups
            .computeIfAbsent(reason(state, bent, spent), reason -> new ArrayList<>())
            .add(bent ? name : name + " " + plusMinus(state.standing().get().halfWidth()));
      }
    }
    List<String> sentences = new ArrayList<>();
    groups.forEach((reason, names) -> sentences.add(reason + String.join(", ", names)));
    return sentences;
  }

  private String reason(SeriesState state, boolean bent, boolean spent) {
    if (state.precise(new HashMap<>())) {
      return bent
          ? "Measuring ended because forks agree to a precision of "
              + plusMinus(goal.precision())
              + " while lengths stand off a power law, which no further fork narrows: "
          : "Measuring ended because the exponent was known to "
              + plusMinus(goal.precision())
              + " and confirmed: ";
    }
    if (state.full()) {
      return "Measuring ended because every length had " + goal.forks() + " forks (--forks): ";
    }
    return spent
        ? "Measuring ended because the budget was spent: "
        : "Measuring was stopped before an end was reached: ";
  }

  private static String plusMinus(double halfWidth) {
    return String.format(Locale.ROOT, "±%.2g", halfWidth);
  }
}
