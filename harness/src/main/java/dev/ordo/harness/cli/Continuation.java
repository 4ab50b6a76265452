package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunOptions;
import dev.ordo.harness.sweep.Shard;
import dev.ordo.harness.sweep.Sweep;
import dev.ordo.harness.sweep.SweepRun;
import dev.ordo.models.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options about how a run is carried out: in shares, within limits, and on after a stop. */
final class Continuation {

  /** What may stand beside {@code --resume}: all else is as it was when the run began. */
  private static final Set<String> BESIDE =
      Set.of("--resume", "--budget", "--forks", "--retry-failed", "--fork-timeout", "--verbose");

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the run in this folder, with its own options; --budget and --forks may grow.")
  private Path resume;

  @Option(names = "--retry-failed", description = "With --resume: try the cells again that failed.")
  private boolean retryFailed;

  @Option(
      names = "--shard",
      paramLabel = "K/N",
      converter = ShardConverter.class,
      description =
          "Do the K-th of N shares of the run, like 3/8; 'ordo merge' joins them. A share is made"
              + " of whole series.")
  private Shard shard;

  @Option(
      names = "--fork-timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "End a fork that takes longer than this, like 90s or 10m. Default: ten times what is"
              + " predicted, and a minute at least.")
  private Duration forkTimeout;

  /** Reads a share and says what is wrong with a text that is none. */
  static final class ShardConverter implements ITypeConverter<Shard> {
    @Override
    public Shard convert(String text) {
      try {
        return Shard.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Returns whether an earlier run is to go on. */
  boolean resumes() {
    return resume != null;
  }

  /** Returns how a new run is carried out. */
  RunOptions options() {
    if (retryFailed) {
      throw new IllegalArgumentException("--retry-failed is for --resume: nothing has failed yet");
    }
    return new RunOptions(Optional.ofNullable(shard), Optional.ofNullable(forkTimeout));
  }

  /**
   * Goes on with the run.
   *
   * @param spec the command, with its options
   * @return the exit code
   * @throws IllegalArgumentException if another option stands beside {@code --resume}, or one that
   *     would make the run smaller
   * @throws IOException if the run cannot go on
   */
  int resume(CommandSpec spec) throws IOException {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(option -> option.longestName())
        .filter(name -> !BESIDE.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  name + " must not stand beside --resume: the run goes on with its own");
            });
    Path folder = resume.toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--resume (" + resume + ") must be the folder of a run");
    }
    if (!RunDirectory.isRun(folder)) {
      throw new IOException(
          "folder "
              + resume
              + " must hold a run (a journal.jsonl), found none: begin it with --out");
    }
    RunDirectory directory = new RunDirectory(folder);
    SweepRun.Resumed resumed = SweepRun.resumable(directory, OrdoCommand.Version.text());
    Sweep before = resumed.sweep();
    Duration budget = given(spec, "--budget", before.budget());
    int forks = given(spec, "--forks", before.forks());
    if (budget.compareTo(before.budget()) < 0) {
      throw new IllegalArgumentException(
          "--budget ("
              + budget.toSeconds()
              + " s) must not be below the run's "
              + before.budget().toSeconds()
              + " s");
    }
    if (forks < before.forks()) {
      throw new IllegalArgumentException(
          "--forks (" + forks + ") must not be below the run's " + before.forks());
    }
    RunOptions options =
        new RunOptions(
            resumed.options().shard(),
            Optional.ofNullable(forkTimeout).or(resumed.options()::forkTimeout));
    Models known = GuestOptions.added(before.guests(), Plugins.models(before.plugins()));
    SweepRun run = new SweepRun(before.within(budget, forks), known, options);
    return new Foreground(spec, directory, known)
        .carryOut((progress, stopping) -> run.resume(directory, retryFailed, progress, stopping));
  }

  private static <T> T given(CommandSpec spec, String option, T otherwise) {
    return spec.commandLine().getParseResult().hasMatchedOption(option)
        ? spec.commandLine().getParseResult().<T>matchedOptionValue(option, otherwise)
        : otherwise;
  }
}
