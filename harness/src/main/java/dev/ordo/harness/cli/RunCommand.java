package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.Profiling;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.SameParameters;
import dev.ordo.harness.sweep.Sweep;
import dev.ordo.harness.sweep.SweepRun;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures models and writes a report. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures models over sequence lengths, fits growth laws and writes a report.")
final class RunCommand implements Callable<Integer> {

  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private static final Pattern COUNT = Pattern.compile("([1-9][0-9]{0,11})([kKmM]?)");

  /** One of each family, so that a run without arguments ends within six minutes. */
  private static final Set<String> USUAL =
      Set.of("transformer", "transformer-kv", "rnn", "s4d", "mamba");

  @Spec private CommandSpec spec;

  @Mixin private MeasuredCells cells;

  @Option(
      names = "--iso-params",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Choose each model's width so that all have N parameters within 2 %%, like 1000000 or 2M."
              + " Without N: as many as the first model has at --shape.")
  private String isoParams;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description =
          "Measure with the weights of a folder with config.json and model.safetensors. Models:"
              + " those that load its model_type.")
  private Path checkpoint;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "330s",
      description =
          "The time that measuring may take, like 90s or 5m; it takes less where all series are"
              + " known well enough (--precision). Default: ${DEFAULT-VALUE}.")
  private Duration budget;

  @Option(
      names = "--forks",
      paramLabel = "N",
      defaultValue = "10",
      description = "The most forks a length of a series gets. Default: ${DEFAULT-VALUE}.")
  private int forks;

  @Option(
      names = "--precision",
      paramLabel = "X",
      defaultValue = "0.05",
      description =
          "What is enough: half the width of the 95 %% interval of a series' exponent. A series"
              + " that is known so well gets no more forks. Default: ${DEFAULT-VALUE}.")
  private double precision;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write: a new or empty folder. Default: ordo-runs/<time>.")
  private Path out;

  @Mixin private Continuation continuation;

  @Mixin private Plugins plugins;

  @Mixin private GuestOptions guests;

  @Option(
      names = "--profile",
      paramLabel = "NAME[:OPTIONS]",
      description =
          "A profiler of JMH, such as jfr, perfnorm, stack or async:libPath=FILE; may be repeated."
              + " It runs in further forks that do not count, after the budget, one of each series"
              + " at its longest length, and writes into the folder 'profiles' of the run.")
  private List<String> profilers = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (continuation.resumes()) {
      return continuation.resume(spec);
    }
    VectorJvm.warnIfMissing(spec.commandLine().getErr());
    Models known = guests.addedTo(plugins.models());
    Profiling profiling = new Profiling(profilers);
    Sweep sweep;
    SweepRun run;
    try {
      sweep = sweep(known);
      run = new SweepRun(sweep, known, continuation.options());
    } catch (LoadedCheckpoint.ProbeFailed e) {
      return e.code();
    }
    Path folder =
        out != null
            ? out
            : Path.of("ordo-runs", LocalDateTime.now(ZoneId.systemDefault()).format(FOLDER));
    RunDirectory directory = RunDirectory.create(folder.toAbsolutePath().normalize());
    return new Foreground(spec, directory, known)
        .carryOut(
            (progress, stopping) -> {
              run.measure(directory, OrdoCommand.Version.text(), progress, stopping);
              profiling.run(sweep, directory, stopping);
            });
  }

  /** Returns the models asked for, files and commands too; none where it was not said which. */
  private List<String> named(Models known) {
    if (cells.all() && checkpoint != null) {
      return guests.ids();
    }
    List<String> all = new ArrayList<>(cells.models(known));
    guests.ids().stream().filter(id -> !all.contains(id)).forEach(all::add);
    return all;
  }

  /** Returns the models of a run that names none. */
  private static List<String> usual(Models known) {
    Set<String> builtIn = Set.copyOf(Models.load(RunCommand.class.getClassLoader()).ids());
    return known.ids().stream().filter(id -> USUAL.contains(id) || !builtIn.contains(id)).toList();
  }

  private Map<String, ModelShape> shapes(Models known, List<String> ids, ModelShape sizes) {
    if (isoParams == null) {
      return Sweep.same(sizes, ids);
    }
    if (checkpoint != null) {
      throw new IllegalArgumentException(
          "--iso-params must not stand beside --checkpoint, which has its own sizes");
    }
    return SameParameters.shapes(
        known, ids, sizes, isoParams.isBlank() ? OptionalLong.empty() : count(isoParams.strip()));
  }

  private static OptionalLong count(String text) {
    Matcher parts = COUNT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "--iso-params (" + text + ") must be a whole number of parameters, like 1000000 or 2M");
    }
    long factor =
        parts.group(2).isEmpty() ? 1 : parts.group(2).equalsIgnoreCase("k") ? 1_000 : 1_000_000;
    return OptionalLong.of(Long.parseLong(parts.group(1)) * factor);
  }

  private Sweep sweep(Models known) throws IOException {
    List<String> named = named(known);
    List<Phase> wanted = cells.phases();
    List<String> ids = named.isEmpty() ? usual(known) : named;
    ModelShape sizes = cells.shape();
    if (checkpoint != null) {
      if (cells.shapeText() != null) {
        throw new IllegalArgumentException(
            "--shape ("
                + cells.shapeText()
                + ") must not stand beside --checkpoint, which has its own");
      }
      List<String> loading =
          LoadedCheckpoint.ids(
              checkpoint, named.stream().filter(id -> !guests.ids().contains(id)).toList(), known);
      LoadedCheckpoint loaded =
          LoadedCheckpoint.probe(
              checkpoint, loading, known, plugins.jars(), spec.commandLine().getErr());
      ids = Stream.concat(loading.stream(), guests.ids().stream()).toList();
      loaded.check(cells.lengths(), wanted);
      sizes = loaded.shape();
    }
    return new Sweep(
        ids,
        wanted,
        cells.lengths(),
        cells.dimensions(spec.commandLine().getErr()),
        shapes(known, ids, sizes),
        cells.seed(),
        budget,
        forks,
        precision,
        plugins.jars(),
        Optional.ofNullable(checkpoint).map(folder -> folder.toAbsolutePath().normalize()),
        guests.guests());
  }
}
