package dev.ordo.harness.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.harness.machine.Check;
import dev.ordo.harness.machine.Examination;
import dev.ordo.harness.machine.Noise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at the machine and says how small a change can honestly be found on it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Looks at the machine for about 20 s: how noisy it is and why, and how small a change a"
            + " regression check can find here. Exits with 0 whatever it finds, with 1 where the"
            + " noise cannot be measured.")
final class DoctorCommand implements Callable<Integer> {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "16",
      description = "How long forks of the same work run, 1..600. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write what was found to a file too; an earlier one is written over.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    if (seconds < 1 || seconds > 600) {
      throw new IllegalArgumentException("seconds (" + seconds + ") must be in 1..600");
    }
    if (json != null && Files.isDirectory(json)) {
      throw new IOException("output " + json + " must be a file, found a folder");
    }
    Examination found = Examination.ofThisMachine(seconds, System.getProperty("java.class.path"));
    PrintWriter out = spec.commandLine().getOut();
    found.checks().forEach(out::println);
    print(found, out);
    out.flush();
    if (json != null) {
      Files.write(json, JSON.writeValueAsBytes(tree(found)));
    }
    return found.noise().isPresent() ? ExitCode.FINE : ExitCode.FAILED;
  }

  private static void print(Examination found, PrintWriter out) {
    if (found.detectable().isEmpty()) {
      return;
    }
    out.println();
    out.println(
        "The smallest change of fixed arithmetic that a comparison finds here, 95 times in");
    out.println("100 at a level of 5 %; a model that uses memory is noisier:");
    found
        .detectable()
        .forEach(
            (forks, ratio) ->
                out.printf(
                    Locale.ROOT, "  %2d forks on each side: %.1f %%%n", forks, 100 * (ratio - 1)));
  }

  private static ObjectNode tree(Examination found) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("schema", "ordo-doctor").put("version", 1);
    ArrayNode checks = tree.putArray("checks");
    for (Check check : found.checks()) {
      checks
          .addObject()
          .put("name", check.name())
          .put("level", check.level().word())
          .put("found", check.found())
          .put("advice", check.advice());
    }
    if (found.noise().isPresent()) {
      Noise noise = found.noise().get();
      tree.putObject("noise")
          .put("betweenForks", noise.between())
          .put("withinForks", noise.within())
          .put("forks", noise.forks());
    } else {
      tree.putNull("noise");
    }
    ArrayNode detectable = tree.putArray("detectable");
    found
        .detectable()
        .forEach((forks, ratio) -> detectable.addObject().put("forks", forks).put("ratio", ratio));
    return tree;
  }
}
