package dev.ordo.harness.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** The entry point of the command line. */
public final class Main {

  private Main() {}

  /**
   * Runs a command and ends the JVM with its {@linkplain ExitCode exit code}.
   *
   * @param args the arguments, as {@code --help} describes them
   */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.awt.headless", "true");
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    int code;
    try {
      code = execute(writer(System.out), writer(System.err), args);
    } catch (Error e) {
      System.err.println("ordo: internal error: " + e);
      if (List.of(args).contains(OrdoCommand.VERBOSE)) {
        e.printStackTrace();
      }
      code = ExitCode.INTERNAL;
    }
    System.exit(code);
  }

  /**
   * Runs a command.
   *
   * @param out takes results
   * @param err takes messages
   * @return its exit code
   */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new OrdoCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::badUsage)
        .setExecutionExceptionHandler(Failures::failed)
        .execute(args);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Reports use signs beyond ASCII, and a container's locale is often none at all. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
