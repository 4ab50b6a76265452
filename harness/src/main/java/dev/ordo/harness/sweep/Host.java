package dev.ordo.harness.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OperatingSystem;

/** The machine, the Java machine and the source revision of a run, as name → value. */
final class Host {

  /** The name of the file in a run directory. */
  static final String FILE = "host.json";

  private static final String UNKNOWN = "unknown";

  private Host() {}

  /**
   * Looks at this machine.
   *
   * @param forkArgs the arguments of the forked JVMs
   * @param directory a folder; where it lies in a git work tree, the commit is named
   */
  static Map<String, String> facts(List<String> forkArgs, Path directory) {
    SystemInfo system = new SystemInfo();
    CentralProcessor cpu = system.getHardware().getProcessor();
    GlobalMemory memory = system.getHardware().getMemory();
    OperatingSystem os = system.getOperatingSystem();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("cpu", cpu.getProcessorIdentifier().getName().strip());
    facts.put("physicalCores", Integer.toString(cpu.getPhysicalProcessorCount()));
    facts.put("logicalCores", Integer.toString(cpu.getLogicalProcessorCount()));
    facts.put(
        "caches",
        cpu.getProcessorCaches().stream()
            .map(
                cache ->
                    "L"
                        + cache.getLevel()
                        + " "
                        + cache.getType().toString().toLowerCase(Locale.ROOT)
                        + " "
                        + bytes(cache.getCacheSize()))
            .distinct()
            .collect(Collectors.joining(", ")));
    facts.put("memory", bytes(memory.getTotal()));
    facts.put(
        "governor",
        firstLine(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"))
            .orElse(UNKNOWN));
    facts.put("cgroupCpu", firstLine(Path.of("/sys/fs/cgroup/cpu.max")).orElse("no limit found"));
    facts.put(
        "cgroupMemory", firstLine(Path.of("/sys/fs/cgroup/memory.max")).orElse("no limit found"));
    facts.put("os", os.toString());
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put(
        "jvm",
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.vm.version")
            + " ("
            + System.getProperty("java.vm.vendor")
            + ")");
    facts.put("jvmFlags", String.join(" ", forkArgs));
    facts.put("gitCommit", commit(directory));
    return facts;
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
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = git.waitFor(5, TimeUnit.SECONDS);
      return ended && git.exitValue() == 0 && !output.isEmpty() ? output : "not in a git work tree";
    } catch (IOException e) {
      return "git not found";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
