package dev.ordo.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the measurements ran on: machine, system, JDKs and the variables that steer the peers. */
final class Environment {

  private static final List<String> VARIABLES =
      List.of(
          "OPENBLAS_CORETYPE",
          "OPENBLAS_NUM_THREADS",
          "OMP_NUM_THREADS",
          "MKL_NUM_THREADS",
          "OPT_OUT_TRACKING");

  private Environment() {}

  /** Returns what there is to say, by name. */
  static Map<String, String> of(List<Jdk> jdks, Plan plan, Path work) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("caches", caches());
    facts.put("transparent huge pages", hugePages());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    for (Jdk jdk : jdks) {
      facts.put(jdk.toString(), jdk.version());
    }
    for (Jdk jdk : jdks) {
      facts.put("arguments on " + jdk, String.join(" ", plain(jdk.arguments(work))));
    }
    for (String name : VARIABLES) {
      facts.put(name, String.valueOf(System.getenv(name)));
    }
    facts.put(
        "forks",
        plan.forks()
            + " of each row, "
            + plan.warmups()
            + " + "
            + plan.iterations()
            + " turns of "
            + plan.millis()
            + " ms after at most "
            + plan.settlingMillis()
            + " ms to be compiled");
    return facts;
  }

  /** Leaves out what says where things are on this machine. */
  private static List<String> plain(List<String> arguments) {
    return arguments.stream().filter(argument -> !argument.contains("/")).toList();
  }

  private static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static String hugePages() throws IOException {
    Path file = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    return Files.isReadable(file) ? Files.readString(file).strip() : "unknown";
  }

  private static String caches() throws IOException {
    Path folder = Path.of("/sys/devices/system/cpu/cpu0/cache");
    if (!Files.isDirectory(folder)) {
      return "unknown";
    }
    try (Stream<Path> indices = Files.list(folder)) {
      List<Path> levels = indices.filter(p -> Files.exists(p.resolve("size"))).sorted().toList();
      StringBuilder text = new StringBuilder();
      for (Path level : levels) {
        if (!Files.readString(level.resolve("type")).startsWith("Instruction")) {
          text.append(text.isEmpty() ? "L" : ", L")
              .append(Files.readString(level.resolve("level")).strip())
              .append(' ')
              .append(Files.readString(level.resolve("size")).strip());
        }
      }
      return text.toString();
    }
  }
}
