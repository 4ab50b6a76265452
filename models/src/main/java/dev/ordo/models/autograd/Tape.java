package dev.ordo.models.autograd;

import java.util.ArrayList;
import java.util.List;

/**
 * A record of the operators of a forward pass, run in reverse to differentiate it.
 *
 * <p>Source: reverse-mode accumulation as in Griewank and Walther, <i>Evaluating Derivatives</i>
 * (2nd edition, 2008), chapter 3. An operator takes memory for its result from the tape, computes
 * it, and records what its backward pass has to do; the memory is given back by {@link #reset} and
 * used again, so that a second step of the same sizes takes none from the JVM.
 *
 * <p>Used by one thread at a time.
 */
public final class Tape {

  private record Node(Tensor result, Runnable backward) {}

  private final Arena arena = new Arena();
  private final List<Node> nodes = new ArrayList<>();
  private final List<float[]> taken = new ArrayList<>();
  private long keptBytes;

  /** Makes an empty tape. */
  public Tape() {}

  /**
   * Returns a tensor for the result of an operator; its values are not specified.
   *
   * @throws IllegalArgumentException if a size is not positive or the product is beyond an array
   */
  public Tensor tensor(int rows, int columns) {
    if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rows ("
              + rows
              + ") and columns ("
              + columns
              + ") must be positive and their product less than 2³¹ − 8");
    }
    return Tensor.result(kept(rows * columns), rows, columns, arena);
  }

  /**
   * Returns memory that an operator keeps until its backward pass has run; its content is not
   * specified. It belongs to the tape again after {@link #reset}.
   *
   * @param count the number of floats
   */
  public float[] kept(int count) {
    float[] array = arena.take(count);
    taken.add(array);
    keptBytes += (long) Float.BYTES * count;
    return array;
  }

  /**
   * Returns memory for the duration of one call; its content is not specified.
   *
   * @param count the number of floats
   */
  public float[] borrow(int count) {
    return arena.take(count);
  }

  /** Takes back what {@link #borrow} lent. */
  public void giveBack(float[] array) {
    arena.give(array);
  }

  /**
   * Records an operator.
   *
   * @param result what it computed
   * @param backward adds to the gradients of its inputs, given that of the result; not run where
   *     nothing depends on the result
   */
  public void record(Tensor result, Runnable backward) {
    nodes.add(new Node(result, backward));
  }

  /**
   * Differentiates a result: runs all operators' backward passes, the last first. Gradients of
   * results are given back as soon as they have been used; those of parameters stay.
   *
   * @param loss shape (1, 1)
   * @throws IllegalArgumentException if the loss is not a single value
   */
  public void backward(Tensor loss) {
    if (loss.size() != 1) {
      throw new IllegalArgumentException(
          "loss (" + loss.rows() + " × " + loss.columns() + ") must be a single value");
    }
    backward(loss, new float[] {1});
  }

  /**
   * Runs all operators' backward passes from a given gradient of a result.
   *
   * @param result where to start
   * @param gradient the gradient with respect to it; as many values, not modified
   * @throws IllegalArgumentException if there are not as many values
   */
  public void backward(Tensor result, float[] gradient) {
    if (gradient.length != result.size()) {
      throw new IllegalArgumentException(
          "gradient ("
              + gradient.length
              + " values) must be as many as those of the result ("
              + result.size()
              + ")");
    }
    float[] to = result.gradient();
    for (int i = 0; i < gradient.length; i++) {
      to[i] += gradient[i];
    }
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.result().hasGradient()) {
        node.backward().run();
        node.result().clearGradient();
      }
    }
  }

  /** Returns the bytes that the operators since the last reset keep for their backward passes. */
  public long keptBytes() {
    return keptBytes;
  }

  /** Forgets all operators; tensors and memory that came from this tape must not be used again. */
  public void reset() {
    nodes.clear();
    taken.forEach(arena::give);
    taken.clear();
    keptBytes = 0;
  }
}
