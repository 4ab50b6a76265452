package dev.ordo.models.autograd;

import dev.ordo.models.kernel.LstmCell;

/**
 * A layer of long short-term memories over whole sequences, as {@link LstmCell} has the formulas; h
 * and c before the first position are 0.
 *
 * <p>Kept for the backward pass: the four gates of each position, whose memory takes their
 * gradients then, and c. tanh(c) is computed again.
 */
public final class LstmLayer {

  private LstmLayer() {}

  /**
   * Computes the hidden states of all positions.
   *
   * @param x shape (B·L, in); position t of sequence b is row b·L + t
   * @param weights of four gates: i, f, g, o
   * @param batch B
   * @return shape (B·L, d)
   * @throws IllegalArgumentException if sizes do not fit
   */
  public static Tensor apply(Tape tape, Tensor x, RecurrentWeights weights, int batch) {
    RecurrentLayer layer = new RecurrentLayer(tape, x, weights, LstmCell.GATES, batch);
    int d = layer.width();
    int row = LstmCell.GATES * d;
    Tensor y = tape.tensor(x.rows(), d);
    float[] h = y.value();
    float[] gates = tape.kept(x.rows() * row);
    float[] cells = tape.kept(x.rows() * d);
    float[] zeros = layer.zeros(d);
    layer.project(gates);
    layer.forward(
        h,
        (t, recurrent) -> {
          for (int b = 0; b < batch; b++) {
            int at = layer.row(b, t);
            LstmCell.forward(
                recurrent,
                b * row,
                gates,
                at * row,
                t == 0 ? zeros : cells,
                t == 0 ? 0 : (at - 1) * d,
                cells,
                at * d,
                h,
                at * d,
                d);
          }
        });
    tape.giveBack(zeros);
    tape.record(y, () -> backward(tape, layer, gates, cells, h, y.gradient()));
    return y;
  }

  private static void backward(
      Tape tape, RecurrentLayer layer, float[] gates, float[] cells, float[] h, float[] dy) {
    int d = layer.width();
    int row = LstmCell.GATES * d;
    float[] zeros = layer.zeros(d);
    float[] cellGradient = layer.zeros(layer.batch() * d);
    layer.backward(
        dy,
        gates,
        null,
        (t, dh) -> {
          for (int b = 0; b < layer.batch(); b++) {
            int at = layer.row(b, t);
            LstmCell.backward(
                gates,
                at * row,
                t == 0 ? zeros : cells,
                t == 0 ? 0 : (at - 1) * d,
                cells,
                at * d,
                dh,
                b * d,
                cellGradient,
                b * d,
                d);
          }
        });
    tape.giveBack(zeros);
    tape.giveBack(cellGradient);
    layer.inputGradients(gates, row, 0, row);
    layer.recurrentGradients(gates, h);
  }
}
