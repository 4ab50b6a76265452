package dev.ordo.models.autograd;

import dev.ordo.models.kernel.SwiGlu;

/** The gated unit of Llama, y = silu(g)·u: see {@link SwiGlu}. */
public final class GatedUnit {

  private GatedUnit() {}

  /**
   * Lets values through gates.
   *
   * @param g gates, shape (rows, columns)
   * @param u values, of the same shape
   * @return of the same shape
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Tensor apply(Tape tape, Tensor g, Tensor u) {
    if (g.rows() != u.rows() || g.columns() != u.columns()) {
      throw new IllegalArgumentException(
          "shapes ("
              + g.rows()
              + " × "
              + g.columns()
              + " and "
              + u.rows()
              + " × "
              + u.columns()
              + ") must be equal");
    }
    Tensor y = tape.tensor(g.rows(), g.columns());
    SwiGlu.apply(g.value(), u.value(), y.size(), y.value());
    tape.record(
        y,
        () ->
            SwiGlu.backward(
                g.value(), u.value(), y.gradient(), g.gradient(), u.gradient(), y.size()));
    return y;
  }
}
