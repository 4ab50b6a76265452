package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Training;
import dev.ordo.models.autograd.LstmLayer;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.LstmCell;

/**
 * A network of long short-term memories: embedding, recurrent layers with four gates, head.
 * Immutable.
 *
 * <p>Source: Hochreiter and Schmidhuber, <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Long
 * Short-Term Memory</a> (1997), with the forget gate of Gers, Schmidhuber and Cummins (2000), in
 * the form of torch.nn.LSTM. Layer l at position t, x being the layer below:
 *
 * <pre>
 * i, f, g, o = W_ih·x[t] + b_ih + W_hh·h[t−1] + b_hh      d each
 * c[t] = σ(f)·c[t−1] + σ(i)·tanh(g)
 * h[t] = σ(o)·tanh(c[t])
 * </pre>
 *
 * <p>Weights have the names of torch.nn.LSTM behind {@code rnn.}: {@code weight_ih_l0} (4d, d),
 * {@code weight_hh_l0} (4d, d), {@code bias_ih_l0} (4d), {@code bias_hh_l0} (4d) and so on for each
 * layer, gates in the order i, f, g, o; also {@code embedding.weight} (V, d), {@code head.weight}
 * (V, d) and, rarely, {@code head.bias} (V). Biases may be absent, those of the layers all
 * together; a head that is absent is the embedding.
 *
 * <p><b>Operations.</b> A position costs in each layer 8d² for each of two products, 4d to add
 * them, 3d for each of three σ (exp, + 1, ÷), 2d for two tanh, 3d for c and d for h: 16d² + 19d.
 * The head costs 2dV. Over N layers that is N·(16d² + 19d)·L + 2dV for a prefill.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights of layers and head, w
 * = N·(8d² + 4d) + dV as the two biases are kept as their sum; V logits; an embedding row a
 * position; in each layer the values read and written, 2d a position; and the state 2Nd (h and c),
 * written by a prefill, read and written by a step.
 *
 * <p><b>Span.</b> Position t of layer l waits for t − 1 of l and t of l − 1: the longest chain over
 * L positions has L + N − 1 steps, of a single position N.
 *
 * <p><b>Training</b> costs what {@link StackTrainingCost} says with G = 4, e = 50 (19 forward; 23
 * backward: tanh(c), 5 for the gradient of c, 4 for each gate, 1 for c before; 8 for the sums of
 * both biases' gradients), j = 0 and k = 6: four gates, c and h are kept.
 */
public final class Lstm implements SequenceModel {

  private static final StackCost COST =
      new StackCost(LstmCell.GATES, 19, 4, 2, new StackTrainingCost(LstmCell.GATES, 50, 0, 6));

  private final RecurrentStack stack;

  /**
   * Makes a network.
   *
   * @param weights tensors under the names above
   * @param shape d, N and V, which fix the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public Lstm(Tensors weights, ModelShape shape) {
    stack = RecurrentStack.read(weights, shape, LstmCell.GATES, 0);
  }

  /**
   * Makes the training of a network.
   *
   * @param weights tensors under the names above; copied
   * @param shape d, N and V, which fix the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  static Training training(Tensors weights, ModelShape shape) {
    return new StackTraining(weights, shape, LstmCell.GATES, LstmLayer::apply);
  }

  @Override
  public ModelShape shape() {
    return stack.shape();
  }

  /**
   * Returns what theory says a phase costs.
   *
   * @param shape the sizes
   */
  static Cost cost(ModelShape shape, Phase phase) {
    return COST.of(shape, phase);
  }

  /**
   * Opens a session; besides twice the state it allocates 5d floats for each token of a chunk of at
   * most {@value StackSession#CHUNK}.
   */
  @Override
  public Session open(int capacity) {
    return new LstmSession(stack, capacity);
  }
}
