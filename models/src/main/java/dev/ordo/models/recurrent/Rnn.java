package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Training;
import dev.ordo.models.autograd.ElmanLayer;
import dev.ordo.models.checkpoint.Tensors;

/**
 * An Elman network: embedding, recurrent layers with tanh, head. Immutable.
 *
 * <p>Source: Elman, <a href="https://doi.org/10.1207/s15516709cog1402_1">Finding Structure in
 * Time</a> (1990), in the form of torch.nn.RNN. Layer l at position t, x being the layer below:
 *
 * <pre>h[t] = tanh(W_ih·x[t] + b_ih + W_hh·h[t−1] + b_hh)</pre>
 *
 * <p>Weights have the names of torch.nn.RNN behind {@code rnn.}: {@code weight_ih_l0} (d, d),
 * {@code weight_hh_l0} (d, d), {@code bias_ih_l0} (d), {@code bias_hh_l0} (d) and so on for each
 * layer; also {@code embedding.weight} (V, d), {@code head.weight} (V, d) and, rarely, {@code
 * head.bias} (V). Biases may be absent, those of the layers all together; a head that is absent is
 * the embedding.
 *
 * <p><b>Operations.</b> A position costs in each layer 2d² for each of two products, d to add them
 * and d for tanh; the head costs 2dV. Over N layers that is N·(4d² + 2d)·L + 2dV for a prefill.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights of layers and head, w
 * = N·(2d² + d) + dV as the two biases are kept as their sum; V logits; an embedding row a
 * position; in each layer the values read and written, 2d a position; and the state Nd, written by
 * a prefill, read and written by a step.
 *
 * <p><b>Span.</b> Position t of layer l waits for t − 1 of l and t of l − 1: the longest chain over
 * L positions has L + N − 1 steps, of a single position N.
 *
 * <p><b>Training</b> costs what {@link StackTrainingCost} says with G = 1, e = 7 (2 forward; 3
 * backward for δ·(1 − h²); 2 for the sums of both biases' gradients), j = 0 and k = 1: h alone is
 * kept.
 */
public final class Rnn implements SequenceModel {

  /** The number of products of a layer's input. */
  static final int GATES = 1;

  private static final StackCost COST =
      new StackCost(GATES, 2, 1, 1, new StackTrainingCost(GATES, 7, 0, 1));

  private final RecurrentStack stack;

  /**
   * Makes a network.
   *
   * @param weights tensors under the names above
   * @param shape d, N and V, which fix the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public Rnn(Tensors weights, ModelShape shape) {
    stack = RecurrentStack.read(weights, shape, GATES, 0);
  }

  /**
   * Makes the training of a network.
   *
   * @param weights tensors under the names above; copied
   * @param shape d, N and V, which fix the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  static Training training(Tensors weights, ModelShape shape) {
    return new StackTraining(weights, shape, GATES, ElmanLayer::apply);
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
   * Opens a session; besides twice the state it allocates 2d floats for each token of a chunk of at
   * most {@value StackSession#CHUNK}.
   */
  @Override
  public Session open(int capacity) {
    return new RnnSession(stack, capacity);
  }
}
