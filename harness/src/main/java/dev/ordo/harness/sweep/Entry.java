package dev.ordo.harness.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One line of a {@link Journal}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Entry.Start.class, name = "start"),
  @JsonSubTypes.Type(value = Entry.Fork.class, name = "fork"),
  @JsonSubTypes.Type(value = Entry.LeftOut.class, name = "left-out"),
  @JsonSubTypes.Type(value = Entry.Control.class, name = "control"),
  @JsonSubTypes.Type(value = Entry.Resume.class, name = "resume"),
  @JsonSubTypes.Type(value = Entry.End.class, name = "end"),
  @JsonSubTypes.Type(value = Entry.Part.class, name = "part"),
  @JsonSubTypes.Type(value = Entry.Arms.class, name = "arms"),
  @JsonSubTypes.Type(value = Entry.Paired.class, name = "paired")
})
public sealed interface Entry {

  /** The format of journals that this version writes; format 1 has no checksums. */
  int FORMAT = 2;

  /**
   * The first line: what is measured.
   *
   * @param format the format of the journal; 0, as in the first journals, is 1
   * @param ordo the version of Ordo
   * @param started ISO-8601 time
   * @param models ids
   * @param phases phases
   * @param lengths sequence lengths
   * @param threads numbers of threads; absent in journals from before there were several
   * @param shape the shape of the first model, as text
   * @param shapes the shape of each model, as text; absent where all have the same
   * @param seed the seed
   * @param budgetMillis the budget, in milliseconds
   * @param forks the most forks a cell gets
   * @param precision half the width of an exponent's interval that is enough; absent in journals
   *     from before it was one of the goals
   * @param plugins jars with further models
   * @param jvmArgs arguments of the forked JVMs, where there is one set of them and no more is said
   * @param batches numbers of rows; absent in journals from before there were several
   * @param jvms the Java machines; absent likewise
   * @param jvmArgSets sets of arguments of the forked JVMs; absent likewise
   * @param checkpoint the folder with the weights; absent where they are random
   * @param files the SHA-256 of each file that models come from, path → digits; absent where there
   *     is none
   * @param shard the share of the sweep, for example {@code 3/8}; absent where it is all of it
   * @param forkTimeoutMillis the time limit of a fork; absent where it follows from the forecast
   * @param guests the models that are files or commands; absent where there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Start(
      int format,
      String ordo,
      String started,
      List<String> models,
      List<Phase> phases,
      List<Integer> lengths,
      List<Integer> threads,
      String shape,
      Map<String, String> shapes,
      long seed,
      long budgetMillis,
      int forks,
      Double precision,
      List<String> plugins,
      List<String> jvmArgs,
      List<Integer> batches,
      List<ForkJvm> jvms,
      List<JvmArgs> jvmArgSets,
      String checkpoint,
      Map<String, String> files,
      String shard,
      Long forkTimeoutMillis,
      List<Guest> guests)
      implements Entry {

    /** Checks that every part is there that a reader relies on. */
    public Start {
      format = Math.max(1, format);
      Objects.requireNonNull(models, "models");
      Objects.requireNonNull(phases, "phases");
      Objects.requireNonNull(lengths, "lengths");
      Objects.requireNonNull(shape, "shape");
      guests = guests == null || guests.isEmpty() ? null : List.copyOf(guests);
    }

    /**
     * Describes a run.
     *
     * @param version the version of Ordo
     * @param started ISO-8601 time
     * @throws IOException if a file of the sweep cannot be read
     */
    static Start of(Sweep sweep, RunOptions options, String version, String started)
        throws IOException {
      Map<String, String> files = new LinkedHashMap<>();
      for (Path file : sweep.files()) {
        files.put(file.toString(), Fingerprint.of(file));
      }
      return new Start(
          FORMAT,
          version,
          started,
          sweep.models(),
          sweep.phases(),
          sweep.lengths(),
          sweep.dimensions().threads(),
          sweep.shape(sweep.models().get(0)).text(),
          shapes(sweep),
          sweep.seed(),
          sweep.budget().toMillis(),
          sweep.forks(),
          sweep.precision(),
          sweep.plugins().stream().map(Path::toString).toList(),
          null,
          sweep.dimensions().batches(),
          sweep.dimensions().jvms(),
          sweep.dimensions().jvmArgs(),
          sweep.checkpoint().map(Path::toString).orElse(null),
          files.isEmpty() ? null : files,
          options.shard().map(Shard::toString).orElse(null),
          options.forkTimeout().map(Duration::toMillis).orElse(null),
          sweep.guests().isEmpty() ? null : sweep.guests());
    }

    /**
     * Returns the sweep that was described.
     *
     * @throws IllegalArgumentException if it is none
     */
    Sweep sweep() {
      Map<String, ModelShape> sizes = new LinkedHashMap<>();
      models.forEach(model -> sizes.put(model, shape(model)));
      return new Sweep(
          models,
          phases,
          lengths,
          dimensions(),
          sizes,
          seed,
          budget(),
          forks,
          precision == null ? 0.05 : precision,
          plugins == null ? List.of() : plugins.stream().map(Path::of).toList(),
          Optional.ofNullable(checkpoint).map(Path::of),
          guests == null ? List.of() : guests);
    }

    /** Returns the options of the run beside its sweep. */
    RunOptions options() {
      return new RunOptions(
          Optional.ofNullable(shard).map(Shard::of),
          Optional.ofNullable(forkTimeoutMillis).map(Duration::ofMillis));
    }

    /** Returns the same description for all of the sweep. */
    Start whole() {
      return new Start(
          format,
          ordo,
          started,
          models,
          phases,
          lengths,
          threads,
          shape,
          shapes,
          seed,
          budgetMillis,
          forks,
          precision,
          plugins,
          jvmArgs,
          batches,
          jvms,
          jvmArgSets,
          checkpoint,
          files,
          null,
          forkTimeoutMillis,
          guests);
    }

    private static Map<String, String> shapes(Sweep sweep) {
      if (Set.copyOf(sweep.shapes().values()).size() == 1) {
        return null;
      }
      Map<String, String> texts = new LinkedHashMap<>();
      sweep.models().forEach(model -> texts.put(model, sweep.shape(model).text()));
      return texts;
    }

    /** Returns the shape of one of the models. */
    ModelShape shape(String model) {
      return ModelShape.of(shapes == null ? shape : shapes.getOrDefault(model, shape));
    }

    /** Returns what cells differ in besides model, phase and length. */
    Dimensions dimensions() {
      return new Dimensions(
          threads == null ? List.of(1) : threads,
          batches == null ? List.of(1) : batches,
          jvms == null ? List.of(ForkJvm.running()) : jvms,
          jvmArgSets != null
              ? jvmArgSets
              : List.of(new JvmArgs("", jvmArgs == null ? List.of() : jvmArgs)));
    }

    /** Returns the budget. */
    Duration budget() {
      return Duration.ofMillis(budgetMillis);
    }
  }

  /**
   * A finished fork.
   *
   * @param round the round it belongs to, from 1
   * @param cell what it measured
   * @param started ISO-8601 time
   * @param wallMillis the time the fork took in all, in milliseconds
   * @param plan how long its iterations were to be
   * @param jvm what it ran on
   * @param nanosPerOp the measured iterations, in nanoseconds per operation; empty if it failed
   * @param secondary further metrics, an iteration each, by JMH's name
   * @param steady whether the workload was steady before it was measured
   * @param account where its time went; absent if it failed, and in journals from before it was
   *     kept
   * @param failure why it failed; absent if it did not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Fork(
      int round,
      Cell cell,
      String started,
      long wallMillis,
      ForkPlan plan,
      Jvm jvm,
      double[] nanosPerOp,
      Map<String, Metric> secondary,
      boolean steady,
      Account account,
      Failure failure)
      implements Entry {

    /** Checks that every part is there that a reader relies on. */
    public Fork {
      Objects.requireNonNull(cell, "cell");
      Objects.requireNonNull(plan, "plan");
      Objects.requireNonNull(nanosPerOp, "nanosPerOp");
      Objects.requireNonNull(secondary, "secondary");
      if (failure == null) {
        Objects.requireNonNull(jvm, "jvm");
        if (nanosPerOp.length == 0) {
          throw new IllegalArgumentException("a fork that did not fail must have iterations");
        }
      }
    }

    /** Returns the same fork with other further metrics. */
    Fork withSecondary(Map<String, Metric> metrics) {
      return new Fork(
          round,
          cell,
          started,
          wallMillis,
          plan,
          jvm,
          nanosPerOp,
          metrics,
          steady,
          account,
          failure);
    }

    /** Returns whether the fork measured something. */
    public boolean succeeded() {
      return failure == null;
    }

    /** Returns the median of the iterations, in nanoseconds per operation. */
    double medianNanos() {
      double[] sorted = nanosPerOp.clone();
      Arrays.sort(sorted);
      int half = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Returns the mean of the iterations, in nanoseconds per operation. */
    public double meanNanos() {
      double sum = 0;
      for (double value : nanosPerOp) {
        sum += value;
      }
      return sum / nanosPerOp.length;
    }
  }

  /**
   * A fork of fixed arithmetic, which says something of the machine and nothing of a model.
   *
   * @param side {@value #A} or {@value #B}, in turns; both do the same
   * @param started ISO-8601 time
   * @param wallMillis the time the fork took in all, in milliseconds
   * @param jvm what it ran on
   * @param nanosPerOp the iterations, in nanoseconds per operation
   */
  record Control(String side, String started, long wallMillis, Jvm jvm, double[] nanosPerOp)
      implements Entry {

    static final String A = "a";
    static final String B = "b";

    /** Checks that every part is there. */
    public Control {
      Objects.requireNonNull(side, "side");
      Objects.requireNonNull(started, "started");
      Objects.requireNonNull(jvm, "jvm");
      if (nanosPerOp.length < 2) {
        throw new IllegalArgumentException(
            "iterations of a control (" + nanosPerOp.length + ") must be at least 2");
      }
    }
  }

  /**
   * A cell that is not measured because it would not fit the budget.
   *
   * @param cell which
   * @param predictedNanos the predicted time of one operation, in nanoseconds
   * @param reason why, in one sentence
   */
  record LeftOut(Cell cell, double predictedNanos, String reason) implements Entry {

    /** Checks that every part is there. */
    public LeftOut {
      Objects.requireNonNull(cell, "cell");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * A run that was stopped goes on.
   *
   * @param started ISO-8601 time
   * @param budgetMillis the budget from now on, in milliseconds
   * @param forks the most forks a cell gets from now on
   * @param retryFailed whether cells that failed are tried again
   */
  record Resume(String started, long budgetMillis, int forks, boolean retryFailed)
      implements Entry {

    /** Checks that every part is there. */
    public Resume {
      Objects.requireNonNull(started, "started");
    }

    /** Returns the budget. */
    Duration budget() {
      return Duration.ofMillis(budgetMillis);
    }
  }

  /**
   * The sweep came to its end.
   *
   * @param ended ISO-8601 time
   */
  record End(String ended) implements Entry {

    /** Checks that every part is there. */
    public End {
      Objects.requireNonNull(ended, "ended");
    }
  }

  /**
   * In a merged run: the run that the entries from here to the next part come from.
   *
   * @param directory where it was
   * @param shard its share; absent where it was all of the sweep
   * @param started ISO-8601 time
   * @param host the facts about its host, name → value
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Part(String directory, String shard, String started, Map<String, String> host)
      implements Entry {

    /** Checks that every part is there. */
    public Part {
      Objects.requireNonNull(host, "host");
    }
  }

  /**
   * What is measured against each other in pairs, and how it is judged: the second line of such a
   * journal.
   *
   * @param base what the base is: a jar, or a revision and its commit
   * @param candidate what the candidate is
   * @param margin the relative change that is too small to count
   * @param alpha the level
   * @param notes remarks for the report, in plain sentences
   */
  record Arms(String base, String candidate, double margin, double alpha, List<String> notes)
      implements Entry {

    /** Checks that every part is there. */
    public Arms {
      Objects.requireNonNull(base, "base");
      Objects.requireNonNull(candidate, "candidate");
      notes = List.copyOf(notes);
    }
  }

  /**
   * A finished fork of one side of a pair.
   *
   * @param arm the side
   * @param again whether it belongs to a re-measurement
   * @param pair the number of the pair in its cell, from 1
   * @param fork the fork
   */
  record Paired(Arm arm, boolean again, int pair, Fork fork) implements Entry {

    /** Checks that every part is there. */
    public Paired {
      Objects.requireNonNull(arm, "arm");
      Objects.requireNonNull(fork, "fork");
    }
  }

  /**
   * Where the time of a fork went. What is missing in the sum of its times is what JMH and the JVM
   * took beside them.
   *
   * @param startMillis from the start of the process to its first iteration, in milliseconds
   * @param setUpMillis making the model and bringing it to where the phase starts, in milliseconds
   * @param warmUpOperations the operations done until the workload was steady
   * @param warmUpMillis their time, in milliseconds
   * @param operations the operations measured
   * @param measuredMillis their time, in milliseconds
   */
  record Account(
      long startMillis,
      double setUpMillis,
      long warmUpOperations,
      double warmUpMillis,
      long operations,
      double measuredMillis) {}

  /**
   * Values of a further metric.
   *
   * @param unit as JMH writes it
   * @param values one an iteration
   */
  record Metric(String unit, double[] values) {}

  /**
   * The Java machine of a fork, as JMH's result files name it.
   *
   * @param path the launcher
   * @param args the arguments
   * @param jdkVersion the version of the JDK
   * @param vmName the name of the virtual machine
   * @param vmVersion the version of the virtual machine
   */
  record Jvm(String path, List<String> args, String jdkVersion, String vmName, String vmVersion) {}
}
