package dev.ordo.harness.sweep;

import dev.ordo.reports.fit.ForkDesign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Chooses the forks of a round by what they are expected to do to the intervals of the exponents
 * for each second that they take.
 *
 * <p>A series gets forks in blocks: all its lengths, or as many from either end. Between two rounds
 * the machine may have become slower; a block has about as much weight on either side of the
 * middle, so that this looks like noise and not like growth, and no length is ever more than two
 * forks ahead of another. Each series has the block that narrows its intervals most for the time;
 * those that gain at least half as much a second as the best one get it now, in random order.
 */
final class Steering {

  /** A series that gains less than this part of what the best gains waits for a later round. */
  private static final double WORTHWHILE = 0.5;

  /** So many forks may a length be ahead of another of its series. */
  private static final int AHEAD = 2;

  /** A block's mean logarithm of length is so near the middle, as a part of the range. */
  private static final double TILT = 0.15;

  private final Goal goal;
  private final Map<SeriesState.Look, Boolean> looks = new HashMap<>();

  /**
   * Steers towards a goal.
   *
   * @param goal what is wanted, what it may take, and the seed that orders forks
   */
  Steering(Goal goal) {
    this.goal = goal;
  }

  /**
   * The forks of a round.
   *
   * @param cells in order; none where no series is open or nothing fits
   * @param measuredMillis how long the forks of a series are to measure, in milliseconds, by the
   *     series' cell of length 1
   * @param millisLeft the time that all open series are expected to need from here on, in
   *     milliseconds
   */
  record Plan(List<Cell> cells, Map<Cell, Double> measuredMillis, double millisLeft) {

    /** Returns how long a fork of a cell is to measure, in milliseconds. */
    double measuredMillis(Cell cell) {
      return measuredMillis.getOrDefault(SeriesState.key(cell), ForkPlan.USUAL_MILLIS);
    }
  }

  private record Block(List<Cell> cells, double gainPerMilli, double millis) {}

  /**
   * Plans a round.
   *
   * @param round the round, from 2
   * @param knowledge what is known at its beginning
   */
  Plan round(int round, Knowledge knowledge) {
    double rest = goal.budget().toMillis() - knowledge.spentMillis();
    List<SeriesState> open =
        SeriesState.group(knowledge.measurable()).stream()
            .map(cells -> SeriesState.of(goal, knowledge, cells))
            .filter(state -> !state.full() && !precise(state))
            .toList();
    List<Cell> cells = young(open, knowledge, rest);
    if (cells.isEmpty()) {
      cells = worthwhile(open, knowledge, rest);
    }
    // What was measured first may not be first in what a resumed run knows.
    cells.sort(Comparator.comparing(Cell::toString));
    Collections.shuffle(cells, new Random(goal.seed() + 31L * round));
    Map<Cell, Double> measuredMillis = new HashMap<>();
    for (SeriesState state : open) {
      measuredMillis.put(
          SeriesState.key(state.cells().get(0)), state.measuredMillis(knowledge.overheadMillis()));
    }
    return new Plan(
        cells,
        measuredMillis,
        Math.max(millisLeft(open, knowledge), knowledge.expectedMillis(cells)));
  }

  private boolean precise(SeriesState state) {
    state.note(looks);
    return state.precise(looks);
  }

  private List<Cell> young(List<SeriesState> open, Knowledge knowledge, double restMillis) {
    List<Cell> cells = new ArrayList<>();
    for (SeriesState state : open) {
      for (Cell cell : state.young()) {
        if (knowledge.expectedMillis(cell) <= restMillis) {
          cells.add(cell);
        }
      }
    }
    return cells;
  }

  private List<Cell> worthwhile(List<SeriesState> open, Knowledge knowledge, double restMillis) {
    List<Block> blocks =
        open.stream()
            .flatMap(state -> best(state, knowledge, restMillis).stream())
            .sorted(Comparator.comparingDouble(Block::gainPerMilli).reversed())
            .toList();
    List<Cell> cells = new ArrayList<>();
    double millis = 0;
    for (Block block : blocks) {
      if (block.gainPerMilli() >= WORTHWHILE * blocks.get(0).gainPerMilli()
          && millis + block.millis() <= restMillis) {
        cells.addAll(block.cells());
        millis += block.millis();
      }
    }
    return cells;
  }

  private static Optional<Block> best(SeriesState state, Knowledge knowledge, double restMillis) {
    return state
        .design()
        .flatMap(
            design ->
                blocks(state).stream()
                    .map(more -> block(state, more, design, knowledge))
                    .filter(block -> block.millis() <= restMillis)
                    .max(Comparator.comparingDouble(Block::gainPerMilli)));
  }

  private static Block block(
      SeriesState state, int[] more, ForkDesign design, Knowledge knowledge) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < more.length; i++) {
      if (more[i] > 0) {
        cells.add(state.cells().get(i));
      }
    }
    double millis = knowledge.expectedMillis(cells);
    return new Block(cells, state.halfWidth() * design.narrowing(more) / millis, millis);
  }

  /** Returns the blocks that a series may get: one fork or none at each length. */
  private static List<int[]> blocks(SeriesState state) {
    int m = state.cells().size();
    List<int[]> blocks = new ArrayList<>();
    for (int ends = 1; 2 * ends < m; ends++) {
      int inner = ends;
      int[] outermost = chosen(state, i -> i < inner || i >= m - inner);
      if (Arrays.stream(outermost).sum() == 2 * ends
          && ahead(state, outermost) <= AHEAD
          && Math.abs(tilt(state, outermost)) <= TILT) {
        blocks.add(outermost);
      }
    }
    int least = IntStream.range(0, m).map(state::made).min().orElseThrow();
    int[] behind = chosen(state, i -> state.made(i) == least);
    if (Math.abs(tilt(state, behind)) <= TILT) {
      blocks.add(behind);
    }
    blocks.add(chosen(state, i -> true));
    return blocks;
  }

  private static int[] chosen(SeriesState state, IntPredicate wanted) {
    return IntStream.range(0, state.cells().size())
        .map(i -> wanted.test(i) && !state.full(i) ? 1 : 0)
        .toArray();
  }

  private static int ahead(SeriesState state, int[] more) {
    IntSummaryStatistics forks =
        IntStream.range(0, more.length).map(i -> state.made(i) + more[i]).summaryStatistics();
    return forks.getMax() - forks.getMin();
  }

  /** Returns how far a block's middle is from that of the series, as a part of the range. */
  private static double tilt(SeriesState state, int[] more) {
    double range = logLength(state, more.length - 1) - logLength(state, 0);
    double all = 0;
    double chosen = 0;
    double count = Arrays.stream(more).sum();
    for (int i = 0; i < more.length; i++) {
      all += logLength(state, i) / more.length;
      chosen += more[i] * logLength(state, i) / count;
    }
    return range == 0 ? 0 : (chosen - all) / range;
  }

  private static double logLength(SeriesState state, int index) {
    return Math.log(state.cells().get(index).length());
  }

  /** An interval is half as wide with four times the forks. */
  private double millisLeft(List<SeriesState> open, Knowledge knowledge) {
    double millis = 0;
    for (SeriesState state : open) {
      double wanted = Math.pow(state.halfWidth() / goal.precision(), 2);
      for (int i = 0; i < state.cells().size(); i++) {
        double forks = Math.max(1, Math.ceil(state.made(i) * (wanted - 1)));
        millis +=
            Math.min(forks, Math.max(0, goal.forks() - state.made(i)))
                * knowledge.expectedMillis(state.cells().get(i));
      }
    }
    return millis;
  }
}
