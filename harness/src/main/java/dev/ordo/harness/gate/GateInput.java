package dev.ordo.harness.gate;

import dev.ordo.reports.data.Measurements;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One side of a gate.
 *
 * @param name how it is called, for people: its files
 * @param measurements what was measured
 * @param hosts the facts about the machines, name → value, one map for each run that has them
 * @param inRounds whether forks were measured in rounds, one of each cell
 */
public record GateInput(
    String name, Measurements measurements, List<Map<String, String>> hosts, boolean inRounds) {

  /** Copies the facts. */
  public GateInput {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(measurements, "measurements");
    hosts = hosts.stream().map(Map::copyOf).toList();
  }
}
