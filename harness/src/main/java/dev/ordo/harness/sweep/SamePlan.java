package dev.ordo.harness.sweep;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Two runs that are to be the same sweep.
 *
 * @param one what the first one measures
 * @param other what the second one measures
 */
record SamePlan(Entry.Start one, Entry.Start other) {

  /**
   * Checks that forks of both can stand in one result. Budgets and numbers of forks may differ.
   *
   * @param oneName how a message names the first
   * @param otherName how a message names the second
   * @throws IOException if they differ in anything else
   */
  void check(String oneName, String otherName) throws IOException {
    Map<String, Object> here = facts(one);
    Map<String, Object> there = facts(other);
    for (Map.Entry<String, Object> fact : here.entrySet()) {
      Object found = there.get(fact.getKey());
      if (!Objects.equals(fact.getValue(), found)) {
        throw new IOException(
            oneName
                + " and "
                + otherName
                + " cannot be merged: "
                + fact.getKey()
                + " "
                + fact.getValue()
                + " and "
                + found);
      }
    }
  }

  private static Map<String, Object> facts(Entry.Start start) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("ordo", start.ordo());
    facts.put("number of shards", start.shard() == null ? 1 : Shard.of(start.shard()).count());
    facts.put("models", start.models());
    facts.put("phases", start.phases());
    facts.put("lengths", start.lengths());
    facts.put("threads", start.dimensions().threads());
    facts.put("batches", start.dimensions().batches());
    facts.put(
        "Java machines",
        start.dimensions().jvms().stream()
            .map(jvm -> (jvm.name() + " " + jvm.vm() + " " + jvm.version()).strip())
            .toList());
    facts.put("JVM arguments", start.dimensions().jvmArgs().stream().map(JvmArgs::args).toList());
    Map<String, String> shapes = new TreeMap<>();
    start.models().forEach(model -> shapes.put(model, start.shape(model).text()));
    facts.put("shapes", shapes);
    facts.put("seed", start.seed());
    facts.put(
        "files and commands",
        Objects.requireNonNullElse(start.guests(), List.<Guest>of()).stream()
            .map(guest -> guest.isCommand() ? guest.source() : guest.kind() + guest.options())
            .toList());
    // Each machine may have them in another place.
    facts.put(
        "SHA-256 of files",
        start.files() == null ? List.of() : start.files().values().stream().sorted().toList());
    return facts;
  }
}
