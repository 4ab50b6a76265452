package dev.ordo.reports.fit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The curves of a shape with one or two parameters, at the middle of the cells that a box of these
 * parameters is cut into: first evenly, then each cell in two or four, where an integral looks more
 * closely.
 *
 * <p>A curve depends on the sizes alone and costs many times as much as a look at it, so a cell is
 * computed when it is first asked for and then kept for all series that share the sizes, as far as
 * the room goes. Which thread computes it makes no difference.
 */
final class CurveTree {

  private static final int FIRST_CELLS = 12;
  private static final int FIRST_CELLS_OF_TWO = 6;

  /**
   * How fast derivatives grow within a cell, for a change of the parameter by 1, as a logarithm.
   */
  private static final double BEND = 1.5;

  /** What a cell takes beside its curve, in numbers of eight bytes. */
  private static final int OVERHEAD = 16;

  private final Shape shape;
  private final double[] weights;
  private final int split;
  private final double volume;
  private final AtomicLong room;
  private final Cell[] roots;

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
   * Makes the cells of a box.
   *
   * @param weights shape (m), those of the sizes; not modified
   * @param split the first size above a step, whose height is unknown; 0 without a step
   * @param room how many numbers may be kept; what is kept is taken from it
   */
  CurveTree(
      Parameter first,
      Parameter second,
      Shape shape,
      double[] weights,
      int split,
      AtomicLong room) {
    this.shape = shape;
    this.weights = weights;
    this.split = split;
    this.room = room;
    boolean two = second.width() > 0;
    int many = two ? FIRST_CELLS_OF_TWO : FIRST_CELLS;
    int rows = two ? many : 1;
    volume = two ? first.width() * second.width() : first.width();
    double half = first.width() / many / 2;
    double otherHalf = second.width() / rows / 2;
    roots = new Cell[many * rows];
    Sheet sheet = new Sheet(weights.length);
    for (int i = 0; i < roots.length; i++) {
      roots[i] =
          new Cell(
              first.low() + (2 * (i / rows) + 1) * half,
              second.low() + (2 * (i % rows) + 1) * otherHalf,
              half,
              otherHalf,
              sheet);
    }
  }

  /** Returns the cells of the first cut; not modified. */
  Cell[] roots() {
    return roots;
  }

  /** A cell with the curve in its middle. */
  final class Cell {

    /** The middle of the first parameter. */
    final double first;

    /** The middle of the second parameter. */
    final double second;

    /** The logarithm of the cell's part of the box. */
    final double part;

    /** Shape (m): the logarithms of the curve; empty where there is no such curve. */
    final double[] curve;

    /** By how much √S may change between the middle and the first parameter's ends. */
    final double across;

    /** By how much √S may change between the middle and the second parameter's ends. */
    final double along;

    private final double half;
    private final double otherHalf;
    private volatile Cell[] parts;

    private Cell(double first, double second, double half, double otherHalf, Sheet sheet) {
      this.first = first;
      this.second = second;
      this.half = half;
      this.otherHalf = otherHalf;
      double size = half * 2 * (otherHalf == 0 ? 1 : otherHalf * 2);
      part = Math.log(size / volume);
      boolean there = shape.curve(first, second, sheet);
      curve = there ? sheet.curve.clone() : new double[0];
      across = there ? reach(sheet.first, half) : 0;
      along = there ? reach(sheet.second, otherHalf) : 0;
    }

    private double reach(double[] derivatives, double width) {
      return width == 0
          ? 0
          : width
              * Math.exp(BEND * width)
              * Math.sqrt(Marginal.squares(derivatives, weights, split));
    }

    /**
     * Returns the cells that it is cut into: in the direction in which the curve changes more, or
     * in both; not modified.
     */
    Cell[] parts() {
      Cell[] known = parts;
      return known != null ? known : cut();
    }

    private Cell[] cut() {
      boolean one = across >= along / 2;
      boolean other = along >= across / 2 && along > 0;
      double width = half / (one ? 2 : 1);
      double otherWidth = otherHalf / (other ? 2 : 1);
      Cell[] cells = new Cell[(one ? 2 : 1) * (other ? 2 : 1)];
      Sheet sheet = new Sheet(weights.length);
      for (int i = 0; i < cells.length; i++) {
        double right = one ? (i % 2 == 0 ? -width : width) : 0;
        double up = other ? ((one ? i < 2 : i == 0) ? -otherWidth : otherWidth) : 0;
        cells[i] = new Cell(first + right, second + up, width, otherWidth, sheet);
      }
      long taken = (long) cells.length * (weights.length + OVERHEAD);
      if (room.addAndGet(-taken) >= 0) {
        parts = cells;
      } else {
        room.addAndGet(taken);
      }
      return cells;
    }
  }
}
