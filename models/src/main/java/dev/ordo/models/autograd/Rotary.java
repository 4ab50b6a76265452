package dev.ordo.models.autograd;

import dev.ordo.models.kernel.Rope;

/** Rotary position embedding. A rotation's gradient goes back by the opposite rotation. */
public final class Rotary {

  private Rotary() {}

  /**
   * Turns heads by the angles of their positions; the first row of each sequence is position 0.
   *
   * @param x shape (batch · length, heads · width)
   * @param rope for heads of that width and at least {@code length} positions
   * @param heads the number of heads
   * @param batch the number of sequences, whose rows follow each other
   * @return of the same shape
   * @throws IllegalArgumentException if rows are not a whole number of sequences, or columns not
   *     those of the heads
   */
  public static Tensor apply(Tape tape, Tensor x, Rope rope, int heads, int batch) {
    if (batch < 1 || x.rows() % batch != 0 || x.columns() != heads * rope.width()) {
      throw new IllegalArgumentException(
          "x ("
              + x.rows()
              + " × "
              + x.columns()
              + ") must have whole sequences ("
              + batch
              + ") of "
              + heads
              + " heads of width "
              + rope.width());
    }
    int length = x.rows() / batch;
    int stride = x.columns();
    Tensor y = tape.tensor(x.rows(), stride);
    System.arraycopy(x.value(), 0, y.value(), 0, x.size());
    for (int b = 0; b < batch; b++) {
      rope.apply(0, length, y.value(), b * length * stride, stride, heads);
    }
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          for (int b = 0; b < batch; b++) {
            rope.undo(0, length, dy, b * length * stride, stride, heads);
          }
          Elementwise.passLast(y, x);
        });
    return y;
  }
}
