package dev.ordo.harness.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** What the program writes to: a terminal that a person watches, or a file or pipe. */
final class Terminal {

  private Terminal() {}

  /**
   * Returns whether a person watches. From JDK 22 on there is a console even where there is no
   * terminal, and it tells so by a method that JDK 17 does not have.
   */
  static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Console.isTerminal must be callable", e);
    }
  }

  /**
   * Returns whether to write in colours: on a terminal that has them, unless {@code NO_COLOR} is
   * set; {@code CLICOLOR_FORCE} has them everywhere.
   */
  static boolean isColoured() {
    return isColoured(System.getenv(), isThere(), Ansi.AUTO.enabled());
  }

  /**
   * Returns the same for an environment.
   *
   * @param environment its variables
   * @param there whether a person watches
   * @param auto what picocli says, which knows the conventions of many terminals
   */
  static boolean isColoured(Map<String, String> environment, boolean there, boolean auto) {
    // An empty NO_COLOR asks for nothing (no-color.org).
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
    if (!forced.isEmpty() && !forced.equals("0")) {
      return true;
    }
    return auto && there && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
