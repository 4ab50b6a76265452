package dev.ordo.harness.cli;

import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.verify.Verification;
import dev.ordo.models.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares models with what a reference computed from the same weights. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs a checkpoint's model and compares it with stored outputs of a reference.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything is within the tolerance",
      "1:something is beyond it",
      "2:a folder cannot be read, or its model_type is unknown"
    })
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "Folders with config.json, model.safetensors and expected.safetensors"
              + " (docs/verify.md says how to make one).")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-4",
      description =
          "The largest difference that passes, over the largest expected value. Default:"
              + " ${DEFAULT-VALUE}.")
  private double tolerance;

  @Mixin private Plugins plugins;

  @Override
  public Integer call() throws IOException {
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new IllegalArgumentException(
          "tolerance (" + tolerance + ") must be finite and not negative");
    }
    if (VectorJvm.needed()) {
      return VectorJvm.run(
          spec.commandLine().getParent().getParseResult().originalArgs(),
          Redirect.INHERIT,
          spec.commandLine().getErr());
    }
    VectorJvm.warnIfMissing(spec.commandLine().getErr());
    Verifier verifier = new Verifier(plugins.models());
    PrintWriter out = spec.commandLine().getOut();
    int code = ExitCode.FINE;
    for (Path folder : folders) {
      try {
        Verification verification = verifier.verify(folder);
        VerificationTable.print(folder, verification, tolerance, out);
        if (!verification.passes(tolerance)) {
          code = Math.max(code, ExitCode.FAILED);
        }
      } catch (IOException e) {
        // The other folders are still worth a look.
        code = Failures.failed(e, spec.commandLine(), spec.commandLine().getParseResult());
      } catch (OutOfMemoryError e) {
        // Nothing reaches the model any more; smaller ones are still worth a look.
        code =
            Failures.failed(
                tooLarge(folder), spec.commandLine(), spec.commandLine().getParseResult());
      }
      out.flush();
    }
    return code;
  }

  private static CheckpointException tooLarge(Path folder) {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    return new CheckpointException(
        folder,
        "expected a model that fits the heap of "
            + heap
            + " MiB, found a larger one (JAVA_TOOL_OPTIONS=-Xmx8g makes the heap 8 GiB)");
  }
}
