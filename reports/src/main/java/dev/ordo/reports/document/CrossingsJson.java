package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.compare.Crossing;
import dev.ordo.reports.fit.Interval;
import java.util.Optional;

/**
 * Crossovers as JSON: {@code [{"aspect", "winner", "loser", "sizeName", "unit", "kind", "size",
 * "smallest", "largest", "upTo", "ratioAtLargest", "sentence"}]}. The kind is {@code overtakes},
 * {@code throughout} or {@code cannot tell}; {@code size} is from where the winner is lower, {@code
 * upTo} up to where that is known. Both intervals are {@code null} where there is none.
 */
final class CrossingsJson {

  private CrossingsJson() {}

  static void write(Crossing crossing, ObjectNode node) {
    node.put("aspect", crossing.aspect());
    node.put("winner", crossing.winner()).put("loser", crossing.loser());
    node.put("sizeName", crossing.sizeName()).put("unit", crossing.unit().symbol());
    node.put("kind", crossing.kind().word());
    write("size", crossing.size(), node);
    node.put("smallest", crossing.smallest()).put("largest", crossing.largest());
    node.put("upTo", crossing.upTo());
    write("ratioAtLargest", crossing.ratio(), node);
    node.put("sentence", crossing.sentence());
  }

  /** Writes an interval; {@code null} where there is none, and for an end that is not finite. */
  static void write(String name, Optional<Interval> interval, ObjectNode node) {
    if (interval.isEmpty()) {
      node.putNull(name);
      return;
    }
    ObjectNode child = node.putObject(name);
    number("value", interval.get().value(), child);
    number("low", interval.get().low(), child);
    number("high", interval.get().high(), child);
    number("confidence", interval.get().confidence(), child);
  }

  static void number(String name, double value, ObjectNode node) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
