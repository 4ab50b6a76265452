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

  private static final int FIRST_CELLS = 12;
  private static final int FIRST_CELLS_OF_TWO = 6;
  private static final int MOST_LEVELS = 40;

  /** How far below the best the log-likelihood in a cell may be to be looked into. */
  private static final double DEPTH = 8;

  /** How much the log-likelihood may differ between a cell and the cells that it was split into. */
  private static final double EVEN = 1;

  /** By how much more, for each unit that the cell lies below the summit. */
  private static final double SLACK = 0.5;

  /**
   * How fast derivatives grow within a cell, for a change of the parameter by 1, as a logarithm.
   */
  private static final double BEND = 1.5;

  private final double[] logs;
  private final double[] weights;
  private final int split;
  private final double squares;
  private final double power;
  private final double constant;
  private final Sheet sheet;
  private final double[] residuals;

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
    sheet = new Sheet(logs.length);
    residuals = new double[logs.length];
  }

  /** Where a shape writes a curve. */
  static final class Sheet {

    /** Shape (m): the logarithms of the curve. */
    final double[] curve;

    /** Shape (m): their derivatives in the first parameter. */
    final double[] first;

    /** Shape (m): their derivatives in the second parameter. */
    final double[] second;

    private Sheet(int sizes) {
      curve = new double[sizes];
      first = new double[sizes];
      second = new double[sizes];
    }
  }

  /** A curve with one or two shape parameters. */
  interface Shape {
    /** Writes a curve and its derivatives; returns false where there is no such curve. */
    boolean curve(double first, double second, Sheet sheet);
  }

  /**
   * A parameter of a shape.
   *
   * @param low the least value
   * @param high the largest value
   */
  record Parameter(double low, double high) {

    /** What is put in place of a parameter that a shape does not have. */
    static final Parameter NONE = new Parameter(0, 0);

    double width() {
      return high - low;
    }
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
   * @param least the logarithm of a likelihood integrated over a piece that does not count
   */
  List<Piece> integrate(Parameter first, Parameter second, Shape shape, double least) {
    return new Box(first, second, shape, least).pieces();
  }

  /** Cells, each by its middle, half its widths, and the log-likelihood of what it was part of. */
  private static final class Cells {

    private static final int FIELDS = 6;

    private double[] fields = new double[64 * FIELDS];
    private int count;

    void add(double first, double second, double half, double otherHalf, double log, int family) {
      int at = count++ * FIELDS;
      if (at == fields.length) {
        fields = Arrays.copyOf(fields, 2 * at);
      }
      fields[at] = first;
      fields[at + 1] = second;
      fields[at + 2] = half;
      fields[at + 3] = otherHalf;
      fields[at + 4] = log;
      fields[at + 5] = family;
    }

    double get(int cell, int field) {
      return fields[cell * FIELDS + field];
    }
  }

  /** The cells of a box, split level by level. */
  private final class Box {

    private final Shape shape;
    private final double volume;
    private final double least;
    private final List<Piece> pieces = new ArrayList<>();
    private Cells cells = new Cells();
    private Cells next = new Cells();
    private double[] plain = new double[0];
    private double[] highest;
    private double[] across;
    private double[] along;
    private double summit = Double.NEGATIVE_INFINITY;

    Box(Parameter first, Parameter second, Shape shape, double least) {
      this.shape = shape;
      this.least = least;
      boolean two = second.width() > 0;
      int many = two ? FIRST_CELLS_OF_TWO : FIRST_CELLS;
      int rows = two ? many : 1;
      volume = (two ? first.width() * second.width() : first.width());
      double half = first.width() / many / 2;
      double otherHalf = second.width() / rows / 2;
      for (int i = 0; i < many * rows; i++) {
        cells.add(
            first.low() + (2 * (i / rows) + 1) * half,
            second.low() + (2 * (i % rows) + 1) * otherHalf,
            half,
            otherHalf,
            Double.NaN,
            1);
      }
    }

    List<Piece> pieces() {
      for (int level = 0; cells.count > 0; level++) {
        look();
        divide(level == MOST_LEVELS);
        Cells done = cells;
        cells = next;
        next = done;
        next.count = 0;
      }
      double best = Double.NEGATIVE_INFINITY;
      for (Piece piece : pieces) {
        best = Math.max(best, piece.log());
      }
      double lowest = best - DEPTH;
      pieces.removeIf(piece -> piece.log() < lowest);
      return pieces;
    }

    /** Evaluates the middle of each cell, and how high the likelihood may be anywhere in it. */
    private void look() {
      int n = cells.count;
      if (plain.length < n) {
        plain = new double[n];
        highest = new double[n];
        across = new double[n];
        along = new double[n];
      }
      for (int i = 0; i < n; i++) {
        if (!shape.curve(cells.get(i, 0), cells.get(i, 1), sheet)) {
          plain[i] = Double.NEGATIVE_INFINITY;
          highest[i] = Double.NEGATIVE_INFINITY;
          continue;
        }
        double sum = distance(sheet.curve);
        across[i] = reach(sheet.first, cells.get(i, 2));
        along[i] = reach(sheet.second, cells.get(i, 3));
        plain[i] = log(sum);
        double nearest = Math.max(0, Math.sqrt(sum) - across[i] - along[i]);
        highest[i] = log(nearest * nearest);
        summit = Math.max(summit, plain[i]);
      }
    }

    /** Returns by how much √S may change between the middle of a cell and its side. */
    private double reach(double[] derivatives, double half) {
      return half == 0 ? 0 : half * Math.exp(BEND * half) * Math.sqrt(squares(derivatives));
    }

    /** Keeps the cells that are fine enough and splits those that matter. */
    private void divide(boolean last) {
      int family;
      for (int from = 0; from < cells.count; from += family) {
        family = (int) cells.get(from, 5);
        boolean even = last || isEven(from, family);
        for (int i = from; i < from + family; i++) {
          double size = cells.get(i, 2) * 2 * (cells.get(i, 3) == 0 ? 1 : cells.get(i, 3) * 2);
          double part = Math.log(size / volume);
          if (even) {
            pieces.add(new Piece(cells.get(i, 0), cells.get(i, 1), plain[i] + part));
          } else if (highest[i] > summit - DEPTH && highest[i] + part > least) {
            divide(i);
          }
        }
      }
    }

    private boolean isEven(int from, int family) {
      double low = cells.get(from, 4);
      double high = low;
      double widest = 0;
      for (int i = from; i < from + family; i++) {
        low = Math.min(low, plain[i]);
        high = Math.max(high, plain[i]);
        widest = Math.max(widest, Math.max(across[i], along[i]));
      }
      double allowed = EVEN + SLACK * Math.max(0, summit - high);
      if (!(high - low < allowed)) {
        return false;
      }
      // The direction in which a cell was not split must matter no more.
      double tolerated = Math.exp((constant - high) / power) / power;
      return widest * widest < allowed * tolerated;
    }

    private void divide(int cell) {
      boolean first = across[cell] >= along[cell] / 2;
      boolean second = along[cell] >= across[cell] / 2 && along[cell] > 0;
      double half = cells.get(cell, 2) / (first ? 2 : 1);
      double otherHalf = cells.get(cell, 3) / (second ? 2 : 1);
      int family = (first ? 2 : 1) * (second ? 2 : 1);
      for (int i = 0; i < family; i++) {
        double right = first ? (i % 2 == 0 ? -half : half) : 0;
        double up = second ? ((first ? i < 2 : i == 0) ? -otherHalf : otherHalf) : 0;
        next.add(
            cells.get(cell, 0) + right,
            cells.get(cell, 1) + up,
            half,
            otherHalf,
            plain[cell],
            family);
      }
    }
  }

  /** Returns S of a curve. */
  private double distance(double[] curve) {
    for (int i = 0; i < curve.length; i++) {
      residuals[i] = logs[i] - curve[i];
    }
    return squares(residuals);
  }

  /** Returns the weighted sum of squares about the mean, or about those on either side. */
  private double squares(double[] values) {
    return split == 0
        ? squares(values, 0, values.length)
        : squares(values, 0, split) + squares(values, split, values.length);
  }

  private double squares(double[] values, int from, int to) {
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
