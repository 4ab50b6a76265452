package dev.ordo.reports.paired;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How the ratio of one series runs along its sizes.
 *
 * <p>The r-th pairs of all its cells are one round. A line of ln(ratio) on ln(size), by least
 * squares, gives the round's exponent, and the mean of ln(ratio) over the largest third of the
 * sizes what became of those; rounds are independent of each other, so both are sequences like the
 * ratios of a cell ({@link AnytimeMean}), whatever the noise at each size. The second is no value
 * of the line, for ratios may bend: a candidate that lost a fixed cost has a ratio that grows
 * towards 1.
 *
 * @param exponents by which power of the size the ratio grows, one value a round
 * @param tops the mean logarithm of the ratio over the largest sizes, one value a round
 * @param range the logarithm of the largest size over the smallest
 */
record Trend(double[] exponents, double[] tops, double range) {

  private static final int FEWEST_SIZES = 2;
  private static final int LARGEST_PART = 3;

  /**
   * Returns the trend of a series; absent with one size, or before the first look. A cell with
   * fewer pairs than the first look needs does not count.
   *
   * @param cells of one series
   */
  static Optional<Trend> of(List<PairedCell> cells, Stage stage) {
    List<PairedCell> measured =
        cells.stream().filter(cell -> cell.pairs(stage).size() >= Looks.FIRST).toList();
    double[] logs = measured.stream().mapToDouble(cell -> Math.log(cell.size())).toArray();
    if (Arrays.stream(logs).distinct().count() < FEWEST_SIZES) {
      return Optional.empty();
    }
    double middle = Arrays.stream(logs).average().orElseThrow();
    double largest = Arrays.stream(logs).max().orElseThrow();
    double smallest = Arrays.stream(logs).min().orElseThrow();
    double spread = Arrays.stream(logs).map(log -> (log - middle) * (log - middle)).sum();
    int rounds = measured.stream().mapToInt(cell -> cell.pairs(stage).size()).min().orElseThrow();
    double bound = upper(logs);
    double[] exponents = new double[rounds];
    double[] tops = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      double product = 0;
      double sum = 0;
      int count = 0;
      for (int i = 0; i < logs.length; i++) {
        double ratio = measured.get(i).pairs(stage).get(round).logRatio();
        product += (logs[i] - middle) * ratio;
        if (logs[i] >= bound) {
          sum += ratio;
          count++;
        }
      }
      exponents[round] = product / spread;
      tops[round] = sum / count;
    }
    return Optional.of(new Trend(exponents, tops, largest - smallest));
  }

  /** Returns the least of the largest third of some values, of the largest where they are few. */
  private static double upper(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - Math.max(1, sorted.length / LARGEST_PART)];
  }

  /** Returns the series of some cells with their cells, in the order of the cells. */
  static List<List<PairedCell>> series(List<PairedCell> cells) {
    List<List<PairedCell>> series = new ArrayList<>();
    cells.stream()
        .map(PairedCell::series)
        .distinct()
        .forEach(
            name -> series.add(cells.stream().filter(cell -> cell.series().equals(name)).toList()));
    return series;
  }

  /** Returns the exponent that changes the ratio by the margin from the smallest to the largest. */
  double margin(PairedOptions options) {
    return options.logMargin() / range;
  }

  /**
   * Returns the probability, valid at any time, of such rounds if the ratio did not grow beyond the
   * margin over the range, or is not beyond it at the largest sizes.
   */
  double worse(PairedOptions options) {
    return Math.max(
        AnytimeMean.of(exponents).above(margin(options)),
        AnytimeMean.of(tops).above(options.logMargin()));
  }

  /** The same of a ratio that falls, and is below the margin at the largest sizes. */
  double better(PairedOptions options) {
    return Math.max(
        AnytimeMean.of(exponents).below(-margin(options)),
        AnytimeMean.of(tops).below(-options.logMargin()));
  }

  /**
   * Returns the probability, valid at any time, of such rounds if the ratio did grow beyond the
   * margin: that the one or the other speaks against it counts twice (Bonferroni).
   */
  double notWorse(PairedOptions options) {
    double least =
        Math.min(
            AnytimeMean.of(exponents).below(margin(options)),
            AnytimeMean.of(tops).below(options.logMargin()));
    return Math.min(1, 2 * least);
  }

  /** Returns the probability, valid at any time, of such rounds if the exponent changed. */
  double parallel(PairedOptions options) {
    AnytimeMean exponent = AnytimeMean.of(exponents);
    return Math.max(exponent.below(margin(options)), exponent.above(-margin(options)));
  }
}
