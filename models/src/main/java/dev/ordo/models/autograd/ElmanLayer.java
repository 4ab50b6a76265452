package dev.ordo.models.autograd;

import dev.ordo.models.kernel.Tanh;

/**
 * A layer of an Elman network over whole sequences, h[t] = tanh(W_ih·x[t] + b_ih + W_hh·h[t−1] +
 * b_hh), h before the first position being 0.
 *
 * <p>Backward δ[t] = (dy[t] + W_hhᵀ·δ[t+1])·(1 − h[t]²) is the gradient of the sum inside. Besides
 * the result nothing is kept.
 */
public final class ElmanLayer {

  private ElmanLayer() {}

  /**
   * Computes the hidden states of all positions.
   *
   * @param x shape (B·L, in); position t of sequence b is row b·L + t
   * @param weights of one gate
   * @param batch B
   * @return shape (B·L, d)
   * @throws IllegalArgumentException if sizes do not fit
   */
  public static Tensor apply(Tape tape, Tensor x, RecurrentWeights weights, int batch) {
    RecurrentLayer layer = new RecurrentLayer(tape, x, weights, 1, batch);
    int d = layer.width();
    Tensor y = tape.tensor(x.rows(), d);
    float[] h = y.value();
    layer.project(h);
    layer.forward(
        h,
        (t, recurrent) -> {
          for (int b = 0; b < batch; b++) {
            Tanh.ofSum(recurrent, b * d, h, layer.row(b, t) * d, d);
          }
        });
    tape.record(y, () -> backward(tape, layer, h, y.gradient()));
    return y;
  }

  private static void backward(Tape tape, RecurrentLayer layer, float[] h, float[] dy) {
    int d = layer.width();
    float[] delta = tape.borrow(h.length);
    layer.backward(
        dy,
        delta,
        null,
        (t, dh) -> {
          for (int b = 0; b < layer.batch(); b++) {
            int row = layer.row(b, t) * d;
            for (int j = 0; j < d; j++) {
              delta[row + j] = dh[b * d + j] * (1 - h[row + j] * h[row + j]);
            }
          }
        });
    layer.inputGradients(delta, d, 0, d);
    layer.recurrentGradients(delta, h);
    tape.giveBack(delta);
  }
}
