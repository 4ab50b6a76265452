package dev.ordo.models.autograd;

import dev.ordo.models.kernel.Product;
import dev.ordo.models.kernel.RowSums;

/** Affine maps of rows. Gradients of y = x·Wᵀ + b: dx = dy·W, dW = dyᵀ·x, db = Σ dy over rows. */
public final class Affine {

  private Affine() {}

  /**
   * Computes y = x·Wᵀ + b.
   *
   * @param x shape (rows, in)
   * @param weight W, shape (out, in), as torch.nn.Linear stores it
   * @param bias b, out values, or null for none
   * @return shape (rows, out)
   * @throws IllegalArgumentException if sizes do not fit
   */
  public static Tensor ofRows(Tape tape, Tensor x, Tensor weight, Tensor bias) {
    return apply(tape, x, weight, true, bias);
  }

  /**
   * Computes y = x·W + b.
   *
   * @param x shape (rows, in)
   * @param weight W, shape (in, out), as GPT-2's Conv1D stores it
   * @param bias b, out values, or null for none
   * @return shape (rows, out)
   * @throws IllegalArgumentException if sizes do not fit
   */
  public static Tensor ofColumns(Tape tape, Tensor x, Tensor weight, Tensor bias) {
    return apply(tape, x, weight, false, bias);
  }

  private static Tensor apply(Tape tape, Tensor x, Tensor weight, boolean transposed, Tensor bias) {
    int rows = x.rows();
    int in = x.columns();
    int out = transposed ? weight.rows() : weight.columns();
    int inner = transposed ? weight.columns() : weight.rows();
    if (inner != in || bias != null && bias.size() != out) {
      throw new IllegalArgumentException(
          "weight ("
              + weight.rows()
              + " × "
              + weight.columns()
              + ") and bias must fit rows of "
              + in
              + " values");
    }
    Tensor y = tape.tensor(rows, out);
    float[] value = y.value();
    if (bias != null) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(bias.value(), 0, value, r * out, out);
      }
    }
    Product.apply(
        false,
        transposed,
        rows,
        out,
        in,
        x.value(),
        0,
        in,
        weight.value(),
        0,
        weight.columns(),
        bias != null,
        value,
        0,
        out);
    tape.record(y, () -> backward(x, weight, transposed, bias, y.gradient(), rows, in, out));
    return y;
  }

  private static void backward(
      Tensor x,
      Tensor weight,
      boolean transposed,
      Tensor bias,
      float[] dy,
      int rows,
      int in,
      int out) {
    if (x.needsGradient()) {
      boolean add = x.hasGradient();
      float[] dx = add ? x.gradient() : x.gradientToOverwrite();
      Product.apply(
          false,
          !transposed,
          rows,
          in,
          out,
          dy,
          0,
          out,
          weight.value(),
          0,
          weight.columns(),
          add,
          dx,
          0,
          in);
    }
    if (weight.needsGradient()) {
      boolean add = weight.hasGradient();
      float[] dw = add ? weight.gradient() : weight.gradientToOverwrite();
      if (transposed) {
        Product.apply(true, false, out, in, rows, dy, 0, out, x.value(), 0, in, add, dw, 0, in);
      } else {
        Product.apply(true, false, in, out, rows, x.value(), 0, in, dy, 0, out, add, dw, 0, out);
      }
    }
    if (bias != null && bias.needsGradient()) {
      RowSums.add(dy, out, rows, out, bias.gradient(), 0);
    }
  }
}
