package dev.ordo.harness.sweep;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What to measure, and how much time it may take.
 *
 * @param models ids, in the order of the report
 * @param phases phases, in the order of the report
 * @param lengths sequence lengths, ascending
 * @param dimensions what else cells differ in: threads, batches, JVMs and their arguments
 * @param shapes the sizes of each model
 * @param seed fixes weights, tokens and the order of forks
 * @param budget the wall time that measuring may take
 * @param forks the most forks a cell gets
 * @param precision half the width of the 95 % interval of a series' exponent that is enough
 * @param plugins jars with further models
 * @param checkpoint the folder whose weights the models have; random weights where there is none
 * @param guests where those of the models come from that are files or commands
 */
public record Sweep(
    List<String> models,
    List<Phase> phases,
    List<Integer> lengths,
    Dimensions dimensions,
    Map<String, ModelShape> shapes,
    long seed,
    Duration budget,
    int forks,
    double precision,
    List<Path> plugins,
    Optional<Path> checkpoint,
    List<Guest> guests) {

  /** The longest sequence length that can be asked for. */
  public static final int LONGEST = 1 << 24;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a list is empty or has an element twice, a length is not in
   *     1 … {@link #LONGEST}, lengths do not ascend, or the budget, the number of forks or the
   *     precision is not positive
   */
  public Sweep {
    models = distinct("model", models);
    phases = distinct("phase", phases);
    lengths = distinct("length", lengths);
    plugins = List.copyOf(plugins);
    guests = List.copyOf(guests);
    shapes = Map.copyOf(shapes);
    if (!shapes.keySet().equals(Set.copyOf(models))) {
      throw new IllegalArgumentException(
          "shapes of " + shapes.keySet() + " must be those of the models " + models);
    }
    Objects.requireNonNull(dimensions, "dimensions");
    Objects.requireNonNull(checkpoint, "checkpoint");
    int shorter = 0;
    for (int length : lengths) {
      if (length < 1 || length > LONGEST) {
        throw new IllegalArgumentException("length (" + length + ") must be in 1.." + LONGEST);
      }
      if (length < shorter) {
        throw new IllegalArgumentException("lengths " + lengths + " must ascend");
      }
      shorter = length;
    }
    if (budget.isNegative() || budget.isZero()) {
      throw new IllegalArgumentException("budget (" + budget + ") must be positive");
    }
    if (forks < 1) {
      throw new IllegalArgumentException("forks (" + forks + ") must be positive");
    }
    if (!(precision > 0) || Double.isInfinite(precision)) {
      throw new IllegalArgumentException(
          "precision (" + precision + ") must be positive and finite");
    }
  }

  /** Makes a sweep without files and commands. */
  public Sweep(
      List<String> models,
      List<Phase> phases,
      List<Integer> lengths,
      Dimensions dimensions,
      Map<String, ModelShape> shapes,
      long seed,
      Duration budget,
      int forks,
      double precision,
      List<Path> plugins,
      Optional<Path> checkpoint) {
    this(
        models,
        phases,
        lengths,
        dimensions,
        shapes,
        seed,
        budget,
        forks,
        precision,
        plugins,
        checkpoint,
        List.of());
  }

  /** Returns the same sizes for each of some models. */
  public static Map<String, ModelShape> same(ModelShape shape, List<String> models) {
    Map<String, ModelShape> shapes = new HashMap<>();
    models.forEach(model -> shapes.put(model, shape));
    return shapes;
  }

  /** Returns the same sweep with another seed. */
  Sweep withSeed(long other) {
    return new Sweep(
        models,
        phases,
        lengths,
        dimensions,
        shapes,
        other,
        budget,
        forks,
        precision,
        plugins,
        checkpoint,
        guests);
  }

  /** Returns the same sweep with another budget and number of forks. */
  public Sweep within(Duration otherBudget, int otherForks) {
    return new Sweep(
        models,
        phases,
        lengths,
        dimensions,
        shapes,
        seed,
        otherBudget,
        otherForks,
        precision,
        plugins,
        checkpoint,
        guests);
  }

  /**
   * Returns the files that models come from: jars, and what is opened as a model. Of a folder with
   * weights it is what tells their sizes.
   */
  List<Path> files() {
    List<Path> files = new ArrayList<>(plugins);
    guests.stream()
        .filter(guest -> !guest.isCommand())
        .forEach(guest -> files.add(Path.of(guest.source())));
    checkpoint.ifPresent(folder -> files.add(folder.resolve("config.json")));
    return files;
  }

  /** Returns the sizes of one of the models. */
  public ModelShape shape(String model) {
    return shapes.get(model);
  }

  /** Returns where a model comes from that is a file or a command; nothing for all others. */
  public Optional<Guest> guest(String model) {
    return guests.stream().filter(guest -> guest.id().equals(model)).findFirst();
  }

  /** Returns the cells of a model in a phase at a length; a command has no JVM to differ in. */
  List<Cell> cells(String model, Phase phase, int length) {
    List<Cell> cells = dimensions.cells(model, phase, length);
    return guest(model).filter(Guest::isCommand).isEmpty()
        ? cells
        : cells.stream()
            .map(cell -> new Cell(model, phase, length, cell.threads(), cell.batch(), "", ""))
            .distinct()
            .toList();
  }

  /** Copies a list that must have elements, each once. */
  static <T> List<T> distinct(String name, List<T> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("at least one " + name + " is needed");
    }
    if (values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException(name + " list " + values + " must not repeat an element");
    }
    return List.copyOf(values);
  }
}
