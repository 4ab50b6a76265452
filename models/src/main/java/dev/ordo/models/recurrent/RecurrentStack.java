package dev.ordo.models.recurrent;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.Linear;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What recurrent networks have in common: an embedding, recurrent layers as wide as it, a head.
 * Immutable.
 *
 * <p>A layer has G gates; those of its input and those of its hidden state are one product each.
 * Weights have the names of torch.nn.RNN, LSTM and GRU behind {@code rnn.}: {@code weight_ih_l0}
 * (G·d, d), {@code weight_hh_l0} (G·d, d), {@code bias_ih_l0} (G·d), {@code bias_hh_l0} (G·d) and
 * so on for each layer; also {@code embedding.weight} (V, d), {@code head.weight} (V, d) and {@code
 * head.bias} (V). Biases may be absent, those of the layers all together; a head that is absent is
 * the embedding.
 *
 * @param shape d, N and V
 * @param embedding shape (V, d), row-major, not to be modified
 * @param layers from bottom to top
 * @param head from the hidden state of the last layer, shape (d), to logits, shape (V)
 */
record RecurrentStack(ModelShape shape, float[] embedding, List<Layer> layers, Linear head) {

  /**
   * One layer.
   *
   * @param input from what is below, shape (d), to gates, shape (G·d)
   * @param recurrent from the hidden state, shape (d), to gates, shape (G·d)
   */
  record Layer(Linear input, Linear recurrent) {}

  /**
   * Reads the weights.
   *
   * @param weights tensors under the names above
   * @param shape d, N and V, which fix the shapes of the tensors
   * @param gates G
   * @param apart how many of the gates, from the last, leave the bias of the hidden state with its
   *     product; for the others both biases are one
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  static RecurrentStack read(Tensors weights, ModelShape shape, int gates, int apart) {
    int d = shape.width();
    int v = shape.vocabulary();
    float[] embedding = weights.get("embedding.weight", v, d);
    float[] head = weights.has("head.weight") ? weights.get("head.weight", v, d) : embedding;
    float[] headBias = weights.has("head.bias") ? weights.get("head.bias", v) : null;
    int rows = gates * d;
    boolean biased = biased(weights);
    List<Layer> layers = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      float[] bias = null;
      float[] recurrentBias = null;
      if (biased) {
        bias = weights.get("rnn.bias_ih_l" + layer, rows);
        recurrentBias = weights.get("rnn.bias_hh_l" + layer, rows);
        for (int i = 0; i < rows - apart * d; i++) {
          bias[i] += recurrentBias[i];
          recurrentBias[i] = 0;
        }
      }
      layers.add(
          new Layer(
              Linear.ofRows(weights.get("rnn.weight_ih_l" + layer, rows, d), rows, d, bias),
              Linear.ofRows(
                  weights.get("rnn.weight_hh_l" + layer, rows, d), rows, d, recurrentBias)));
    }
    return new RecurrentStack(
        shape, embedding, List.copyOf(layers), Linear.ofRows(head, v, d, headBias));
  }

  /** Says whether the layers have biases. */
  static boolean biased(Tensors weights) {
    return weights.names().stream().anyMatch(name -> name.startsWith("rnn.bias_"));
  }

  /**
   * Returns random weights as PyTorch draws them: embeddings normal, all others uniform in ±1/√d;
   * the head has no bias.
   *
   * @param shape d, N and V
   * @param gates G
   * @param seed the same seed gives the same weights
   */
  static Tensors random(ModelShape shape, int gates, long seed) {
    return RandomTensors.of(seed, weights -> draw(weights, shape, gates));
  }

  /** Returns how many parameters {@link #random} makes. */
  static long parameters(ModelShape shape, int gates) {
    return RandomTensors.count(weights -> draw(weights, shape, gates));
  }

  private static void draw(RandomTensors weights, ModelShape shape, int gates) {
    int d = shape.width();
    int rows = gates * d;
    double bound = 1 / Math.sqrt(d);
    weights.normal("embedding.weight", 1, shape.vocabulary(), d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      weights
          .uniform("rnn.weight_ih_l" + layer, bound, rows, d)
          .uniform("rnn.weight_hh_l" + layer, bound, rows, d)
          .uniform("rnn.bias_ih_l" + layer, bound, rows)
          .uniform("rnn.bias_hh_l" + layer, bound, rows);
    }
    weights.uniform("head.weight", bound, shape.vocabulary(), d);
  }

  /**
   * Returns the shape that a configuration names: {@code hidden_size}, {@code num_hidden_layers}
   * and {@code vocab_size}.
   *
   * @throws CheckpointException if one is missing, or the configuration asks for what is not
   *     implemented
   */
  static ModelShape shape(Checkpoint checkpoint) throws IOException {
    checkpoint.require("bidirectional", false);
    int d = checkpoint.size("hidden_size");
    for (String same : List.of("input_size", "embedding_size", "embedding_dim")) {
      if (checkpoint.has(same) && checkpoint.integer(same) != d) {
        throw refused(checkpoint, same, "hidden_size (" + d + ")", checkpoint.integer(same));
      }
    }
    if (checkpoint.has("proj_size") && checkpoint.integer("proj_size") != 0) {
      throw refused(checkpoint, "proj_size", "0", checkpoint.integer("proj_size"));
    }
    return new ModelShape(
        d,
        checkpoint.size("num_hidden_layers"),
        1,
        ModelShape.DEFAULT.state(),
        checkpoint.size("vocab_size"));
  }

  /**
   * Returns the weights of a checkpoint.
   *
   * @throws CheckpointException if they and the configuration differ on biases or a tied head, or
   *     hold what is not implemented
   * @throws IOException if they cannot be read
   */
  static Tensors weights(Checkpoint checkpoint) throws IOException {
    Tensors weights = checkpoint.weights();
    for (String name : List.of("rnn.weight_ih_l0_reverse", "rnn.weight_hr_l0")) {
      expect(checkpoint, weights, name, false, "as is implemented");
    }
    if (checkpoint.has("bias")) {
      boolean biased = checkpoint.flag("bias", true);
      expect(checkpoint, weights, "rnn.bias_ih_l0", biased, "as field 'bias' is " + biased);
    }
    if (!checkpoint.flag("tie_word_embeddings", true)) {
      String why = "as field 'tie_word_embeddings' is false";
      expect(checkpoint, weights, "head.weight", true, why);
    }
    return weights;
  }

  private static void expect(
      Checkpoint checkpoint, Tensors weights, String name, boolean there, String why)
      throws CheckpointException {
    if (weights.has(name) != there) {
      String expected = there ? "one, " + why + ", found none" : "none, " + why + ", found one";
      throw new CheckpointException(
          checkpoint.folder(), "tensor '" + name + "': expected " + expected);
    }
  }

  private static CheckpointException refused(
      Checkpoint checkpoint, String field, String expected, int found) {
    return new CheckpointException(
        checkpoint.folder().resolve("config.json"),
        "field '" + field + "': expected " + expected + ", which is implemented, found " + found);
  }
}
