package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Training;
import dev.ordo.models.autograd.GruLayer;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.GruCell;

/**
 * A network of gated recurrent units: embedding, recurrent layers with three gates, head.
 * Immutable.
 *
 * <p>Source: Cho et al., <a href="https://arxiv.org/abs/1406.1078">Learning Phrase Representations
 * using RNN Encoder–Decoder</a> (2014), equations 5–8, in the form of torch.nn.GRU, whose reset
 * gate multiplies a product of the hidden state and not the state itself. Layer l at position t, x
 * being the layer below:
 *
 * <pre>
 * r = σ(W_ir·x[t] + b_ir + W_hr·h[t−1] + b_hr)
 * z = σ(W_iz·x[t] + b_iz + W_hz·h[t−1] + b_hz)
 * n = tanh(W_in·x[t] + b_in + r·(W_hn·h[t−1] + b_hn))
 * h[t] = (1 − z)·n + z·h[t−1] = n + z·(h[t−1] − n)
 * </pre>
 *
 * <p>Weights have the names of torch.nn.GRU behind {@code rnn.}: {@code weight_ih_l0} (3d, d),
 * {@code weight_hh_l0} (3d, d), {@code bias_ih_l0} (3d), {@code bias_hh_l0} (3d) and so on for each
 * layer, gates in the order r, z, n; also {@code embedding.weight} (V, d), {@code head.weight} (V,
 * d) and, rarely, {@code head.bias} (V). Biases may be absent, those of the layers all together; a
 * head that is absent is the embedding.
 *
 * <p><b>Operations.</b> A position costs in each layer 6d² for each of two products, 2d to add
 * those of r and z, 3d for each σ (exp, + 1, ÷), 3d for n and 3d for h: 12d² + 14d. The head costs
 * 2dV. Over N layers that is N·(12d² + 14d)·L + 2dV for a prefill.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights of layers and head, w
 * = N·(6d² + 4d) + dV as the two biases of r and z are kept as their sum; V logits; an embedding
 * row a position; in each layer the values read and written, 2d a position; and the state Nd,
 * written by a prefill, read and written by a step.
 *
 * <p><b>Span.</b> Position t of layer l waits for t − 1 of l and t of l − 1: the longest chain over
 * L positions has L + N − 1 steps, of a single position N.
 *
 * <p><b>Training</b> costs what {@link StackTrainingCost} says with G = 3, e = 36 (14 forward; 16
 * backward: 5 for the sum inside tanh, 4 for r, 5 for z, 1 for W_hn·h + b_hn, 1 for h before; 6 for
 * the sums of both biases' gradients), j = 1 as h[t−1] reaches h[t] past the products, and k = 5:
 * three gates, W_hn·h + b_hn and h are kept.
 */
public final class Gru implements SequenceModel {

  private static final StackCost COST =
      new StackCost(GruCell.GATES, 14, 4, 1, new StackTrainingCost(GruCell.GATES, 36, 1, 5));

  private final RecurrentStack stack;

  /**
   * Makes a network.
   *
   * @param weights tensors under the names above
   * @param shape d, N and V, which fix the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public Gru(Tensors weights, ModelShape shape) {
    stack = RecurrentStack.read(weights, shape, GruCell.GATES, 1);
  }

  /**
   * Makes the training of a network.
   *
   * @param weights tensors under the names above; copied
   * @param shape d, N and V, which fix the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  static Training training(Tensors weights, ModelShape shape) {
    return new StackTraining(weights, shape, GruCell.GATES, GruLayer::apply);
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
   * Opens a session; besides twice the state it allocates 4d floats for each token of a chunk of at
   * most {@value StackSession#CHUNK}.
   */
  @Override
  public Session open(int capacity) {
    return new GruSession(stack, capacity);
  }
}
