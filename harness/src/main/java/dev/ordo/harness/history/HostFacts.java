package dev.ordo.harness.history;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The facts about a machine and its Java that shape results, and a short key of them. */
final class HostFacts {

  private static final String UNKNOWN = "unknown";
  private static final String JVM = "jvm";
  private static final List<String> SHAPING = List.of("cpu", "logicalCores", "os");

  private HostFacts() {}

  /**
   * Returns the facts that shape results: processor, cores, operating system without the build of
   * its kernel, Java. Those that are not known are {@code unknown}.
   *
   * @param all facts as a run has them, name → value
   */
  static Map<String, String> shaping(Map<String, String> all) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name : SHAPING) {
      String value = all.getOrDefault(name, UNKNOWN);
      facts.put(
          name.equals("logicalCores") ? "cores" : name,
          name.equals("os") ? value.replaceFirst(" build .*", "") : value);
    }
    String jvms =
        all.entrySet().stream()
            .filter(fact -> fact.getKey().equals(JVM) || fact.getKey().startsWith(JVM + " "))
            .map(Map.Entry::getValue)
            .collect(joining("; "));
    facts.put(JVM, jvms.isEmpty() ? UNKNOWN : jvms);
    return facts;
  }

  /** Returns eight hexadecimal digits that differ where a fact does. */
  static String key(Map<String, String> facts) {
    byte[] text = facts.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(RunFile.sha256().digest(text)).substring(0, 8);
  }
}
