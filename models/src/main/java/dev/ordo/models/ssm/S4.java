package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.LayerNorm;
import dev.ordo.models.kernel.Linear;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * S4: a stack of state-space blocks, each behind a norm and beside a residual connection, with a
 * state matrix that is a diagonal (S4D) or a diagonal less a matrix of rank one. Immutable.
 *
 * <p>The blocks are {@code S4Block} of the repository state-spaces/s4. The papers leave the model
 * around them open; this one is the authors' example with the norm before the block:
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
 * follow. What it costs: see {@link S4Cost}.
 */
public final class S4 implements SequenceModel {

  static final float EPSILON = 1e-5f;

  /** One layer. */
  record Layer(LayerNorm norm, S4Block block) {}

  private final ModelShape shape;
  private final SpaceOptions options;
  private final float[] embedding;
  private final List<Layer> layers;
  private final LayerNorm norm;
  private final Linear head;

  /**
   * Makes a model.
   *
   * @param weights tensors under the names above
   * @param shape d, M, N and V, which fix the shapes of the tensors
   * @param options how state spaces are stored
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  S4(Tensors weights, ModelShape shape, SpaceOptions options) {
    this.shape = shape;
    this.options = options;
    int d = shape.width();
    int vocabulary = shape.vocabulary();
    embedding = weights.get("embedding.weight", vocabulary, d);
    List<Layer> read = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "layers." + layer + ".";
      read.add(
          new Layer(
              norm(weights, name + "norm", d), new S4Block(weights, name + "block.", options)));
    }
    layers = List.copyOf(read);
    norm = norm(weights, "norm", d);
    head = Linear.ofRows(weights.get("head.weight", vocabulary, d), vocabulary, d, null);
  }

  /**
   * Returns the number of parameters: in each layer 2d of the norm, Nd of each of A, B, C and p, d
   * of Δ, d of D and 2d² + 2d of the linear map; 2dV of embedding and head, 2d of the last norm.
   *
   * @param lowRank whether state matrices have a low-rank term
   */
  static long parameters(ModelShape shape, boolean lowRank) {
    long d = shape.width();
    long space = (lowRank ? 4 : 3) * shape.state() * d;
    return shape.layers() * (2 * d * d + 6 * d + space) + 2 * d * shape.vocabulary() + 2 * d;
  }

  /**
   * Makes a model with random weights.
   *
   * @param shape d, M, N and V
   * @param seed the same seed gives the same weights
   * @param lowRank whether state matrices have a low-rank term
   */
  static S4 create(ModelShape shape, long seed, boolean lowRank) {
    return new S4(
        random(shape, seed, lowRank),
        shape,
        SpaceOptions.standard(shape.width(), shape.state(), lowRank));
  }

  /**
   * Makes the model of a checkpoint: {@code n_layers} and {@code vocab_size} beside the fields of a
   * block, see {@link S4Operator}.
   *
   * @param lowRank whether state matrices have a low-rank term
   * @throws IOException if the configuration lacks a field, asks for what is not implemented, or a
   *     file cannot be read
   * @throws IllegalArgumentException if a tensor is missing or has another shape than the
   *     configuration says
   */
  static S4 load(Checkpoint checkpoint, boolean lowRank) throws IOException {
    SpaceOptions options = S4Operator.options(checkpoint, lowRank);
    ModelShape shape = shape(checkpoint);
    return new S4(checkpoint.weights(), shape, options);
  }

  /**
   * Makes the training of the model of a checkpoint, for rows of up to {@code l_max} tokens. With a
   * low-rank term, C̃ stays for the length that the first block's {@code l_kernel} says, doubled
   * while rows are longer; where it says none, for {@code l_max}.
   *
   * @param lowRank whether state matrices have a low-rank term
   * @throws IOException as {@link #load}
   * @throws IllegalArgumentException as {@link #load}
   */
  static Training training(Checkpoint checkpoint, boolean lowRank) throws IOException {
    SpaceOptions options = S4Operator.options(checkpoint, lowRank);
    Tensors weights = checkpoint.weights();
    int longest = checkpoint.size("l_max");
    int points = S4Block.attuned(weights, "layers.0.block." + S4Block.KERNEL, options);
    points = points == 0 ? longest : points;
    while (points < longest) {
      points *= 2;
    }
    return S4Training.of(weights, shape(checkpoint), options, longest, points);
  }

  private static ModelShape shape(Checkpoint checkpoint) throws IOException {
    int vocabulary = checkpoint.size("vocab_size");
    return new ModelShape(
        checkpoint.size("d_model"),
        checkpoint.size("n_layers"),
        1,
        checkpoint.size("d_state"),
        vocabulary);
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
   * @param lowRank whether state matrices have a low-rank term
   */
  static Tensors random(ModelShape shape, long seed, boolean lowRank) {
    int d = shape.width();
    SpaceOptions options = SpaceOptions.standard(d, shape.state(), lowRank);
    RandomTensors weights = new RandomTensors(seed);
    weights.normal("embedding.weight", 1, shape.vocabulary(), d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "layers." + layer + ".";
      weights.constant(name + "norm.weight", 1, d).constant(name + "norm.bias", 0, d);
      S4Block.random(weights, name + "block.", options);
    }
    return weights
        .constant("norm.weight", 1, d)
        .constant("norm.bias", 0, d)
        .uniform("head.weight", 1 / Math.sqrt(d), shape.vocabulary(), d)
        .build();
  }

  /**
   * Makes the training of the model with the weights of {@link #random}.
   *
   * @param shape d, M, N and V
   * @param seed the same seed gives the same weights
   * @param length the longest row
   * @param lowRank whether state matrices have a low-rank term
   * @throws IllegalArgumentException if {@code length} is not in 1 … 2²⁴
   */
  static Training training(ModelShape shape, long seed, int length, boolean lowRank) {
    return S4Training.of(
        random(shape, seed, lowRank),
        shape,
        SpaceOptions.standard(shape.width(), shape.state(), lowRank),
        length,
        1 << DplrSpace.level(length));
  }

  @Override
  public ModelShape shape() {
    return shape;
  }

  /**
   * Opens a session; besides twice the state it allocates 3d floats for each token of its capacity,
   * and 5.5 plus four vectors of floats for each point of the longest transform. A low-rank term
   * takes as much again for transforms, and Nd doubles a layer for each power of two up to the
   * capacity.
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
    return new S4Session(this, capacity);
  }

  SpaceOptions options() {
    return options;
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
