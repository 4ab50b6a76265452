package dev.ordo.models.autograd;

import dev.ordo.models.kernel.GruCell;

/**
 * A layer of gated recurrent units over whole sequences, as {@link GruCell} has the formulas; h
 * before the first position is 0.
 *
 * <p>Kept for the backward pass: the three gates of each position and the product that the reset
 * gate multiplies; the memory of both takes their gradients then.
 */
public final class GruLayer {

  private GruLayer() {}

  /**
   * Computes the hidden states of all positions.
   *
   * @param x shape (B·L, in); position t of sequence b is row b·L + t
   * @param weights of three gates: r, z, n
   * @param batch B
   * @return shape (B·L, d)
   * @throws IllegalArgumentException if sizes do not fit
   */
  public static Tensor apply(Tape tape, Tensor x, RecurrentWeights weights, int batch) {
    RecurrentLayer layer = new RecurrentLayer(tape, x, weights, GruCell.GATES, batch);
    int d = layer.width();
    int row = GruCell.GATES * d;
    Tensor y = tape.tensor(x.rows(), d);
    float[] h = y.value();
    float[] gates = tape.kept(x.rows() * row);
    float[] candidates = tape.kept(x.rows() * d);
    float[] zeros = layer.zeros(d);
    layer.project(gates);
    layer.forward(
        h,
        (t, recurrent) -> {
          for (int b = 0; b < batch; b++) {
            int at = layer.row(b, t);
            System.arraycopy(recurrent, b * row + 2 * d, candidates, at * d, d);
            GruCell.forward(
                recurrent,
                b * row,
                gates,
                at * row,
                t == 0 ? zeros : h,
                t == 0 ? 0 : (at - 1) * d,
                h,
                at * d,
                d);
          }
        });
    tape.giveBack(zeros);
    tape.record(y, () -> backward(tape, layer, gates, candidates, h, y.gradient()));
    return y;
  }

  private static void backward(
      Tape tape, RecurrentLayer layer, float[] gates, float[] candidates, float[] h, float[] dy) {
    int d = layer.width();
    int row = GruCell.GATES * d;
    float[] zeros = layer.zeros(d);
    float[] direct = tape.borrow(layer.batch() * d);
    layer.backward(
        dy,
        gates,
        direct,
        (t, dh) -> {
          for (int b = 0; b < layer.batch(); b++) {
            int at = layer.row(b, t);
            GruCell.backward(
                gates,
                at * row,
                candidates,
                at * d,
                t == 0 ? zeros : h,
                t == 0 ? 0 : (at - 1) * d,
                dh,
                b * d,
                d);
          }
          System.arraycopy(dh, 0, direct, 0, layer.batch() * d);
        });
    tape.giveBack(zeros);
    tape.giveBack(direct);
    // The gradients of both products are the same for r and z, and not for n.
    layer.inputGradients(gates, row, 0, 2 * d);
    layer.inputGradients(candidates, d, 2 * d, d);
    layer.recurrentGradients(gates, h);
  }
}
