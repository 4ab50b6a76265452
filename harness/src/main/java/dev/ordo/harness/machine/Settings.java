package dev.ordo.harness.machine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a machine is set up, of what its system tells in files: nothing here takes time.
 *
 * @param files where the system tells
 */
record Settings(SystemFiles files) {

  private static final String CPUS = "sys/devices/system/cpu";
  private static final long GIB = 1L << 30;

  /** Returns all checks, in the order in which they are printed. */
  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(governor());
    checks.add(turbo());
    checks.add(smt());
    checks.add(memory());
    checks.add(hugePages());
    checks.add(virtual());
    return checks;
  }

  Check governor() {
    Set<String> governors =
        new LinkedHashSet<>(files.readEach(CPUS, "cpu[0-9]*", "cpufreq/scaling_governor"));
    if (governors.isEmpty()) {
      return Check.unknown("governor");
    }
    return governors.equals(Set.of("performance"))
        ? Check.ok("governor", "performance")
        : Check.warn(
            "governor",
            String.join(", ", governors),
            "clocks change while you measure; cpupower frequency-set -g performance");
  }

  Check turbo() {
    Optional<String> noTurbo = files.read(CPUS + "/intel_pstate/no_turbo");
    Optional<String> boost = files.read(CPUS + "/cpufreq/boost");
    if (noTurbo.isEmpty() && boost.isEmpty()) {
      return Check.unknown("turbo");
    }
    boolean on = noTurbo.map("0"::equals).orElseGet(() -> boost.orElseThrow().equals("1"));
    String file = "/" + CPUS + (noTurbo.isPresent() ? "/intel_pstate/no_turbo" : "/cpufreq/boost");
    return on
        ? Check.warn(
            "turbo",
            "on",
            "clocks depend on heat and on other cores; echo "
                + (noTurbo.isPresent() ? "1" : "0")
                + " > "
                + file)
        : Check.ok("turbo", "off");
  }

  Check smt() {
    return files
        .read(CPUS + "/smt/active")
        .map(
            active ->
                active.equals("1")
                    ? Check.warn(
                        "smt",
                        "on",
                        "two hardware threads share a core; keep the machine idle, or echo off >"
                            + " /sys/devices/system/cpu/smt/control")
                    : Check.ok("smt", "off"))
        .orElse(Check.unknown("smt"));
  }

  Check memory() {
    Optional<String> text = files.read("proc/meminfo");
    if (text.isEmpty()) {
      return Check.unknown("memory");
    }
    OptionalLong available = bytes(text.get(), "MemAvailable");
    long swap = bytes(text.get(), "SwapTotal").orElse(0);
    long used = swap - bytes(text.get(), "SwapFree").orElse(swap);
    String found =
        (available.isPresent() ? gib(available.getAsLong()) + " free" : "free memory unknown")
            + (swap == 0 ? ", no swap" : ", swap " + gib(used) + " of " + gib(swap) + " used");
    if (used > 0) {
      return Check.warn("memory", found, "pages come back while you measure; swapoff -a");
    }
    return available.isPresent() && available.getAsLong() < GIB
        ? Check.warn("memory", found, "end other programs, or measure shorter lengths")
        : Check.ok("memory", found);
  }

  Check hugePages() {
    Optional<String> text = files.read("sys/kernel/mm/transparent_hugepage/enabled");
    Matcher chosen = Pattern.compile("\\[(\\w+)]").matcher(text.orElse(""));
    if (!chosen.find()) {
      return Check.unknown("huge pages");
    }
    return chosen.group(1).equals("always")
        ? Check.warn(
            "huge pages",
            "always",
            "the kernel merges pages whenever it likes; echo madvise >"
                + " /sys/kernel/mm/transparent_hugepage/enabled")
        : Check.ok("huge pages", chosen.group(1));
  }

  Check virtual() {
    Optional<String> cpus = files.read("proc/cpuinfo");
    if (cpus.isEmpty()) {
      return Check.unknown("virtual");
    }
    boolean guest =
        cpus.get()
            .lines()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> (line + " ").contains(" hypervisor "))
            .orElse(false);
    String maker = files.read("sys/class/dmi/id/sys_vendor").orElse("");
    return guest
        ? Check.warn(
            "virtual",
            ("virtual machine " + maker).strip(),
            "neighbours cannot be seen; repeat runs at other times of day, or measure on metal")
        : Check.ok("virtual", "no hypervisor seen");
  }

  /** Returns how often processors slowed down for heat since the machine started, if told. */
  OptionalLong throttles() {
    List<String> counts = files.readEach(CPUS, "cpu[0-9]*", "thermal_throttle/core_throttle_count");
    List<String> numbers = counts.stream().filter(text -> text.matches("\\d{1,18}")).toList();
    return numbers.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(numbers.stream().mapToLong(Long::parseLong).sum());
  }

  /** Reads a line of {@code /proc/meminfo}, in bytes. */
  static OptionalLong bytes(String text, String name) {
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(name) + ":\\s+(\\d{1,15}) kB").matcher(text);
    return line.find()
        ? OptionalLong.of(Long.parseLong(line.group(1)) * 1024)
        : OptionalLong.empty();
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }
}
