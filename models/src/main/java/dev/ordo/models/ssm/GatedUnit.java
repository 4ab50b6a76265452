package dev.ordo.models.ssm;

import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.kernel.Glu;
import dev.ordo.models.kernel.GluGradient;
import java.util.Arrays;

/** The operator y = a · σ(b) on rows that hold a and then b. */
final class GatedUnit {

  private GatedUnit() {}

  /**
   * Applies it.
   *
   * @param x shape (rows, 2d)
   * @return shape (rows, d)
   */
  static Tensor apply(Tape tape, Tensor x) {
    int width = x.columns() / 2;
    Tensor y = tape.tensor(x.rows(), width);
    Arrays.fill(y.value(), 0);
    Glu.add(x.value(), x.rows(), width, y.value(), 0);
    tape.record(y, () -> GluGradient.add(x.value(), y.gradient(), x.rows(), width, x.gradient()));
    return y;
  }
}
