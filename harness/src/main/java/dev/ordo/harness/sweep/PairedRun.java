package dev.ordo.harness.sweep;

import dev.ordo.models.Models;
import dev.ordo.reports.paired.Looks;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A paired measurement of two jars on this machine, with real JVMs, into a run directory. */
public final class PairedRun {

  private static final String CLASS_PATH = "java.class.path";

  private final Sweep sweep;
  private final PairedOptions options;
  private final Side base;
  private final Side candidate;
  private final List<String> notes;
  private final List<Cell> cells;

  /**
   * One of the two sides.
   *
   * @param name what it is, for the report
   * @param jar the jar with its models
   * @param models the models of the jar and the built-in ones
   */
  public record Side(String name, Path jar, Models models) {}

  /**
   * Plans a run; nothing is measured or written yet.
   *
   * @param sweep what to measure, without the jars of the sides
   * @param options how it is judged
   * @param base what is compared with
   * @param candidate what is compared
   * @param notes remarks for the report
   * @throws IllegalArgumentException if a model is unknown to a side, none has any of the phases on
   *     both, or the budget is too short for the fewest pairs that say anything
   */
  public PairedRun(
      Sweep sweep, PairedOptions options, Side base, Side candidate, List<String> notes) {
    this.sweep = sweep;
    this.options = options;
    this.base = base;
    this.candidate = candidate;
    this.notes = List.copyOf(notes);
    this.cells =
        new Schedule(
                sweep,
                (model, phase) ->
                    base.models().get(model).phases().contains(phase)
                        && candidate.models().get(model).phases().contains(phase))
            .first();
    if (cells.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the models "
              + sweep.models()
              + " has any of the phases "
              + sweep.phases().stream().map(phase -> phase.id()).toList()
              + " in both base and candidate");
    }
    double seconds = cells.size() * Looks.FIRST * 2 * Budget.LEAST_FORK_MILLIS / 1e3;
    if (seconds > sweep.budget().toMillis() / 1e3) {
      throw new IllegalArgumentException(
          String.format(
              "budget (%d s) is too short: %d pairs of forks of each of %d cells, the fewest that"
                  + " say anything, take about %.0f s",
              sweep.budget().toSeconds(), Looks.FIRST, cells.size(), Math.ceil(seconds)));
    }
  }

  /**
   * Measures, and writes journal, result files and host facts, also when it is stopped or fails
   * half-way.
   *
   * @param directory where to write; empty
   * @param version the version of Ordo, for the journal
   * @param progress is told what happens
   * @param stopping tells whether to stop before the next fork
   * @throws IOException if a file cannot be written, or another measurement has the machine
   */
  @SuppressWarnings("try") // The lock is held, not used.
  public void measure(
      RunDirectory directory, String version, Progress progress, BooleanSupplier stopping)
      throws IOException {
    String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String classPath = System.getProperty(CLASS_PATH);
    try (MachineLock lock = MachineLock.take();
        Journal journal =
            Journal.create(
                directory.path(), Entry.Start.of(sweep, RunOptions.DEFAULT, version, started));
        OutputStream stream = Files.newOutputStream(directory.log());
        PrintStream log = new PrintStream(stream, true, StandardCharsets.UTF_8);
        ForkImage baseImage = image(base);
        ForkImage candidateImage = image(candidate)) {
      journal.append(
          new Entry.Arms(base.name(), candidate.name(), options.margin(), options.alpha(), notes));
      try {
        directory.writeHost(Host.facts(sweep, Path.of("").toAbsolutePath()));
        Map<Arm, ForkImage> images =
            new EnumMap<>(Map.of(Arm.BASE, baseImage, Arm.CANDIDATE, candidateImage));
        for (ForkImage image : images.values()) {
          if (!stopping.getAsBoolean()) {
            System.setProperty(CLASS_PATH, image.classPath());
            ForkRunner.rehearse(sweep, cells.get(0), image, limits(), log);
          }
        }
        Map<Arm, Map<Stage, Forks>> machines = new EnumMap<>(Arm.class);
        images.forEach((arm, image) -> machines.put(arm, machines(image, log)));
        new PairedCampaign(
                sweep,
                options,
                cells,
                () -> new Forecast(this::flops),
                (arm, stage) -> machines.get(arm).get(stage),
                journal,
                progress,
                stopping,
                System::nanoTime)
            .run();
      } finally {
        System.setProperty(CLASS_PATH, classPath);
        directory.writeArms();
      }
    }
  }

  private ForkImage image(Side side) throws IOException {
    List<Path> jars = new ArrayList<>(sweep.plugins());
    jars.add(side.jar());
    return ForkImage.create(jars);
  }

  /** The second stage has other weights and tokens: what the first saw may hang on those. */
  private Map<Stage, Forks> machines(ForkImage image, PrintStream log) {
    return Map.of(
        Stage.FIRST, forks(sweep, image, log),
        Stage.AGAIN, forks(sweep.withSeed(sweep.seed() + 1), image, log));
  }

  /** Of a side whose code may have changed nothing is predicted: a tenth of the budget. */
  private TimeLimit limits() {
    return new TimeLimit(Optional.empty(), new Forecast(cell -> Double.NaN), sweep.budget());
  }

  private Forks forks(Sweep sweep, ForkImage image, PrintStream log) {
    ForkRunner runner = new ForkRunner(sweep, image::jvmArgs, limits(), log);
    return (round, cell, plan) -> {
      // JMH starts a fork with the class path that this JVM says it has.
      System.setProperty(CLASS_PATH, image.classPath());
      return runner.run(round, cell, plan);
    };
  }

  private double flops(Cell cell) {
    return base.models()
        .get(cell.model())
        .cost(sweep.shape(cell.model()), cell.phase())
        .map(cost -> cell.batch() * cost.flops().at(cell.length()))
        .orElse(Double.NaN);
  }
}
