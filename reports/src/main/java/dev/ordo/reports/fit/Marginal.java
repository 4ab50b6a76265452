package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * The marginal likelihood of curves whose scale is unknown, for log values with normal errors of a
 * variance that is known only so well.
 *
 * <p>With r the logarithms less those of a curve, S = Σ wᵢ (rᵢ − r̄)² and σ² known with ν degrees
 * of freedom as s², the scale and the variance integrated out leave (ν s² + S)^−(ν + m − 1)/2
 * (O'Hagan and Forster, <i>Kendall's Advanced Theory of Statistics 2B</i>, 2004, section 11.3), up
 * to a factor that all curves share. A step between two sizes is one more unknown scale: the mean
 * is then taken on either side of it, and m is less by one.
 *
 * <p>Parameters of a curve's shape are integrated over a box with an even prior, by the midpoint
 * rule over cells that are halved where the likelihood is, until a cell is no wider than the noise:
 * in the direction in which the curve changes more, or in both. By how much it changes within a
 * cell, its derivatives tell; since √S changes by no more than the curve does, a cell in which the
 * likelihood is nowhere large enough to count is left out.
 */
final class Marginal {

  private static final int MOST_LEVELS = 40;

  /** How far below the best the log-likelihood in a cell may be to be looked into. */
  private static final double DEPTH = 8;

  /** How much the log-likelihood may differ between a cell and the cells that it was split into. */
  private static final double EVEN = 1;

  /** By how much more, for each unit that the cell lies below the summit. */
  private static final double SLACK = 0.5;

  private final double[] logs;
  private final double[] weights;
  private final int split;
  private final double squares;
  private final double power;
  private final double constant;
  private CurveTree.Cell[] cells = new CurveTree.Cell[64];
  private CurveTree.Cell[] next = new CurveTree.Cell[64];
  private double[] above = new double[64];
  private double[] nextAbove = new double[64];
  private int[] families = new int[64];
  private int[] nextFamilies = new int[64];
  private double[] plain = new double[64];
  private double[] nearest = new double[64];

  /**
   * Makes one; it serves one thread.
   *
   * @param logs shape (m), the logarithms of the values; not modified
   * @param weights shape (m); not modified
   * @param variance s², of a size of weight 1
   * @param degrees ν
   * @param split the first size above a step, whose height is unknown too; 0 without a step
   */
  Marginal(double[] logs, double[] weights, double variance, double degrees, int split) {
    this.weights = weights;
    this.split = split;
    double total = 0;
    double mean = 0;
    for (int i = 0; i < logs.length; i++) {
      total += weights[i];
      mean += weights[i] * logs[i];
    }
    mean /= total;
    // Centred, so that sums of squares do not cancel.
    this.logs = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      this.logs[i] = logs[i] - mean;
    }
    squares = degrees * variance;
    int free = logs.length - (split > 0 ? 2 : 1);
    power = (degrees + free) / 2;
    constant =
        Gamma.logGamma(power)
            - Gamma.logGamma(degrees / 2)
            + degrees / 2 * Math.log(squares)
            - free / 2.0 * Math.log(Math.PI);
  }

  /**
   * A piece of a box of parameters.
   *
   * @param first the middle of the first parameter
   * @param second the middle of the second parameter
   * @param log the logarithm of the likelihood integrated over the piece, relative to others of the
   *     same data
   */
  record Piece(double first, double second, double log) {}

  /** Returns the logarithm of the likelihood of one curve. */
  double log(double[] curve) {
    return log(distance(curve));
  }

  private double log(double sum) {
    return constant - power * Math.log(squares + sum);
  }

  /**
   * Returns the pieces of a box where nearly all of the likelihood is, with an even prior.
   *
   * @param tree the cells of the box
   * @param least the logarithm of a likelihood integrated over a piece that does not count
   */
  List<Piece> integrate(CurveTree tree, double least) {
    return new Box(tree, least).pieces();
  }

  /** The cells of a box, split level by level. */
  private final class Box {

    private final double least;
    private final List<Piece> pieces = new ArrayList<>();
    private int count;
    private int nextCount;
    private double summit = Double.NEGATIVE_INFINITY;

    Box(CurveTree tree, double least) {
      this.least = least;
      add(tree.roots(), Double.NaN, 1);
    }

    List<Piece> pieces() {
      for (int level = 0; nextCount > 0; level++) {
        swap();
        look();
        divide(level == MOST_LEVELS);
      }
      double best = Double.NEGATIVE_INFINITY;
      for (Piece piece : pieces) {
        best = Math.max(best, piece.log());
      }
      double lowest = best - DEPTH;
      pieces.removeIf(piece -> piece.log() < lowest);
      return pieces;
    }

    private void swap() {
      CurveTree.Cell[] looked = cells;
      cells = next;
      next = looked;
      double[] lookedAbove = above;
      above = nextAbove;
      nextAbove = lookedAbove;
      int[] lookedFamilies = families;
      families = nextFamilies;
      nextFamilies = lookedFamilies;
      count = nextCount;
      nextCount = 0;
    }

    /**
     * Adds cells for the next level.
     *
     * @param log the log-likelihood of what they are parts of
     * @param family how many of them are parts of the same
     */
    private void add(CurveTree.Cell[] added, double log, int family) {
      int needed = nextCount + added.length;
      if (needed > next.length) {
        next = Arrays.copyOf(next, 2 * needed);
        nextAbove = Arrays.copyOf(nextAbove, 2 * needed);
        nextFamilies = Arrays.copyOf(nextFamilies, 2 * needed);
      }
      for (CurveTree.Cell cell : added) {
        next[nextCount] = cell;
        nextAbove[nextCount] = log;
        nextFamilies[nextCount] = family;
        nextCount++;
      }
    }

    /** Evaluates the middle of each cell, and how low S may be anywhere in it. */
    private void look() {
      if (plain.length < count) {
        plain = new double[cells.length];
        nearest = new double[cells.length];
      }
      for (int i = 0; i < count; i++) {
        CurveTree.Cell cell = cells[i];
        if (cell.curve.length == 0) {
          plain[i] = Double.NEGATIVE_INFINITY;
          nearest[i] = Double.POSITIVE_INFINITY;
          continue;
        }
        double sum = distance(cell.curve);
        plain[i] = log(sum);
        double root = Math.max(0, Math.sqrt(sum) - cell.across - cell.along);
        nearest[i] = root * root;
        summit = Math.max(summit, plain[i]);
      }
    }

    /** Keeps the cells that are fine enough and splits those that matter. */
    private void divide(boolean last) {
      // S of a curve that is DEPTH below the summit: comparing sums takes no logarithm a cell.
      double farthest = Math.exp((constant - summit + DEPTH) / power) - squares;
      int family;
      for (int from = 0; from < count; from += family) {
        family = families[from];
        boolean even = last || isEven(from, family);
        for (int i = from; i < from + family; i++) {
          double part = cells[i].part;
          if (even) {
            pieces.add(new Piece(cells[i].first, cells[i].second, plain[i] + part));
          } else if (nearest[i] < farthest && log(nearest[i]) + part > least) {
            CurveTree.Cell[] parts = cells[i].parts();
            add(parts, plain[i], parts.length);
          }
        }
      }
    }

    private boolean isEven(int from, int family) {
      double low = above[from];
      double high = low;
      double widest = 0;
      for (int i = from; i < from + family; i++) {
        low = Math.min(low, plain[i]);
        high = Math.max(high, plain[i]);
        widest = Math.max(widest, Math.max(cells[i].across, cells[i].along));
      }
      double allowed = EVEN + SLACK * Math.max(0, summit - high);
      if (!(high - low < allowed)) {
        return false;
      }
      // The direction in which a cell was not split must matter no more.
      double tolerated = Math.exp((constant - high) / power) / power;
      return widest * widest < allowed * tolerated;
    }
  }

  /** Returns S of a curve. */
  private double distance(double[] curve) {
    return split == 0
        ? distance(curve, 0, curve.length)
        : distance(curve, 0, split) + distance(curve, split, curve.length);
  }

  private double distance(double[] curve, int from, int to) {
    double total = 0;
    double sum = 0;
    double all = 0;
    for (int i = from; i < to; i++) {
      double residual = logs[i] - curve[i];
      double weighted = weights[i] * residual;
      total += weights[i];
      sum += weighted;
      all += weighted * residual;
    }
    return Math.max(0, all - sum * sum / total);
  }

  /**
   * Returns the weighted sum of squares about the mean, or about those on either side of a step.
   *
   * @param split the first size above the step; 0 without one
   */
  static double squares(double[] values, double[] weights, int split) {
    return split == 0
        ? squares(values, weights, 0, values.length)
        : squares(values, weights, 0, split) + squares(values, weights, split, values.length);
  }

  private static double squares(double[] values, double[] weights, int from, int to) {
    double total = 0;
    double sum = 0;
    double all = 0;
    for (int i = from; i < to; i++) {
      double weighted = weights[i] * values[i];
      total += weights[i];
      sum += weighted;
      all += weighted * values[i];
    }
    return Math.max(0, all - sum * sum / total);
  }
}
