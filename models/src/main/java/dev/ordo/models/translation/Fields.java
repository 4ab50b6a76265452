package dev.ordo.models.translation;

import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;

/** Fields of a configuration that encoder-decoders have in common. */
final class Fields {

  /** More layers than any model has; each costs memory before a tensor is found missing. */
  private static final int MOST_LAYERS = 4096;

  private Fields() {}

  /**
   * Returns a field that is a number of layers.
   *
   * @throws IOException if it is missing or not in 1 … 4096
   */
  static int layers(Checkpoint checkpoint, String name) throws IOException {
    int value = checkpoint.integer(name);
    if (value < 1 || value > MOST_LAYERS) {
      throw checkpoint.refusal(name, "1.." + MOST_LAYERS);
    }
    return value;
  }

  /**
   * Returns a field that is a token id.
   *
   * @param otherwise what it is where it is missing or null
   * @throws IOException if it is not in 0 … vocabulary−1
   */
  static int token(Checkpoint checkpoint, String name, int otherwise, int vocabulary)
      throws IOException {
    return within(checkpoint, name, otherwise, 0, vocabulary - 1);
  }

  /**
   * Returns a field that is a whole number of a range.
   *
   * @param otherwise what it is where it is missing or null
   * @throws IOException if it is not in {@code least} … {@code most}
   */
  static int within(Checkpoint checkpoint, String name, int otherwise, int least, int most)
      throws IOException {
    int value = checkpoint.integer(name, otherwise);
    if (value < least || value > most) {
      throw checkpoint.refusal(name, least + ".." + most);
    }
    return value;
  }

  /**
   * Returns the activation of a field's name.
   *
   * @param field its name, for messages
   * @param name the value of the field, or that part of it which names the activation
   * @throws IOException if it is not implemented
   */
  static Activation activation(Checkpoint checkpoint, String field, String name)
      throws IOException {
    return Activation.of(name)
        .orElseThrow(
            () ->
                checkpoint.refusal(
                    field, String.join(" or ", Activation.known()) + ", which is implemented"));
  }
}
