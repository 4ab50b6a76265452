package dev.ordo.harness.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The limits that Linux control groups set this process, as the kernel writes them.
 *
 * @param root where control groups are mounted, usually {@code /sys/fs/cgroup}
 * @param membership the lines of {@code /proc/self/cgroup}
 */
public record Cgroup(Path root, List<String> membership) {

  private static final String NONE = "no limit";

  /** Returns those of this process; without any membership where the system has no such thing. */
  public static Cgroup ofThisProcess() {
    Path file = Path.of("/proc/self/cgroup");
    try {
      return new Cgroup(
          Path.of("/sys/fs/cgroup"), Files.isReadable(file) ? Files.readAllLines(file) : List.of());
    } catch (IOException e) {
      return new Cgroup(Path.of("/sys/fs/cgroup"), List.of());
    }
  }

  /** Returns the processor limit: quota and period in microseconds of the tightest group. */
  public String cpu() {
    return limit("cpu.max", "cpu", "cpu.cfs_quota_us");
  }

  /** Returns the memory limit in bytes of the tightest group. */
  public String memory() {
    return limit("memory.max", "memory", "memory.limit_in_bytes");
  }

  /**
   * Looks from the process's own group up to the root: a limit above holds below. The first limit
   * found is reported with the group it belongs to.
   */
  private String limit(String unified, String controller, String legacy) {
    if (membership.isEmpty()) {
      return "unknown";
    }
    for (String line : membership) {
      String[] parts = line.split(":", 3);
      if (parts.length < 3) {
        continue;
      }
      boolean isUnified = parts[1].isEmpty();
      if (!isUnified && !List.of(parts[1].split(",")).contains(controller)) {
        continue;
      }
      Path mount = isUnified ? root : root.resolve(controller);
      Path group = mount.resolve(parts[2].replaceFirst("^/+", "")).normalize();
      for (; group != null && group.startsWith(mount); group = group.getParent()) {
        String value = read(group.resolve(isUnified ? unified : legacy));
        if (limits(value)) {
          return value + " (" + group + ")";
        }
      }
    }
    return NONE;
  }

  /** The kernel writes no limit as max, as −1, or as the largest number of pages. */
  private static boolean limits(String value) {
    return !value.isEmpty()
        && !value.startsWith("max")
        && !value.startsWith("-")
        && !value.startsWith("92233720368547");
  }

  private static String read(Path file) {
    if (!Files.isReadable(file)) {
      return "";
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "unreadable: " + e.getMessage();
    }
  }
}
