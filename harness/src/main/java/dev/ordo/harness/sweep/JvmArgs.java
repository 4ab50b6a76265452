package dev.ordo.harness.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of arguments of forked JVMs.
 *
 * @param name how the set is called in results; empty where it is the only one and has no name
 * @param args the arguments
 */
public record JvmArgs(String name, List<String> args) {

  /** No arguments and no name. */
  public static final JvmArgs NONE = new JvmArgs("", List.of());

  /** What a set is called that has neither a name nor an argument. */
  private static final String DEFAULT = "default";

  /** An argument begins with a dash, a name does not. */
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9][\\w.+-]*)=(.*)");

  /** Copies the arguments. */
  public JvmArgs {
    Objects.requireNonNull(name, "name");
    args = List.copyOf(args);
  }

  /**
   * Reads the sets of a command line. Each is arguments between spaces, or {@code NAME=} and them.
   * Of several sets, one without a name is called by its arguments, or {@value #DEFAULT} without
   * any.
   *
   * @throws IllegalArgumentException if two sets have the same name
   */
  public static List<JvmArgs> sets(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of(NONE);
    }
    List<JvmArgs> sets = texts.stream().map(text -> of(text.strip(), texts.size() > 1)).toList();
    if (sets.stream().map(JvmArgs::name).distinct().count() < sets.size()) {
      throw new IllegalArgumentException(
          "sets of JVM arguments "
              + sets.stream().map(JvmArgs::name).toList()
              + " must not repeat one");
    }
    return sets;
  }

  private static JvmArgs of(String text, boolean several) {
    Matcher named = NAMED.matcher(text);
    if (named.matches()) {
      return new JvmArgs(named.group(1), split(named.group(2)));
    }
    List<String> args = split(text);
    String joined = args.isEmpty() ? DEFAULT : String.join(" ", args);
    return new JvmArgs(several ? joined : "", args);
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(arg -> !arg.isEmpty()).toList();
  }
}
