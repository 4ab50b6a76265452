package dev.ordo.harness.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.nio.file.Path;
import java.time.Duration;
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
  @JsonSubTypes.Type(value = Entry.LeftOut.class, name = "left-out")
})
public sealed interface Entry {

  /**
   * The first line: what is measured.
   *
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
   * @param jvmArgs further arguments of the forked JVMs
   * @param checkpoint the folder with the weights; absent where they are random
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Start(
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
      String checkpoint)
      implements Entry {

    /** Checks that every part is there that a reader relies on. */
    public Start {
      Objects.requireNonNull(models, "models");
      Objects.requireNonNull(phases, "phases");
      Objects.requireNonNull(lengths, "lengths");
      Objects.requireNonNull(shape, "shape");
    }

    static Start of(Sweep sweep, String version, String started) {
      return new Start(
          version,
          started,
          sweep.models(),
          sweep.phases(),
          sweep.lengths(),
          sweep.threads(),
          sweep.shape(sweep.models().get(0)).text(),
          shapes(sweep),
          sweep.seed(),
          sweep.budget().toMillis(),
          sweep.forks(),
          sweep.precision(),
          sweep.plugins().stream().map(Path::toString).toList(),
          sweep.jvmArgs(),
          sweep.checkpoint().map(Path::toString).orElse(null));
    }

    private static Map<String, String> shapes(Sweep sweep) {
      if (Set.copyOf(sweep.shapes().values()).size() == 1) {
        return null;
      }
      Map<String, String> texts = new LinkedHashMap<>();
      sweep.models().forEach(model -> texts.put(model, sweep.shape(model).text()));
      return texts;
    }

    /** Returns what ends the measuring of a series, if it was recorded. */
    Optional<Goal> goal() {
      return precision == null
          ? Optional.empty()
          : Optional.of(new Goal(precision, forks, budget(), seed));
    }

    /** Returns the shape of one of the models. */
    ModelShape shape(String model) {
      return ModelShape.of(shapes == null ? shape : shapes.getOrDefault(model, shape));
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
      String failure)
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

    /** Returns whether the fork measured something. */
    public boolean succeeded() {
      return failure == null;
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
