package dev.ordo.harness.machine;

import java.util.Optional;

/**
 * The processor time of a process, as {@code /proc/PID/stat} has it.
 *
 * @param pid its number
 * @param parent the number of the process that started it
 * @param name its name, as the kernel cuts it
 * @param ticks user and system time, in ticks
 */
record ProcessTime(long pid, long parent, String name, long ticks) {

  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  /** Reads a line; nothing where it is none. A name may hold blanks and parentheses itself. */
  static Optional<ProcessTime> parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 2 || close < open) {
      return Optional.empty();
    }
    String[] rest = line.substring(close + 1).strip().split("\\s+");
    String number = "-?\\d{1,18}";
    String pid = line.substring(0, open).strip();
    if (rest.length <= SYSTEM
        || !pid.matches(number)
        || !rest[PARENT].matches(number)
        || !rest[USER].matches(number)
        || !rest[SYSTEM].matches(number)) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessTime(
            Long.parseLong(pid),
            Long.parseLong(rest[PARENT]),
            line.substring(open + 1, close),
            Long.parseLong(rest[USER]) + Long.parseLong(rest[SYSTEM])));
  }
}
