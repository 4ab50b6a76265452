package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.compare.Crossing;

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
    Json.interval(node, "size", crossing.size());
    node.put("smallest", crossing.smallest()).put("largest", crossing.largest());
    node.put("upTo", crossing.upTo());
    Json.interval(node, "ratioAtLargest", crossing.ratio());
    node.put("sentence", crossing.sentence());
  }
}
