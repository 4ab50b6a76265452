package dev.ordo.models.autograd;

import dev.ordo.models.kernel.Panels;
import dev.ordo.models.kernel.Product;
import dev.ordo.models.kernel.RowSums;
import java.util.Arrays;

/**
 * What recurrent layers have in common: the products of their gates, forward and back through time.
 *
 * <p>A layer is one operator over whole sequences. The products of all inputs are one matrix
 * product; then the positions follow each other, each with one product of all B hidden states.
 * Backward the positions come in the opposite order, each with one product again, and gradients of
 * weights are one product over all positions at the end: back-propagation through time, Werbos, <a
 * href="https://doi.org/10.1109/5.58337">Backpropagation Through Time</a> (1990).
 *
 * <p>Sequences are one after the other: position t of sequence b is row b·L + t.
 */
final class RecurrentLayer {

  private final Tape tape;
  private final Tensor x;
  private final RecurrentWeights weights;
  private final int batch;
  private final int length;
  private final int in;
  private final int width;

  /** G·d, the length of a row of gates. */
  private final int gates;

  RecurrentLayer(Tape tape, Tensor x, RecurrentWeights weights, int gates, int batch) {
    this.tape = tape;
    this.x = x;
    this.weights = weights;
    this.batch = batch;
    in = x.columns();
    width = weights.recurrent().columns();
    this.gates = gates * width;
    if (batch < 1 || x.rows() % batch != 0) {
      throw new IllegalArgumentException(
          "batch (" + batch + ") must be positive and divide rows (" + x.rows() + ")");
    }
    length = x.rows() / batch;
    weights.check(this.gates, in);
  }

  /** Returns B. */
  int batch() {
    return batch;
  }

  /** Returns L. */
  int length() {
    return length;
  }

  /** Returns d. */
  int width() {
    return width;
  }

  /** Borrows zeros from the tape. */
  float[] zeros(int count) {
    float[] zeros = tape.borrow(count);
    Arrays.fill(zeros, 0);
    return zeros;
  }

  /** Returns the row of position t of sequence b. */
  int row(int b, int t) {
    return b * length + t;
  }

  /**
   * Writes x·W_ihᵀ + b_ih of all positions.
   *
   * @param to shape (B·L, G·d)
   */
  void project(float[] to) {
    boolean biased = weights.inputBias() != null;
    for (int r = 0; r < x.rows() && biased; r++) {
      System.arraycopy(weights.inputBias().value(), 0, to, r * gates, gates);
    }
    Product.apply(
        false,
        true,
        x.rows(),
        gates,
        in,
        x.value(),
        0,
        in,
        weights.input().value(),
        0,
        in,
        biased,
        to,
        0,
        gates);
  }

  /** What a layer does at a position. */
  @FunctionalInterface
  interface Step {

    /**
     * Computes all sequences at position t.
     *
     * @param t the position
     * @param values shape (B, …), valid during the call: forward the products of the hidden states
     *     before, backward the gradients of the hidden states; may be overwritten
     */
    void at(int t, float[] values);
  }

  /**
   * Goes through the positions from the first to the last, each with h[t−1]·W_hhᵀ + b_hh, shape (B,
   * G·d), where h before the first is 0.
   *
   * @param hidden where the step leaves h; shape (B·L, d)
   */
  void forward(float[] hidden, Step step) {
    float[] memory = tape.borrow(Panels.size(width, gates));
    Panels panels = new Panels(true, width, gates, weights.recurrent().value(), memory);
    float[] bias = tape.borrow(gates);
    if (weights.recurrentBias() == null) {
      Arrays.fill(bias, 0);
    } else {
      System.arraycopy(weights.recurrentBias().value(), 0, bias, 0, gates);
    }
    float[] recurrent = tape.borrow(batch * gates);
    for (int t = 0; t < length; t++) {
      if (t == 0) {
        for (int b = 0; b < batch; b++) {
          System.arraycopy(bias, 0, recurrent, b * gates, gates);
        }
      } else {
        int before = row(0, t - 1) * width;
        int stride = length * width;
        panels.apply(hidden, before, stride, batch, bias, 0, 0, recurrent, 0, gates);
      }
      step.at(t, recurrent);
    }
    tape.giveBack(recurrent);
    tape.giveBack(bias);
    tape.giveBack(memory);
  }

  /**
   * Goes through the positions from the last to the first, each with the gradient of h, shape (B,
   * d): that of the layer's result at t, and what position t + 1 passes back through W_hh.
   *
   * @param dy the gradient of the layer's result; shape (B·L, d)
   * @param recurrentGradient where the step leaves the gradient of the products of hidden states;
   *     shape (B·L, G·d)
   * @param direct what else a step leaves for the gradient of h[t−1], shape (B, d); or null for
   *     nothing else
   */
  void backward(float[] dy, float[] recurrentGradient, float[] direct, Step step) {
    float[] memory = tape.borrow(Panels.size(gates, width));
    Panels panels = new Panels(false, gates, width, weights.recurrent().value(), memory);
    float[] hiddenGradient = tape.borrow(batch * width);
    for (int t = length - 1; t >= 0; t--) {
      int here = row(0, t) * width;
      int stride = length * width;
      if (t == length - 1) {
        for (int b = 0; b < batch; b++) {
          System.arraycopy(dy, here + b * stride, hiddenGradient, b * width, width);
        }
      } else {
        float[] start = dy;
        if (direct != null) {
          for (int b = 0; b < batch; b++) {
            for (int j = 0; j < width; j++) {
              direct[b * width + j] += dy[here + b * stride + j];
            }
          }
          start = direct;
          here = 0;
          stride = width;
        }
        int after = row(0, t + 1) * gates;
        panels.apply(
            recurrentGradient,
            after,
            length * gates,
            batch,
            start,
            here,
            stride,
            hiddenGradient,
            0,
            width);
      }
      step.at(t, hiddenGradient);
    }
    tape.giveBack(hiddenGradient);
    tape.giveBack(memory);
  }

  /**
   * Adds what some gates contribute to the gradients of x, W_ih and b_ih.
   *
   * @param gradient the gradient of these gates' products; shape (B·L, {@code count}) from index 0,
   *     {@code stride} floats from row to row
   * @param first the first of the gates' rows in W_ih
   * @param count the number of rows
   */
  void inputGradients(float[] gradient, int stride, int first, int count) {
    int rows = x.rows();
    if (x.needsGradient()) {
      boolean add = x.hasGradient();
      float[] dx = add ? x.gradient() : x.gradientToOverwrite();
      float[] w = weights.input().value();
      Product.apply(
          false, false, rows, in, count, gradient, 0, stride, w, first * in, in, add, dx, 0, in);
    }
    float[] dw = weights.input().gradient();
    Product.apply(
        true,
        false,
        count,
        in,
        rows,
        gradient,
        0,
        stride,
        x.value(),
        0,
        in,
        true,
        dw,
        first * in,
        in);
    if (weights.inputBias() != null) {
      RowSums.add(gradient, stride, x.rows(), count, weights.inputBias().gradient(), first);
    }
  }

  /**
   * Adds the gradients of W_hh and b_hh. Changes the gradient at the first positions, and is
   * therefore the last that it is used for.
   *
   * @param gradient the gradient of the products of hidden states; shape (B·L, G·d)
   * @param hidden h; shape (B·L, d), not modified
   */
  void recurrentGradients(float[] gradient, float[] hidden) {
    if (weights.recurrentBias() != null) {
      RowSums.add(gradient, gates, x.rows(), gates, weights.recurrentBias().gradient(), 0);
    }
    // Row r of the gradient belongs to row r − 1 of h, but not where a sequence starts.
    for (int b = 1; b < batch; b++) {
      int start = row(b, 0) * gates;
      Arrays.fill(gradient, start, start + gates, 0);
    }
    boolean add = weights.recurrent().hasGradient();
    float[] dw = add ? weights.recurrent().gradient() : weights.recurrent().gradientToOverwrite();
    int rows = x.rows() - 1;
    int from = rows == 0 ? 0 : gates;
    Product.apply(
        true, false, gates, width, rows, gradient, from, gates, hidden, 0, width, add, dw, 0,
        width);
  }
}
