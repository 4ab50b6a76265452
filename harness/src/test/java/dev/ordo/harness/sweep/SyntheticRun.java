package dev.ordo.harness.sweep;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A run with all that a real one has but the forks: those take a few milliseconds and their values
 * are a function of the cell and the round. To be started in a JVM of its own and killed there.
 */
final class SyntheticRun {

  /** Takes the number of forks in the journal before each fork; only ever grows. */
  static final String WITNESS = "witness";

  private static final Sweep SWEEP =
      new Sweep(
          List.of("rnn", "s4d", "transformer"),
          List.of(Phase.PREFILL, Phase.DECODE),
          List.of(64, 128, 256, 512, 1024),
          Dimensions.plain(List.of(1), List.of()),
          Sweep.same(ModelShape.DEFAULT, List.of("rnn", "s4d", "transformer")),
          11,
          Duration.ofHours(10),
          40,
          1e-9,
          List.of(),
          Optional.empty());

  private SyntheticRun() {}

  /**
   * Begins a run or goes on with it.
   *
   * @param args the run directory, and how long a fork takes at most, in milliseconds
   */
  public static void main(String[] args) throws IOException {
    measure(Path.of(args[0]), Integer.parseInt(args[1]));
  }

  static void measure(Path directory, int mostMillis) throws IOException {
    SweepRun run =
        new SweepRun(SWEEP, Models.load(SyntheticRun.class.getClassLoader()), RunOptions.DEFAULT);
    RunDirectory folder = new RunDirectory(directory);
    boolean begun = RunDirectory.isRun(directory);
    try (Journal journal = begun ? Journal.resume(directory) : begin(directory)) {
      if (begun) {
        journal.append(
            new Entry.Resume(
                "2026-01-01T00:00:00Z", SWEEP.budget().toMillis(), SWEEP.forks(), false));
      }
      Witness witness = new Witness(directory.resolve(WITNESS), journal);
      run.carryOut(
          journal,
          new Forecast(cell -> cell.length() * 1e3),
          (round, cell, plan) -> fork(round, cell, plan, mostMillis),
          witness,
          () -> false,
          System::nanoTime);
      folder.writeResults(journal.entries());
    }
  }

  private static Journal begin(Path directory) throws IOException {
    RunDirectory.create(directory);
    return Journal.create(
        directory, Entry.Start.of(SWEEP, RunOptions.DEFAULT, "test", "2026-01-01T00:00:00Z"));
  }

  private static Entry.Fork fork(int round, Cell cell, ForkPlan plan, int mostMillis) {
    Random random = new Random(cell.toString().hashCode() * 31L + round);
    double nanos = cell.length() * 1e3 * (1 + 0.1 * random.nextGaussian());
    try {
      TimeUnit.MICROSECONDS.sleep(random.nextInt(1000 * mostMillis + 1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Entry.Fork(
        round,
        cell,
        "2026-01-01T00:00:01Z",
        500,
        plan,
        new Entry.Jvm("java", List.of(), "17", "vm", "17"),
        new double[] {nanos, nanos * 1.01},
        Map.of(),
        true,
        null,
        null);
  }

  private record Witness(Path file, Journal journal) implements Progress {

    @Override
    public void starting(Step step) {
      long forks = journal.entries().stream().filter(Entry.Fork.class::isInstance).count();
      try {
        Files.writeString(file, forks + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void failed(Entry.Fork fork) {
      throw new IllegalStateException("no synthetic fork fails");
    }

    @Override
    public void leftOut(Entry.LeftOut entry) {
      throw new IllegalStateException("nothing is left out of a budget of ten hours");
    }
  }
}
