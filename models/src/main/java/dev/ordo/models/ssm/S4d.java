package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.LayerNorm;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.Operations;
import dev.ordo.models.recurrent.RecurrentCost;
import java.util.ArrayList;
import java.util.List;

/**
 * S4D: a stack of diagonal state-space blocks, each behind a norm and beside a residual connection.
 * Immutable.
 *
 * <p>The block is that of Gu, Gupta, Goel and Ré, <a href="https://arxiv.org/abs/2206.11893">On the
 * Parameterization and Initialization of Diagonal State Space Models</a> (2022). The paper leaves
 * the model around it open; this one is the authors' example with the norm before the block:
 *
 * <pre>
 * h = embedding[token]                               (L, d)
 * for each layer:
 *   h += block(norm(h))                              (L, d)
 * logits = norm(h) · head                            (L, V)
 * </pre>
 *
 * <p>Weights: {@code embedding.weight} (V, d); for each layer {@code layers.0.norm.weight} (d),
 * {@code layers.0.norm.bias} (d) and, behind {@code layers.0.block.}, the names of the reference
 * block, as in {@code layers.0.block.layer.kernel.A_real}; {@code norm.weight}, {@code norm.bias}
 * (d) and {@code head.weight} (V, d), without bias.
 *
 * <p>A prefill computes the convolution kernel for its length, convolves through the Fourier
 * transform, and computes the last state from the inputs, so that steps, in the recurrent form, can
 * follow. All of it is linear in the sequence but the transform.
 *
 * <p><b>Operations.</b> A position costs in each layer p = 4d² + 16d apart from the state space: 7d
 * for the norm, 5d for GELU (x/√2, erf, + 1, · x, · ½), 4d² for the linear map, 3d for the gate
 * (exp, + 1, /) and d for the residual addition. In the convolution form, each of the N/2 complex
 * states of a channel takes 7 for a step of the kernel (a product by Ā, a sum) and 7 for a step of
 * the last state (a product by Ā, + u): 7Nd a position; the convolution of a channel takes f(L),
 * see {@link Operations#longConvolution}, of order L log L. In the recurrent form, each state takes
 * 7 for Ā·h + u and 4 for the real part of its product by C, and a channel 2 for D·u: d(11N/2 + 2).
 * With h = 7d + 2dV for the last norm and the head, over M layers:
 *
 * <pre>
 * prefill  M·(p + 7Nd)·L + M·d·f(L) + h
 * step     M·(p + d(11N/2 + 2)) + h
 * </pre>
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights, in a layer 2d of the
 * norm, 2Nd of Ā and C, d of D and 2d² + 2d of the linear map, and 2d + dV of the last norm and the
 * head; V logits; an embedding row a position; in each layer the residual stream read and written,
 * 2d a position; and the state, Nd a layer, written by a prefill, read and written by a step.
 *
 * <p><b>Span.</b> A transform of n points, the power of two that is at least L, is log₂ n dependent
 * passes; with one forward, a product and one back, a layer has 2 log₂ n + 1. A single step has M.
 */
public final class S4d implements SequenceModel {

  private static final float EPSILON = 1e-5f;

  /** One layer. */
  record Layer(LayerNorm norm, S4dBlock block) {}

  private final ModelShape shape;
  private final float[] embedding;
  private final List<Layer> layers;
  private final LayerNorm norm;
  private final Linear head;

  /**
   * Makes a model.
   *
   * @param weights tensors under the names above
   * @param shape d, M, N and V, which fix the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public S4d(Tensors weights, ModelShape shape) {
    this.shape = shape;
    int d = shape.width();
    int vocabulary = shape.vocabulary();
    embedding = weights.get("embedding.weight", vocabulary, d);
    List<Layer> read = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "layers." + layer + ".";
      read.add(
          new Layer(
              norm(weights, name + "norm", d),
              new S4dBlock(weights, name + "block.", d, shape.state())));
    }
    layers = List.copyOf(read);
    norm = norm(weights, "norm", d);
    head = Linear.ofRows(weights.get("head.weight", vocabulary, d), vocabulary, d, null);
  }

  private static LayerNorm norm(Tensors weights, String name, int width) {
    return new LayerNorm(
        weights.get(name + ".weight", width), weights.get(name + ".bias", width), EPSILON);
  }

  /**
   * Returns random weights: blocks as the reference draws them, embeddings normal, the head uniform
   * in ±1/√d, norms the identity.
   *
   * @param shape d, M, N and V
   * @param seed the same seed gives the same weights
   */
  static Tensors random(ModelShape shape, long seed) {
    int d = shape.width();
    RandomTensors weights = new RandomTensors(seed);
    weights.normal("embedding.weight", 1, shape.vocabulary(), d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "layers." + layer + ".";
      weights.constant(name + "norm.weight", 1, d).constant(name + "norm.bias", 0, d);
      S4dBlock.random(weights, name + "block.", d, shape.state());
    }
    return weights
        .constant("norm.weight", 1, d)
        .constant("norm.bias", 0, d)
        .uniform("head.weight", 1 / Math.sqrt(d), shape.vocabulary(), d)
        .build();
  }

  @Override
  public ModelShape shape() {
    return shape;
  }

  /**
   * Returns what theory says a phase costs.
   *
   * @param shape the sizes
   */
  static Cost cost(ModelShape shape, Phase phase) {
    double d = shape.width();
    double m = shape.layers();
    double n = shape.state();
    double v = shape.vocabulary();
    double position = 4 * d * d + 16 * d;
    double last = 7 * d + 2 * d * v;
    double weights = m * (2 * d * d + 2 * n * d + 5 * d) + 2 * d + d * v;
    double fixed = weights + v;
    double moved = d + 2 * m * d;
    double state = m * n * d;
    return new RecurrentCost(
            new Quantity(
                Order.LINEARITHMIC,
                length ->
                    m * (position + 7 * n * d) * length
                        + m * d * Operations.longConvolution(length)
                        + last),
            new Quantity(Order.LINEAR, length -> 4 * (fixed + moved * length + state)),
            new Quantity(Order.LOGARITHMIC, length -> m * (2 * Operations.ceilLog2(length) + 1)),
            m * (position + d * (5.5 * n + 2)) + last,
            4 * (fixed + moved + 2 * state),
            m,
            4 * state)
        .of(phase);
  }

  /**
   * Opens a session; besides twice the state it allocates 3d floats for each token of its capacity,
   * and 5.5 plus four vectors of floats for each point of the longest transform.
   *
   * @throws IllegalArgumentException if {@code capacity} is not in 1 … 2²⁴ or so large that
   *     capacity · d does not fit an array
   */
  @Override
  public Session open(int capacity) {
    long most = Math.min(1 << 24, (Integer.MAX_VALUE - 8L) / shape.width());
    if (capacity > most) {
      throw new IllegalArgumentException("capacity (" + capacity + ") must be at most " + most);
    }
    return new S4dSession(this, capacity);
  }

  float[] embedding() {
    return embedding;
  }

  List<Layer> layers() {
    return layers;
  }

  LayerNorm norm() {
    return norm;
  }

  Linear head() {
    return head;
  }
}
