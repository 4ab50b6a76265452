package dev.ordo.harness.sweep;

import dev.ordo.harness.machine.SystemFiles;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A sweep on this machine, with real JVMs, into a run directory. */
@SuppressWarnings("try") // Locks are held, not used.
public final class SweepRun {

  private static final String CLASS_PATH = "java.class.path";

  /** Making the archive takes as long as it saves over so many forks. */
  private static final int FORKS_WORTH_AN_ARCHIVE = 20;

  private final Sweep sweep;
  private final Models models;
  private final RunOptions options;
  private final Schedule schedule;

  /**
   * Plans a run; nothing is measured or written yet.
   *
   * @param sweep what to measure
   * @param models where the models come from
   * @param options how
   * @throws IllegalArgumentException if a model is unknown, no model has any of the phases, or the
   *     budget is too short for a single length
   */
  public SweepRun(Sweep sweep, Models models, RunOptions options) {
    this.sweep = sweep;
    this.models = models;
    this.options = options;
    Schedule whole =
        new Schedule(sweep, (model, phase) -> models.get(model).phases().contains(phase));
    if (whole.first().isEmpty()) {
      throw new IllegalArgumentException(
          "none of the models "
              + sweep.models()
              + " has any of the phases "
              + sweep.phases().stream().map(Phase::id).toList());
    }
    this.schedule =
        options.shard().map(shard -> whole.only(shard.of(whole.first(), this::cost))).orElse(whole);
    if (!schedule.first().isEmpty()) {
      budget();
    }
  }

  /**
   * Reads what a run that was stopped is to go on with.
   *
   * @param directory the run
   * @param version the version of Ordo
   * @return what it measures and how
   * @throws IOException if the journal cannot be read, or the run cannot go on with this program
   *     and the plug-ins as they are now
   */
  public static Resumed resumable(RunDirectory directory, String version) throws IOException {
    List<Entry> entries = directory.entries();
    Resumable.check(directory, entries, version);
    return new Resumed(Earlier.sweep(entries), ((Entry.Start) entries.get(0)).options());
  }

  /**
   * A run that can go on.
   *
   * @param sweep what it measures, with the budget and the number of forks that it has by now
   * @param options how
   */
  public record Resumed(Sweep sweep, RunOptions options) {}

  /** Returns the cells that the run is about, in the order of the first round. */
  List<Cell> cells() {
    return schedule.first();
  }

  /**
   * Measures, and writes journal, result file and host facts, also when it is stopped or fails
   * half-way.
   *
   * @param directory where to write; empty
   * @param version the version of Ordo, for the journal
   * @param progress is told what happens
   * @param stopping tells whether to stop before the next fork
   * @throws UnwritableException if a file cannot be written; what was measured before is kept
   * @throws IOException if another run has the directory, or another measurement the machine
   */
  public void measure(
      RunDirectory directory, String version, Progress progress, BooleanSupplier stopping)
      throws IOException {
    try (MachineLock lock = MachineLock.take();
        Journal journal =
            Journal.create(
                directory.path(), Entry.Start.of(sweep, options, version, now().toString()))) {
      directory.writeHost(facts());
      measure(directory, journal, progress, stopping);
    }
  }

  /**
   * Goes on with a run that was stopped.
   *
   * @param directory the run; its sweep is that of this object but for budget and forks
   * @param retryFailed whether cells that failed are tried again
   * @param progress is told what happens
   * @param stopping tells whether to stop before the next fork
   * @throws UnwritableException if a file cannot be written; what was measured before is kept
   * @throws IOException if another run has the directory, another measurement the machine, or the
   *     run was begun on another host or another JVM
   */
  public void resume(
      RunDirectory directory, boolean retryFailed, Progress progress, BooleanSupplier stopping)
      throws IOException {
    Map<String, String> facts = facts();
    try (MachineLock lock = MachineLock.take();
        Journal journal = Journal.resume(directory.path())) {
      boolean measured = journal.entries().stream().anyMatch(Entry.Fork.class::isInstance);
      Resumable.checkHost(directory, measured, facts);
      journal.append(
          new Entry.Resume(
              now().toString(), sweep.budget().toMillis(), sweep.forks(), retryFailed));
      if (directory.host().isEmpty()) {
        directory.writeHost(facts);
      }
      measure(directory, journal, progress, stopping);
    }
  }

  private void measure(
      RunDirectory directory, Journal journal, Progress progress, BooleanSupplier stopping)
      throws IOException {
    String classPath = System.getProperty(CLASS_PATH);
    Forecast forecast = new Forecast(this::flops);
    TimeLimit limits = new TimeLimit(options.forkTimeout(), forecast, sweep.budget());
    try (OutputStream stream =
            Files.newOutputStream(
                directory.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        PrintStream log = new PrintStream(stream, true, StandardCharsets.UTF_8);
        ForkImage image = ForkImage.create(sweep.plugins())) {
      // JMH starts a fork with the class path that this JVM says it has.
      System.setProperty(CLASS_PATH, image.classPath());
      try {
        if (!stopping.getAsBoolean()) {
          Roofs.Source source = Roofs.ofThisMachine(image.classPath());
          Roofs.add(directory, journal.entries(), sweep, source, log);
        }
        CommandForks commands = commands(log);
        for (Cell cell : oneOfEachJvm(journal, commands)) {
          if (!stopping.getAsBoolean()) {
            ForkRunner.rehearse(sweep, cell, image, limits, log);
          }
        }
        carryOut(
            journal,
            forecast,
            new WatchedForks(
                new ForksByModel(new ForkRunner(sweep, image::jvmArgs, limits, log), commands),
                SystemFiles.ofThisMachine(),
                new Controls(
                    () -> Controls.FORK.run(image.classPath()), journal, log, System::nanoTime)),
            progress,
            stopping,
            System::nanoTime);
      } finally {
        System.setProperty(CLASS_PATH, classPath);
      }
    } catch (IOException | RuntimeException e) {
      writeResults(directory, journal, e);
      throw e;
    }
    directory.writeResults(journal.entries());
  }

  /** Writes what was measured, without hiding why the run ends. */
  private static void writeResults(RunDirectory directory, Journal journal, Exception why) {
    try {
      directory.writeResults(journal.entries());
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /**
   * Carries the sweep on from where a journal ends, and marks its end there unless it was stopped.
   *
   * @param forecast predicts the time of operations; knows nothing yet
   * @param forks where measurements come from
   * @param nanoTime a clock, in nanoseconds
   * @throws UnwritableException if the journal cannot be written
   */
  void carryOut(
      Journal journal,
      Forecast forecast,
      Forks forks,
      Progress progress,
      BooleanSupplier stopping,
      LongSupplier nanoTime)
      throws IOException {
    if (!schedule.first().isEmpty()) {
      try {
        new Campaign(
                sweep,
                schedule,
                budget(),
                forecast,
                new SecondChance(forks, journal, progress, stopping),
                journal::append,
                progress,
                stopping,
                nanoTime)
            .run(Earlier.standing(journal.entries()));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    if (!stopping.getAsBoolean()) {
      journal.append(new Entry.End(now().toString()));
    }
  }

  private Budget budget() {
    int levels = sweep.lengths().size();
    return Budget.of(sweep.budget(), schedule.first().size() / levels, levels, sweep.forks());
  }

  private Map<String, String> facts() {
    return Host.facts(sweep, Path.of("").toAbsolutePath());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Returns the predicted time of a fork, the same on every machine, in milliseconds. */
  private double cost(Cell cell) {
    double nanos = new Forecast(this::flops).nanosPerOp(cell).orElse(0);
    return Budget.LEAST_FORK_MILLIS + ForkPlan.of(nanos).millis(nanos, cell.threads());
  }

  /** Returns a cell of each JVM and set of arguments, if they start often enough for an archive. */
  private List<Cell> oneOfEachJvm(Journal journal, CommandForks commands) {
    Map<List<String>, Cell> cells = new LinkedHashMap<>();
    List<Cell> inJvms = schedule.first().stream().filter(cell -> !commands.measures(cell)).toList();
    inJvms.forEach(cell -> cells.putIfAbsent(List.of(cell.jvm(), cell.jvmArgs()), cell));
    if (cells.isEmpty()) {
      return List.of();
    }
    long done = journal.entries().stream().filter(Entry.Fork.class::isInstance).count();
    long left = inJvms.size() * budget().rounds() - done;
    return left / cells.size() < FORKS_WORTH_AN_ARCHIVE ? List.of() : List.copyOf(cells.values());
  }

  private CommandForks commands(PrintStream log) {
    return options
        .forkTimeout()
        .map(limit -> new CommandForks(sweep, log, limit))
        .orElseGet(() -> new CommandForks(sweep, log));
  }

  private double flops(Cell cell) {
    return models
        .get(cell.model())
        .cost(sweep.shape(cell.model()), cell.phase())
        .map(cost -> cell.batch() * cost.flops().at(cell.length()))
        .orElse(Double.NaN);
  }
}
