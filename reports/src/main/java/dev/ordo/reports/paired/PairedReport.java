package dev.ordo.reports.paired;

import dev.ordo.reports.compare.Change;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that there is to say of a paired comparison.
 *
 * @param base what the base is
 * @param candidate what the candidate is
 * @param sizeName the name of the size
 * @param comparison what the pairs come to
 * @param uncompared the cells without a comparison
 * @param notes further remarks, in plain sentences
 * @param environment facts about where it was measured, by name
 */
public record PairedReport(
    String base,
    String candidate,
    String sizeName,
    PairedComparison comparison,
    List<Uncompared> uncompared,
    List<String> notes,
    Map<String, String> environment) {

  /**
   * A cell without a comparison.
   *
   * @param cell its name
   * @param regressed whether the candidate is to blame: it failed where the base ran
   * @param reason why, as a part of a sentence
   */
  public record Uncompared(String cell, boolean regressed, String reason) {

    /** Checks that every part is there. */
    public Uncompared {
      Objects.requireNonNull(cell, "cell");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Copies the lists. */
  public PairedReport {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(sizeName, "sizeName");
    Objects.requireNonNull(comparison, "comparison");
    uncompared = List.copyOf(uncompared);
    notes = List.copyOf(notes);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** Returns what it comes to as a whole. */
  public Outcome outcome() {
    boolean regressed =
        comparison.count(Change.SLOWER) > 0
            || comparison.trends().stream().anyMatch(trend -> trend.change() == Change.SLOWER)
            || uncompared.stream().anyMatch(Uncompared::regressed);
    if (regressed) {
      return Outcome.REGRESSED;
    }
    boolean open =
        comparison.cells().isEmpty()
            || !uncompared.isEmpty()
            || comparison.cells().stream().anyMatch(CellFinding::doubtful);
    return open ? Outcome.INCONCLUSIVE : Outcome.PASSED;
  }
}
