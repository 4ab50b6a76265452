package dev.ordo.harness.cli;

import dev.ordo.harness.gate.Gate;
import dev.ordo.harness.gate.GateConfig;
import dev.ordo.harness.gate.GateInput;
import dev.ordo.harness.gate.GateOptions;
import dev.ordo.harness.gate.GateOptions.Machines;
import dev.ordo.harness.gate.GateResult;
import dev.ordo.harness.gate.Location;
import dev.ordo.harness.gate.Outcome;
import dev.ordo.harness.gate.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fails where a candidate got worse than its baseline: in cost, in law, or than is declared. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Fails where a candidate got worse than its baseline: in cost, in how cost grows, or than"
            + " ordo.yml declares.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no regression",
      "1:a regression",
      "2:wrong arguments or input",
      "3:inconclusive: a regression may be there that the data cannot show"
    })
final class GateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--baseline",
      paramLabel = "BASE",
      arity = "1..*",
      required = true,
      description =
          "What to compare with: the folder of a run, or a result file that 'ordo analyze' reads;"
              + " of several, cells that are the same add their forks.")
  private List<Path> baseline;

  @Option(
      names = "--candidate",
      paramLabel = "CAND",
      arity = "1..*",
      required = true,
      description = "What to judge, likewise.")
  private List<Path> candidate;

  @Option(
      names = "--margin",
      paramLabel = "PERCENT",
      description =
          "The change of cost that is too small to count, as 5%% or 0.05. Default: what the noise"
              + " of both sides suggests, at least 1%%.")
  private String margin;

  @Option(
      names = "--alpha",
      paramLabel = "LEVEL",
      description =
          "Of gates on two results of the same code at most this part may fail; as 0.05 or 5%%."
              + " Default: 0.05.")
  private String alpha;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description =
          "The metrics to judge, for example time,gc.alloc.rate.norm. Default: time, the bytes"
              + " kept, and how the bytes allocated grow.")
  private List<String> metrics = List.of();

  @Option(
      names = "--size-param",
      paramLabel = "NAME",
      description = "The parameter that is the size. Default: what looks like it.")
  private String sizeParam;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Declared laws, ignored cells, margin and alpha; options win. Default: ordo.yml here, if"
              + " there is one.")
  private Path config;

  @Option(
      names = "--inconclusive",
      paramLabel = "fail|pass",
      description = "Whether an inconclusive gate ends with 3 or with 0. Default: fail.")
  private Inconclusive inconclusive;

  @Option(
      names = "--different-machines",
      description = "Judge laws alone, whatever the files say of machines and JVMs.")
  private boolean differentMachines;

  @Option(
      names = "--same-machine",
      description = "Judge costs too, whatever the files say of machines and JVMs.")
  private boolean sameMachine;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Fixes the resampling behind the intervals. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private GateOutputs outputs;

  @Override
  public Integer call() throws IOException {
    if (differentMachines && sameMachine) {
      throw new IllegalArgumentException(
          "--different-machines and --same-machine must not stand together");
    }
    outputs.check();
    Optional<Path> file = configuration();
    GateConfig read = file.isPresent() ? GateConfig.read(file.get()) : GateConfig.NONE;
    GateOptions options = options(read);
    GateInput base = GateFiles.read("baseline", baseline);
    GateInput judged = GateFiles.read("candidate", candidate);
    GateResult result = Gate.of(base, judged, options);
    Inconclusive doubt =
        inconclusive != null
            ? inconclusive
            : read.inconclusiveFails().orElse(true) ? Inconclusive.FAIL : Inconclusive.PASS;
    PrintWriter console = spec.commandLine().getOut();
    console.print(TextReport.text(result, Columns.of(), Terminal.isColoured()));
    if (result.outcome() == Outcome.INCONCLUSIVE && doubt == Inconclusive.PASS) {
      console.println("An inconclusive gate passes here, as was asked.");
    }
    String place = file.map(Path::toString).orElse(GateConfig.FILE);
    outputs.write(result, doubt, new Location(place.replace('\\', '/'), 1), console);
    console.flush();
    return switch (result.outcome()) {
      case PASSED -> ExitCode.FINE;
      case REGRESSED -> ExitCode.FAILED;
      case INCONCLUSIVE -> doubt.code();
    };
  }

  private Optional<Path> configuration() throws IOException {
    if (config != null) {
      if (!Files.isRegularFile(config)) {
        throw new IOException("no such file: " + config);
      }
      return Optional.of(config);
    }
    Path here = Path.of(GateConfig.FILE);
    return Files.isRegularFile(here) ? Optional.of(here) : Optional.empty();
  }

  private GateOptions options(GateConfig read) {
    GateOptions options =
        GateOptions.DEFAULT
            .withAlpha(alpha != null ? part("--alpha", alpha) : read.alpha().orElse(0.05))
            .withMetrics(metrics.stream().map(String::strip).distinct().toList())
            .withSizeParam(Optional.ofNullable(sizeParam))
            .withIgnored(read.ignored())
            .withDeclared(read.declared())
            .withMachines(
                differentMachines
                    ? Machines.DIFFERENT
                    : sameMachine ? Machines.SAME : Machines.FOUND)
            .withSeed(seed);
    OptionalDouble given =
        margin != null ? OptionalDouble.of(part("--margin", margin)) : read.margin();
    return given.isPresent() ? options.withMargin(given.getAsDouble()) : options;
  }

  private static double part(String option, String text) {
    return GateConfig.part(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    option + " (" + text + ") must be a number like 5% or 0.05"));
  }
}
