package dev.ordo.harness.gate;

import dev.ordo.harness.gate.GateOptions.Machines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What two results have in common of machine and JVM, and which claims may therefore be made.
 *
 * <p>Machines differ where both sides say what they are and processor, number of cores or memory do
 * not agree. JVMs differ where both sides name them and kind or feature release (17, 25) do not
 * agree; a newer update of the same release is the same JVM.
 *
 * @param rule which claims are made
 * @param sentence what was found, for people
 */
record Surroundings(Rule rule, String sentence) {

  private static final List<String> MACHINE =
      List.of("cpu", "physicalCores", "logicalCores", "memory");

  private static final Pattern RELEASE = Pattern.compile("(?:1\\.)?(\\d+)[.\\d_+\\-\\w]*");

  /** Which claims are made. */
  enum Rule {
    /** Cost and laws. */
    SAME,
    /** Laws; a cost that differs much leaves the gate open. */
    OTHER_JVM,
    /** Laws; costs inform. */
    OTHER_MACHINE
  }

  static Surroundings of(GateInput base, GateInput candidate, Machines known) {
    if (known == Machines.DIFFERENT) {
      return new Surroundings(
          Rule.OTHER_MACHINE,
          "Different machines, as was said: laws are judged, costs only inform.");
    }
    if (known == Machines.SAME) {
      return new Surroundings(
          Rule.SAME, "The same machine and JVM, as was said: costs and laws are judged.");
    }
    List<String> machine = machine(base, candidate);
    if (!machine.isEmpty()) {
      return new Surroundings(
          Rule.OTHER_MACHINE,
          "Different machines ("
              + String.join("; ", machine)
              + "): laws are judged, costs only inform. --same-machine judges costs too.");
    }
    TreeSet<String> ours = releases(base);
    TreeSet<String> theirs = releases(candidate);
    if (!ours.isEmpty() && !theirs.isEmpty() && !ours.equals(theirs)) {
      return new Surroundings(
          Rule.OTHER_JVM,
          "Different JVMs ("
              + String.join(", ", ours)
              + "; "
              + String.join(", ", theirs)
              + "): laws are judged; costs inform, but no cost may pass that is half as much again."
              + " --same-machine judges costs too, --different-machines lets them pass.");
    }
    boolean unknown = base.hosts().isEmpty() || candidate.hosts().isEmpty();
    return new Surroundings(
        Rule.SAME,
        unknown
            ? "Nothing says that the machines differ: costs and laws are judged."
                + " --different-machines judges laws alone."
            : "The same kind of machine and JVM: costs and laws are judged.");
  }

  private static List<String> machine(GateInput base, GateInput candidate) {
    List<String> differences = new ArrayList<>();
    for (String fact : MACHINE) {
      TreeSet<String> ours = values(base, fact);
      TreeSet<String> theirs = values(candidate, fact);
      if (!ours.isEmpty() && !theirs.isEmpty() && !ours.equals(theirs)) {
        differences.add(fact + " " + String.join(", ", ours) + ", " + String.join(", ", theirs));
      }
    }
    TreeSet<String> ours = new TreeSet<>(base.measurements().measuredOn("host"));
    TreeSet<String> theirs = new TreeSet<>(candidate.measurements().measuredOn("host"));
    if (!ours.isEmpty() && !theirs.isEmpty() && !ours.equals(theirs)) {
      differences.add("host " + String.join(", ", ours) + ", " + String.join(", ", theirs));
    }
    return differences;
  }

  private static TreeSet<String> values(GateInput side, String fact) {
    TreeSet<String> values = new TreeSet<>();
    for (Map<String, String> host : side.hosts()) {
      if (host.containsKey(fact)) {
        values.add(host.get(fact));
      }
    }
    return values;
  }

  /** Returns kind and feature release of each JVM: {@code OpenJDK 64-Bit Server VM 17}. */
  private static TreeSet<String> releases(GateInput side) {
    TreeSet<String> releases = new TreeSet<>();
    for (String jvm : side.measurements().measuredOn("JVM")) {
      int blank = jvm.lastIndexOf(' ');
      Matcher release = RELEASE.matcher(jvm.substring(blank + 1));
      releases.add(
          release.matches() ? (jvm.substring(0, blank + 1) + release.group(1)).strip() : jvm);
    }
    return releases;
  }
}
