package dev.ordo.harness.machine;

import java.util.Optional;

/**
 * What the processors have done since the machine started, as the first line of {@code /proc/stat}
 * has it, in ticks.
 *
 * @param total all ticks of all processors
 * @param idle those in which nothing was to be done
 * @param steal those in which a virtual processor wanted to run and another guest did
 */
public record CpuTimes(long total, long idle, long steal) {

  private static final int COLUMNS = 8;
  private static final int IDLE = 3;
  private static final int WAITING = 4;
  private static final int STEAL = 7;

  /** Reads the text of {@code /proc/stat}; nothing where it is none. */
  public static Optional<CpuTimes> parse(String text) {
    String first = text.lines().findFirst().orElse("");
    String[] parts = first.strip().split("\\s+");
    if (!parts[0].equals("cpu") || parts.length < 1 + WAITING) {
      return Optional.empty();
    }
    long[] ticks = new long[COLUMNS];
    // Guests are in user time already, and kernels before 2.6.11 know no steal.
    for (int i = 0; i < Math.min(COLUMNS, parts.length - 1); i++) {
      if (!parts[i + 1].matches("\\d{1,18}")) {
        return Optional.empty();
      }
      ticks[i] = Long.parseLong(parts[i + 1]);
    }
    long total = 0;
    for (long each : ticks) {
      total += each;
    }
    return Optional.of(new CpuTimes(total, ticks[IDLE] + ticks[WAITING], ticks[STEAL]));
  }

  /** Returns which part of the time since an earlier look was stolen, 0 … 1. */
  public double stolenSince(CpuTimes earlier) {
    return part(steal - earlier.steal, total - earlier.total);
  }

  /** Returns which part of the time since an earlier look the processors were busy, 0 … 1. */
  public double busySince(CpuTimes earlier) {
    return 1 - part(idle - earlier.idle, total - earlier.total);
  }

  private static double part(long some, long all) {
    return all <= 0 ? 0 : Math.min(1, Math.max(0, (double) some / all));
  }
}
