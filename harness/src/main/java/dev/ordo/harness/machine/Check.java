package dev.ordo.harness.machine;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing that was looked at.
 *
 * @param name what
 * @param level how it is
 * @param found what was found
 * @param advice what to do; empty where there is nothing to be done
 */
public record Check(String name, Level level, String found, String advice) {

  /** How it is. */
  public enum Level {
    /** Nothing to worry about. */
    OK,
    /** It makes measurements noisy or wrong. */
    WARN,
    /** The system does not tell. */
    UNKNOWN;

    /** Returns the level as it is printed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks that every part is there. */
  public Check {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(advice, "advice");
  }

  static Check ok(String name, String found) {
    return new Check(name, Level.OK, found, "");
  }

  static Check warn(String name, String found, String advice) {
    return new Check(name, Level.WARN, found, advice);
  }

  static Check unknown(String name) {
    return new Check(name, Level.UNKNOWN, "this system does not tell", "");
  }

  /** Returns the check as one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-7s %-11s %s%s",
        level.word(),
        name,
        found,
        advice.isEmpty() ? "" : ": " + advice);
  }
}
