package dev.ordo.reports.bench;

import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.Looks;
import dev.ordo.reports.paired.Pair;
import dev.ordo.reports.paired.PairedCell;
import dev.ordo.reports.paired.PairedComparison;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** Runs generated paired comparisons as a campaign does: pairs until all is settled, then again. */
final class PairedTrials {

  private static final double SMALLEST = 64;

  private final Noise noise;
  private final PairedOptions options;

  PairedTrials(Noise noise, PairedOptions options) {
    this.noise = noise;
    this.options = options;
  }

  /**
   * How a trial ended.
   *
   * @param comparison what it says
   * @param pairs all pairs that it took
   */
  record Ended(PairedComparison comparison, int pairs) {}

  /** The pairs of one cell so far. */
  private static final class Course {
    private final List<Pair> first = new ArrayList<>();
    private final List<Pair> again = new ArrayList<>();

    List<Pair> of(Stage stage) {
      return stage == Stage.FIRST ? first : again;
    }
  }

  /**
   * Runs one trial.
   *
   * @param series the number of series
   * @param sizes the number of sizes of each, from 64 on, doubling
   * @param ratio the true ratio at a size
   */
  Ended run(int series, int sizes, DoubleUnaryOperator ratio, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Course> courses = new ArrayList<>();
    for (int i = 0; i < series * sizes; i++) {
      courses.add(new Course());
    }
    PairedComparison comparison = PairedComparison.of(cells(courses, sizes), options);
    for (Stage stage : Stage.values()) {
      while (true) {
        List<Integer> open = open(comparison, courses, stage);
        if (open.isEmpty()) {
          break;
        }
        for (int i : open) {
          double truth = ratio.applyAsDouble(SMALLEST * Math.pow(2, i % sizes));
          List<Pair> pairs = courses.get(i).of(stage);
          for (int n = Looks.after(pairs.size()) - pairs.size(); n > 0; n--) {
            pairs.add(new Pair(fork(1, random), fork(truth, random)));
          }
        }
        comparison = PairedComparison.of(cells(courses, sizes), options);
      }
    }
    int pairs = courses.stream().mapToInt(c -> c.first.size() + c.again.size()).sum();
    return new Ended(comparison, pairs);
  }

  private List<Integer> open(PairedComparison comparison, List<Course> courses, Stage stage) {
    List<Integer> open = new ArrayList<>();
    List<CellFinding> suspects = comparison.suspects();
    for (int i = 0; i < courses.size(); i++) {
      CellFinding cell = comparison.cells().get(i);
      boolean settled =
          stage == Stage.FIRST
              ? comparison.settled(cell)
              : !suspects.contains(cell) || comparison.settledAgain(cell);
      if (!settled && courses.get(i).of(stage).size() < options.most(stage)) {
        open.add(i);
      }
    }
    return open;
  }

  private double fork(double mean, RandomGenerator random) {
    return Arrays.stream(noise.fork(mean, random)).average().orElseThrow();
  }

  private static List<PairedCell> cells(List<Course> courses, int sizes) {
    List<PairedCell> cells = new ArrayList<>();
    for (int i = 0; i < courses.size(); i++) {
      cells.add(
          new PairedCell(
              "series " + i / sizes,
              SMALLEST * Math.pow(2, i % sizes),
              courses.get(i).first,
              courses.get(i).again));
    }
    return cells;
  }
}
