package dev.ordo.harness.sweep;

import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A sweep on this machine, with real JVMs, into a run directory. */
public final class SweepRun {

  private static final String CLASS_PATH = "java.class.path";

  /** Making the archive takes as long as it saves over so many forks. */
  private static final int FORKS_WORTH_AN_ARCHIVE = 20;

  private final Sweep sweep;
  private final Models models;
  private final Schedule schedule;
  private final Budget budget;

  /**
   * Plans a run; nothing is measured or written yet.
   *
   * @param sweep what to measure
   * @param models where the models come from
   * @throws IllegalArgumentException if a model is unknown, no model has any of the phases, or the
   *     budget is too short for a single length
   */
  public SweepRun(Sweep sweep, Models models) {
    this.sweep = sweep;
    this.models = models;
    this.schedule =
        new Schedule(sweep, (model, phase) -> models.get(model).phases().contains(phase));
    if (schedule.first().isEmpty()) {
      throw new IllegalArgumentException(
          "none of the models "
              + sweep.models()
              + " has any of the phases "
              + sweep.phases().stream().map(Phase::id).toList());
    }
    int levels = sweep.lengths().size();
    this.budget =
        Budget.of(sweep.budget(), schedule.first().size() / levels, levels, sweep.forks());
  }

  /**
   * Measures, and writes journal, result file and host facts, also when it is stopped or fails
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
        ForkImage image = ForkImage.create(sweep.plugins())) {
      // JMH starts a fork with the class path that this JVM says it has.
      System.setProperty(CLASS_PATH, image.classPath());
      try {
        CommandForks commands = new CommandForks(sweep, log);
        directory.writeHost(Host.facts(sweep, Path.of("").toAbsolutePath()));
        for (Cell cell : oneOfEachJvm(commands)) {
          if (!stopping.getAsBoolean()) {
            ForkRunner.rehearse(sweep, cell, image, log);
          }
        }
        new Campaign(
                sweep,
                schedule,
                budget,
                new Forecast(this::flops),
                new ForksByModel(new ForkRunner(sweep, image::jvmArgs, log), commands),
                journal,
                progress,
                stopping,
                System::nanoTime)
            .run(List.of());
      } finally {
        System.setProperty(CLASS_PATH, classPath);
        directory.writeResults();
      }
    }
  }

  /** Returns a cell of each JVM and set of arguments, if they start often enough for an archive. */
  private List<Cell> oneOfEachJvm(CommandForks commands) {
    Map<List<String>, Cell> cells = new LinkedHashMap<>();
    List<Cell> inJvms =
        schedule.first().stream().filter(cell -> !commands.measures(cell)).toList();
    inJvms.forEach(cell -> cells.putIfAbsent(List.of(cell.jvm(), cell.jvmArgs()), cell));
    int forksOfEach = inJvms.size() * budget.rounds() / Math.max(1, cells.size());
    return forksOfEach < FORKS_WORTH_AN_ARCHIVE ? List.of() : List.copyOf(cells.values());
  }

  private double flops(Cell cell) {
    return models
        .get(cell.model())
        .cost(sweep.shape(cell.model()), cell.phase())
        .map(cost -> cell.batch() * cost.flops().at(cell.length()))
        .orElse(Double.NaN);
  }
}
