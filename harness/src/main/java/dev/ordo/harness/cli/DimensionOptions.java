package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.Dimensions;
import dev.ordo.harness.sweep.ForkJvm;
import dev.ordo.harness.sweep.JvmArgs;
import dev.ordo.harness.sweep.JvmProbe;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for what cells differ in besides model, phase and length. */
final class DimensionOptions {

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      description =
          "Numbers of threads to split the kernels over, like 1,2; the report then shows the"
              + " speed-up. Default: ${DEFAULT-VALUE}.")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--batch",
      paramLabel = "B",
      split = ",",
      defaultValue = "1",
      description =
          "Numbers of sequences that one operation does, like 1,4: rows of one training step, or"
              + " sessions one after the other. Default: ${DEFAULT-VALUE}.")
  private List<Integer> batches = new ArrayList<>();

  @Option(
      names = "--jvm",
      paramLabel = "[NAME=]PATH",
      description =
          "A Java home or java launcher to measure on, 17 or newer; may be repeated, the report"
              + " then compares them. Default: the Java that runs ordo.")
  private List<String> jvms = new ArrayList<>();

  @Option(
      names = "--jvm-args",
      paramLabel = "[NAME=]ARGS",
      description =
          "Further arguments of the forked JVMs, between spaces; repeated, each is a set of its own"
              + " and the report compares them.")
  private List<String> jvmArgs = new ArrayList<>();

  /**
   * Returns what was asked for, every JVM asked whether it runs with every set of arguments.
   *
   * @param err takes a line for each JVM without the vector module
   * @throws IllegalArgumentException if something of it is not possible
   */
  Dimensions dimensions(PrintWriter err) {
    Dimensions dimensions =
        new Dimensions(threads, batches, JvmProbe.all(jvms), JvmArgs.sets(jvmArgs));
    for (ForkJvm jvm : dimensions.jvms()) {
      dimensions.jvmArgs().forEach(set -> JvmProbe.check(jvm, set));
      if (!jvm.vectors() && !jvms.isEmpty()) {
        err.println(
            "ordo: no vector module in JVM " + jvm.name() + "; plain loops are used, slower");
        err.flush();
      }
    }
    return dimensions;
  }
}
