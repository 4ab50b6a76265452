package dev.ordo.harness.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A second JVM of this program with the vector module, which makes the built-in models fast and
 * which a plain {@code java -jar} leaves out.
 */
final class VectorJvm {

  private static final String MODULE = "jdk.incubator.vector";
  private static final String WARNING = "WARNING: Using incubator modules: " + MODULE;

  private VectorJvm() {}

  /** Returns whether this JVM runs without the module and another one could have it. */
  static boolean needed() {
    return !loaded() && inJdk();
  }

  /** Says so in one line if no JVM of this JDK can have the module. */
  static void warnIfMissing(PrintWriter err) {
    if (!loaded() && !inJdk()) {
      err.println("ordo: no vector module in this Java; plain loops are used, slower");
      err.flush();
    }
  }

  private static boolean loaded() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static boolean inJdk() {
    return ModuleFinder.ofSystem().find(MODULE).isPresent();
  }

  /**
   * Runs this program in such a JVM and waits for it. Standard input is this JVM's.
   *
   * @param args the arguments of the program
   * @param out where standard output goes
   * @param err takes what goes to standard error, without the warning that the module is there
   * @return the exit code
   * @throws IOException if the JVM cannot be started
   */
  static int run(List<String> args, Redirect out, PrintWriter err) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(javaHome().resolve("bin").resolve("java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("--add-modules", MODULE, "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(args);
    Process process =
        new ProcessBuilder(command).redirectInput(Redirect.INHERIT).redirectOutput(out).start();
    // Ended from outside, this JVM must not leave the other one behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "ordo-vector-jvm"));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.equals(WARNING)) {
          err.println(line);
        }
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }
}
