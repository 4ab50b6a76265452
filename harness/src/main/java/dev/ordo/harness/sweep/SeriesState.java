package dev.ordo.harness.sweep;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.ForkDesign;
import dev.ordo.reports.fit.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** How well a series is known from the forks that it has. */
final class SeriesState {

  private static final String LENGTH = "length";

  /** With one fork at a size nothing tells how far it may be off. */
  static final int FEWEST_FORKS = 2;

  /** So many further forks follow, as a part of those after which an interval is narrow enough. */
  private static final double CONFIRMING = 0.5;

  private final Goal goal;
  private final List<Cell> cells;
  private final List<List<Entry.Fork>> made;
  private final List<List<Entry.Fork>> counting;
  private final Optional<Standing> standing;

  private SeriesState(Goal goal, List<Cell> cells, List<List<Entry.Fork>> made) {
    this.goal = goal;
    this.cells = cells;
    this.made = made;
    this.counting = made.stream().map(JmhFile::counting).toList();
    this.standing =
        counting.stream().anyMatch(List::isEmpty)
            ? Optional.empty()
            : Analyst.standing(series(), goal.seed());
  }

  /**
   * Takes stock.
   *
   * @param knowledge has a fork of each of the cells
   * @param cells the cells of a series that can be measured, lengths ascending
   */
  static SeriesState of(Goal goal, Knowledge knowledge, List<Cell> cells) {
    return new SeriesState(
        goal, List.copyOf(cells), cells.stream().map(cell -> knowledge.forks(cell)).toList());
  }

  /** Returns the series that differs from others in all but the length. */
  static Cell key(Cell cell) {
    return cell.at(1);
  }

  /** Returns the cells of each series, lengths ascending. */
  static List<List<Cell>> group(Iterable<Cell> cells) {
    Map<Cell, List<Cell>> groups = new LinkedHashMap<>();
    cells.forEach(cell -> groups.computeIfAbsent(key(cell), each -> new ArrayList<>()).add(cell));
    groups.values().forEach(group -> group.sort((a, b) -> Integer.compare(a.length(), b.length())));
    return List.copyOf(groups.values());
  }

  /** Returns the cells, lengths ascending. */
  List<Cell> cells() {
    return cells;
  }

  /** Returns the number of forks made at a place among the cells. */
  int made(int index) {
    return made.get(index).size();
  }

  /** Returns whether every cell has as many forks as it may get. */
  boolean full() {
    return IntStream.range(0, cells.size()).allMatch(this::full);
  }

  /** Returns whether the cell at a place has as many forks as it may get. */
  boolean full(int index) {
    return made(index) >= goal.forks();
  }

  /** Returns the cells that have too few forks to tell their noise and may get more. */
  List<Cell> young() {
    List<Cell> young = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      if (counting.get(i).size() < FEWEST_FORKS && !full(i)) {
        young.add(cells.get(i));
      }
    }
    return young;
  }

  /** Returns the exponent as it is known now; empty with fewer than 3 lengths. */
  Optional<Standing> standing() {
    return standing;
  }

  /**
   * Returns half the width of the exponent's interval, as far as forks can narrow it: the report's
   * or that of the forks alone, whichever is wider, and that of the forks where sizes scatter by
   * more than these explain; infinite where nothing tells it.
   */
  double halfWidth() {
    double ofForks = design().map(ForkDesign::halfWidth).orElse(Double.POSITIVE_INFINITY);
    return standing
        .filter(now -> !now.bent())
        .map(now -> Math.max(now.halfWidth(), ofForks))
        .orElse(ofForks);
  }

  /**
   * Returns whether the exponent is known as well as was asked for. An interval may be narrow
   * because the noise looks smaller by chance than it is, and looking after each round finds such a
   * moment; so what counts is the first moment, and some further forks that are made whatever they
   * say.
   *
   * @param looks what earlier moments said, by the same series; added to
   */
  boolean precise(Map<Look, Boolean> looks) {
    int[] rounds =
        made.stream().flatMap(List::stream).mapToInt(Entry.Fork::round).sorted().toArray();
    for (int before = 1; before < rounds.length; before++) {
      int confirming = rounds.length - before;
      if (rounds[before] > rounds[before - 1]
          && confirming >= CONFIRMING * before
          && reached(rounds[before - 1], looks)) {
        return true;
      }
    }
    return false;
  }

  /** A moment at which a series was looked at: after all of its forks of rounds up to one. */
  record Look(Cell series, int round) {}

  private boolean reached(int round, Map<Look, Boolean> looks) {
    // The same forks say the same again: what has been looked at is kept.
    return looks.computeIfAbsent(new Look(key(cells.get(0)), round), look -> upTo(round).reached());
  }

  private SeriesState upTo(int round) {
    List<List<Entry.Fork>> forks =
        made.stream()
            .map(all -> all.stream().filter(fork -> fork.round() <= round).toList())
            .toList();
    return new SeriesState(goal, cells, forks);
  }

  /** Keeps what the forks say now, for later looks back. */
  void note(Map<Look, Boolean> looks) {
    made.stream()
        .flatMap(List::stream)
        .mapToInt(Entry.Fork::round)
        .max()
        .ifPresent(last -> looks.put(new Look(key(cells.get(0)), last), reached()));
  }

  private boolean reached() {
    return standing.isPresent() && young().isEmpty() && halfWidth() <= goal.precision();
  }

  /**
   * Returns how long a fork is to measure so that the intervals narrow fastest: √(c/d · σ_w²/σ_b²)
   * iterations of length d, where c is what a fork takes beside them (Kalibera and Jones 2013,
   * section 6.2); the usual time where a length has one fork only.
   *
   * @param overheadMillis c, in milliseconds
   */
  double measuredMillis(double overheadMillis) {
    return standing
        .filter(now -> young().isEmpty())
        .flatMap(Standing::noise)
        .map(
            noise ->
                ForkPlan.ITERATION_MILLIS
                    * noise.bestIterations(overheadMillis, ForkPlan.ITERATION_MILLIS))
        .orElse(ForkPlan.USUAL_MILLIS);
  }

  /** Returns what further forks would do; empty where the noise is not known. */
  Optional<ForkDesign> design() {
    int[] forks = counting.stream().mapToInt(List::size).toArray();
    double[] sizes = cells.stream().mapToDouble(Cell::length).toArray();
    double[] variances = new double[sizes.length];
    int degrees;
    if (standing.isPresent()) {
      degrees = standing.get().degrees();
      for (int i = 0; i < variances.length; i++) {
        variances[i] = Math.pow(standing.get().deviations().get(i), 2);
      }
    } else {
      degrees = counting.stream().mapToInt(List::size).sum() - sizes.length;
      Arrays.fill(variances, squares() / degrees);
    }
    return degrees > 0
        ? Optional.of(new ForkDesign(sizes, forks, variances, degrees))
        : Optional.empty();
  }

  private double squares() {
    double squares = 0;
    for (List<Entry.Fork> forks : counting) {
      double[] logs = forks.stream().mapToDouble(fork -> Math.log(fork.meanNanos())).toArray();
      double mean = Arrays.stream(logs).average().orElse(0);
      for (double log : logs) {
        squares += (log - mean) * (log - mean);
      }
    }
    return squares;
  }

  private Series series() {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      List<double[]> forks = counting.get(i).stream().map(Entry.Fork::nanosPerOp).toList();
      points.add(new Series.Point(cells.get(i).length(), new Sample(forks, Unit.NANOS_PER_OP)));
    }
    Map<String, String> params = cells.get(0).params();
    params.remove(LENGTH);
    return new Series(ForkRunner.BENCHMARK, "avgt", params, 1, LENGTH, points);
  }
}
