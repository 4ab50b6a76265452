package dev.ordo.harness.sweep;

import dev.ordo.models.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What cells of a sweep differ in besides model, phase and length. Each combination is measured.
 *
 * @param threads the numbers of threads that kernels are split over, ascending
 * @param batches the numbers of rows that one operation does, ascending
 * @param jvms the Java machines of the forks, in the order of the report
 * @param jvmArgs the sets of arguments of the forks, in the order of the report
 */
public record Dimensions(
    List<Integer> threads, List<Integer> batches, List<ForkJvm> jvms, List<JvmArgs> jvmArgs) {

  /** The largest number of threads that can be asked for. */
  public static final int MOST_THREADS = 256;

  /** The largest number of rows that can be asked for. */
  public static final int LARGEST_BATCH = 1 << 16;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a list is empty or has an element or a name twice, a number
   *     of threads is not in 1 … {@value #MOST_THREADS}, a batch not in 1 … {@value
   *     #LARGEST_BATCH}, or either does not ascend
   */
  public Dimensions {
    threads = Sweep.distinct("number of threads", threads);
    batches = Sweep.distinct("batch", batches);
    jvms = Sweep.distinct("JVM", jvms);
    jvmArgs = Sweep.distinct("set of JVM arguments", jvmArgs);
    Sweep.distinct("name of a JVM", jvms.stream().map(ForkJvm::name).toList());
    Sweep.distinct("name of JVM arguments", jvmArgs.stream().map(JvmArgs::name).toList());
    ascending("threads", threads, MOST_THREADS);
    ascending("batch", batches, LARGEST_BATCH);
  }

  /** Returns one thread count, one row, the JVM that runs the program, and some arguments of it. */
  public static Dimensions plain(List<Integer> threads, List<String> jvmArgs) {
    return new Dimensions(
        threads, List.of(1), List.of(ForkJvm.running()), List.of(new JvmArgs("", jvmArgs)));
  }

  /** Returns the cells of a model in a phase at a length, one for each combination. */
  List<Cell> cells(String model, Phase phase, int length) {
    List<Cell> cells = new ArrayList<>();
    for (ForkJvm jvm : jvms) {
      for (JvmArgs args : jvmArgs) {
        for (int batch : batches) {
          for (int count : threads) {
            cells.add(new Cell(model, phase, length, count, batch, jvm.name(), args.name()));
          }
        }
      }
    }
    return cells;
  }

  /**
   * Returns the Java machine of a cell.
   *
   * @throws IllegalArgumentException if there is none of its name
   */
  ForkJvm jvm(Cell cell) {
    return named("JVM", jvms, ForkJvm::name, cell.jvm());
  }

  /**
   * Returns the arguments of a cell's JVM.
   *
   * @throws IllegalArgumentException if there are none of its name
   */
  JvmArgs args(Cell cell) {
    return named("set of JVM arguments", jvmArgs, JvmArgs::name, cell.jvmArgs());
  }

  private static <T> T named(String what, List<T> all, Function<T, String> name, String wanted) {
    return all.stream()
        .filter(each -> name.apply(each).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what + " '" + wanted + "' must be one of " + all.stream().map(name).toList()));
  }

  private static void ascending(String name, List<Integer> values, int most) {
    int before = 0;
    for (int value : values) {
      if (value < 1 || value > most) {
        throw new IllegalArgumentException(name + " (" + value + ") must be in 1.." + most);
      }
      if (value < before) {
        throw new IllegalArgumentException(name + " " + values + " must ascend");
      }
      before = value;
    }
  }
}
