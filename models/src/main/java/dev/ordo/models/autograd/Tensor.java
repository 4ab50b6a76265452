package dev.ordo.models.autograd;

import java.util.Arrays;

/**
 * A matrix and, once asked for, the gradient of a loss with respect to it.
 *
 * <p>Gradients are sums over all uses of a tensor: an operator's backward pass adds to them.
 */
public final class Tensor {

  private final int rows;
  private final int columns;
  private final float[] value;
  private final boolean differentiable;

  /** Where the gradient's memory comes from; null where it stays with the tensor. */
  private final Arena arena;

  private float[] gradient;

  /** Whether the gradient belongs to the present step; otherwise it counts as zeros. */
  private boolean current;

  private Tensor(int rows, int columns, float[] value, boolean differentiable, Arena arena) {
    this.rows = rows;
    this.columns = columns;
    this.value = value;
    this.differentiable = differentiable;
    this.arena = arena;
  }

  /**
   * Makes a tensor that no gradient is wanted for.
   *
   * @param value shape (rows, columns), row-major; used as it is, not copied
   * @throws IllegalArgumentException if there are not rows × columns values
   */
  public static Tensor constant(float[] value, int rows, int columns) {
    return new Tensor(rows, columns, checked(value, rows, columns), false, null);
  }

  /** Makes a parameter, whose gradient keeps its memory from step to step. */
  static Tensor parameter(float[] value, int rows, int columns) {
    return new Tensor(rows, columns, checked(value, rows, columns), true, null);
  }

  /** Makes the result of an operator. */
  static Tensor result(float[] value, int rows, int columns, Arena arena) {
    return new Tensor(rows, columns, value, true, arena);
  }

  private static float[] checked(float[] value, int rows, int columns) {
    if (rows < 1 || columns < 1 || value.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "value ("
              + value.length
              + " values) must be as many as rows ("
              + rows
              + ") × columns ("
              + columns
              + "), both positive");
    }
    return value;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns. */
  public int columns() {
    return columns;
  }

  /** Returns the number of values. */
  public int size() {
    return rows * columns;
  }

  /** Returns the values, shape (rows, columns), row-major; the tensor's own array. */
  public float[] value() {
    return value;
  }

  /** Says whether a gradient is wanted; a backward pass skips what is not. */
  public boolean needsGradient() {
    return differentiable;
  }

  /** Says whether a gradient of the present step is there, to which more has to be added. */
  public boolean hasGradient() {
    return current;
  }

  /**
   * Returns the gradient, shape (rows, columns), row-major: the tensor's own array, for an operator
   * to add to. Zeros where nothing was added yet.
   *
   * @throws IllegalStateException if the tensor is a constant
   */
  public float[] gradient() {
    if (!current) {
      Arrays.fill(gradientToOverwrite(), 0);
    }
    return gradient;
  }

  /**
   * Returns the gradient's array for an operator that writes all of it, which saves filling it with
   * zeros; of use only where {@link #hasGradient} is false.
   *
   * @throws IllegalStateException if the tensor is a constant
   */
  public float[] gradientToOverwrite() {
    if (!differentiable) {
      throw new IllegalStateException("a constant must not have a gradient");
    }
    if (gradient == null) {
      gradient = arena == null ? new float[size()] : arena.take(size());
    }
    current = true;
    return gradient;
  }

  /**
   * Makes this gradient's memory that of another result of the same size, if that has none; then
   * this tensor has none.
   *
   * @return whether it was possible
   */
  boolean handGradientTo(Tensor other) {
    if (arena == null || other.arena != arena || other.current || other.size() != size()) {
      return false;
    }
    other.gradient = gradient();
    other.current = true;
    gradient = null;
    current = false;
    return true;
  }

  /** Forgets the gradient; a result gives its memory back. */
  void clearGradient() {
    current = false;
    if (arena != null && gradient != null) {
      arena.give(gradient);
      gradient = null;
    }
  }
}
