package dev.ordo.reports.fit;

import java.util.ArrayList;
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
 * is then taken on either side of it, and m is less by one. Parameters of a curve's shape are
 * integrated over a box with an even prior, by the midpoint rule over cells that are split where
 * the likelihood is, until a cell is no wider than the noise.
 */
final class Marginal {

  private static final int FIRST_CELLS = 24;
  private static final int FIRST_CELLS_OF_TWO = 14;
  private static final int MOST_LEVELS = 12;

  /** How far below the best a cell's log-likelihood may be to be looked into. */
  private static final double DEPTH = 8;

  /** How much the log-likelihood may differ between a cell and the cells that it was split into. */
  private static final double EVEN = 1;

  /** By how much more, for each unit that the cell lies below the summit. */
  private static final double SLACK = 0.5;

  private final double[] logs;
  private final double[] weights;
  private final double totalWeight;
  private final int split;
  private final double squares;
  private final double power;
  private final double constant;

  /**
   * Makes one.
   *
   * @param logs shape (m), the logarithms of the values; not modified
   * @param weights shape (m); not modified
   * @param variance s², of a size of weight 1
   * @param degrees ν
   * @param split the first size above a step, whose height is unknown too; 0 without a step
   */
  Marginal(double[] logs, double[] weights, double variance, double degrees, int split) {
    this.logs = logs;
    this.weights = weights;
    this.split = split;
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    totalWeight = total;
    squares = degrees * variance;
    int free = logs.length - (split > 0 ? 2 : 1);
    power = (degrees + free) / 2;
    constant =
        Gamma.logGamma(power)
            - Gamma.logGamma(degrees / 2)
            + degrees / 2 * Math.log(squares)
            - free / 2.0 * Math.log(Math.PI);
  }

  /** Writes the logarithms of a curve with two shape parameters into {@code curve}. */
  interface Shape {
    /** Returns false where there is no such curve. */
    boolean curve(double first, double second, double[] curve);
  }

  /**
   * A parameter of a shape.
   *
   * @param low the least value
   * @param high the largest value
   * @param sensitivity by how much a curve's logarithm changes for a change of the parameter by 1,
   *     about, as a root mean square over sizes
   */
  record Parameter(double low, double high, double sensitivity) {

    /** What is put in place of a parameter that a shape does not have. */
    static final Parameter NONE = new Parameter(0, 0, 0);

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
    return constant - power * Math.log(squares + squares(curve));
  }

  /** Returns the pieces of a box where nearly all of the likelihood is, with an even prior. */
  List<Piece> integrate(Parameter first, Parameter second, Shape shape) {
    return new Box(first, second, shape).pieces();
  }

  /** The cells of a box, split level by level. */
  private final class Box {

    private final Parameter first;
    private final Parameter second;
    private final Shape shape;
    private final int family;
    private final double[] curve = new double[logs.length];
    private final List<Piece> pieces = new ArrayList<>();
    private double[][] cells;
    private double width;
    private double height;
    private double summit = Double.NEGATIVE_INFINITY;

    Box(Parameter first, Parameter second, Shape shape) {
      this.first = first;
      this.second = second;
      this.shape = shape;
      boolean two = second.width() > 0;
      int many = two ? FIRST_CELLS_OF_TWO : FIRST_CELLS;
      int rows = two ? many : 1;
      family = two ? 4 : 2;
      width = first.width() / many;
      height = second.width() / rows;
      cells = new double[many * rows][];
      for (int i = 0; i < cells.length; i++) {
        cells[i] =
            new double[] {
              first.low() + (i / rows + 0.5) * width,
              second.low() + (i % rows + 0.5) * height,
              Double.NaN
            };
      }
    }

    List<Piece> pieces() {
      for (int level = 0; cells.length > 0; level++) {
        split(level == MOST_LEVELS);
      }
      double best = pieces.stream().mapToDouble(Piece::log).max().orElse(0);
      pieces.removeIf(piece -> piece.log() < best - DEPTH);
      return pieces;
    }

    /** Keeps the cells that are fine enough and splits those that matter. */
    private void split(boolean last) {
      double a = width * first.sensitivity();
      double b = height * second.sensitivity();
      double blur = totalWeight * (a * a + b * b) / 6;
      double volume =
          Math.log(width / first.width()) + (family == 4 ? Math.log(height / second.width()) : 0);
      double[] plain = new double[cells.length];
      double[] blurred = new double[cells.length];
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < cells.length; i++) {
        boolean there = shape.curve(cells[i][0], cells[i][1], curve);
        double sum = there ? squares(curve) : Double.POSITIVE_INFINITY;
        plain[i] = constant - power * Math.log(squares + sum);
        blurred[i] = constant - power * Math.log(squares + blur + sum);
        best = Math.max(best, blurred[i]);
        summit = Math.max(summit, plain[i]);
      }
      List<double[]> next = new ArrayList<>();
      for (int from = 0; from < cells.length; from += family) {
        boolean even = last || isEven(plain, from);
        for (int i = from; i < from + family; i++) {
          if (even) {
            pieces.add(new Piece(cells[i][0], cells[i][1], plain[i] + volume));
          } else if (blurred[i] > best - DEPTH) {
            children(cells[i], plain[i], next);
          }
        }
      }
      cells = next.toArray(double[][]::new);
      width /= 2;
      height /= 2;
    }

    private boolean isEven(double[] plain, int from) {
      double least = cells[from][2];
      double most = cells[from][2];
      for (int i = from; i < from + family; i++) {
        least = Math.min(least, plain[i]);
        most = Math.max(most, plain[i]);
      }
      return most - least < EVEN + SLACK * Math.max(0, summit - most);
    }

    private void children(double[] cell, double log, List<double[]> next) {
      for (int i = 0; i < family; i++) {
        double right = (i % 2 == 0 ? -0.25 : 0.25) * width;
        double up = family == 2 ? 0 : (i < 2 ? -0.25 : 0.25) * height;
        next.add(new double[] {cell[0] + right, cell[1] + up, log});
      }
    }
  }

  private double squares(double[] curve) {
    return split == 0
        ? squares(curve, 0, curve.length)
        : squares(curve, 0, split) + squares(curve, split, curve.length);
  }

  private double squares(double[] curve, int from, int to) {
    double mean = 0;
    double total = 0;
    for (int i = from; i < to; i++) {
      mean += weights[i] * (logs[i] - curve[i]);
      total += weights[i];
    }
    mean /= total;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double residual = logs[i] - curve[i] - mean;
      sum += weights[i] * residual * residual;
    }
    return sum;
  }
}
