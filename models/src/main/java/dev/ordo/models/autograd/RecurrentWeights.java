package dev.ordo.models.autograd;

/**
 * The parameters of a recurrent layer of width d with G gates, as torch.nn.RNN, LSTM and GRU have
 * them.
 *
 * @param input W_ih, shape (G·d, in)
 * @param recurrent W_hh, shape (G·d, d)
 * @param inputBias b_ih, G·d values; or null for none
 * @param recurrentBias b_hh, G·d values; or null for none
 */
public record RecurrentWeights(
    Tensor input, Tensor recurrent, Tensor inputBias, Tensor recurrentBias) {

  /** Checks that sizes fit rows of {@code in} values and {@code gates} = G·d. */
  void check(int gates, int in) {
    boolean biased =
        (inputBias == null || inputBias.size() == gates)
            && (recurrentBias == null || recurrentBias.size() == gates);
    if (recurrent.rows() != gates || input.rows() != gates || input.columns() != in || !biased) {
      throw new IllegalArgumentException(
          "input ("
              + input.rows()
              + " × "
              + input.columns()
              + "), recurrent ("
              + recurrent.rows()
              + " × "
              + recurrent.columns()
              + ") and biases must fit "
              + gates
              + " gates and rows of "
              + in
              + " values");
    }
  }
}
