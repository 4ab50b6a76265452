package dev.ordo.harness.sweep;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;

/** The machine, the Java machine and the source revision of a run, as name → value. */
public final class Host {

  /** The name of the file in a run directory. */
  static final String FILE = "host.json";

  /** The name of the fact that tells the machine's own name. */
  static final String NAME = "host";

  /** The variable that names the machine where its host name does not, as in a container. */
  private static final String NAMED = "ORDO_HOST";

  /** What two machines that are alike to a measurement have in common, and their name. */
  private static final List<String> IDENTITY =
      List.of(NAME, "cpu", "physicalCores", "logicalCores", "caches", "cgroupCpu");

  private static final String UNKNOWN = "unknown";

  private Host() {}

  /**
   * Looks at this machine.
   *
   * @param sweep tells the JVMs of the forks and their arguments
   * @param directory a folder; where it lies in a git work tree, the commit is named
   */
  static Map<String, String> facts(Sweep sweep, Path directory) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(NAME, name());
    facts.putAll(machine());
    facts.put(
        "governor",
        firstLine(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"))
            .orElse(UNKNOWN));
    Cgroup cgroup = Cgroup.ofThisProcess();
    facts.put("cgroupCpu", cgroup.cpu());
    facts.put("cgroupMemory", cgroup.memory());
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.putAll(jvms(sweep));
    facts.put("gitCommit", commit(directory));
    return facts;
  }

  /** Returns processor, caches, memory and operating system of this machine, in reading order. */
  public static Map<String, String> machine() {
    try {
      return hardware(new SystemInfo());
    } catch (LinkageError | RuntimeException e) {
      // The native library cannot be unpacked everywhere, and no measurement depends on it.
      return Map.of("hardware", UNKNOWN + ": " + e);
    }
  }

  /**
   * Returns how one host differs from another, in words; nothing where they are the same. What only
   * one of them tells is no difference.
   */
  static Optional<String> difference(Map<String, String> one, Map<String, String> other) {
    for (String fact : IDENTITY) {
      String there = one.get(fact);
      String here = other.get(fact);
      if (there != null && here != null && !there.equals(here)) {
        return Optional.of(fact + " " + there + ", here " + here);
      }
    }
    return Optional.empty();
  }

  private static String name() {
    String given = System.getenv(NAMED);
    if (given != null && !given.isBlank()) {
      return given.strip();
    }
    return firstLine(Path.of("/proc/sys/kernel/hostname"))
        .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")))
        .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
        .orElse(UNKNOWN);
  }

  private static Map<String, String> jvms(Sweep sweep) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (ForkJvm jvm : sweep.dimensions().jvms()) {
      facts.put(
          ("jvm " + jvm.name()).strip(),
          jvm.unnamed() ? running() : jvm.vm() + " " + jvm.version() + " (" + jvm.launcher() + ")");
      for (JvmArgs set : sweep.dimensions().jvmArgs()) {
        facts.put(
            Stream.of("jvmFlags", jvm.name(), set.name())
                .filter(part -> !part.isEmpty())
                .collect(joining(" ")),
            String.join(" ", ForkRunner.jvmArgs(sweep, jvm, set)));
      }
    }
    return facts;
  }

  private static String running() {
    return System.getProperty("java.vm.name")
        + " "
        + System.getProperty("java.vm.version")
        + " ("
        + System.getProperty("java.vm.vendor")
        + ")";
  }

  private static Map<String, String> hardware(SystemInfo system) {
    CentralProcessor cpu = system.getHardware().getProcessor();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cpu", cpu.getProcessorIdentifier().getName().strip());
    facts.put("physicalCores", Integer.toString(cpu.getPhysicalProcessorCount()));
    facts.put("logicalCores", Integer.toString(cpu.getLogicalProcessorCount()));
    facts.put(
        "caches",
        cpu.getProcessorCaches().stream().map(Host::cache).distinct().collect(joining(", ")));
    facts.put("memory", bytes(system.getHardware().getMemory().getTotal()));
    facts.put("os", system.getOperatingSystem().toString());
    return facts;
  }

  private static String cache(CentralProcessor.ProcessorCache cache) {
    String type = cache.getType().toString().toLowerCase(Locale.ROOT);
    return "L" + cache.getLevel() + " " + type + " " + bytes(cache.getCacheSize());
  }

  private static String bytes(long count) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = count;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value == Math.rint(value) ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }

  private static Optional<String> firstLine(Path file) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip);
    } catch (IOException e) {
      return Optional.of("unreadable: " + e.getMessage());
    }
  }

  private static String commit(Path directory) {
    try {
      Path output = Files.createTempFile("ordo-git", ".txt");
      try {
        Process git =
            new ProcessBuilder(
                    "git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = git.waitFor(5, TimeUnit.SECONDS);
        git.destroy();
        String text = Files.readString(output).strip();
        return ended && !text.isEmpty() ? text : "not in a git work tree";
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      return "git not found";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
