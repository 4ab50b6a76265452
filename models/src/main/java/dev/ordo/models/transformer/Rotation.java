package dev.ordo.models.transformer;

import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;

/**
 * The frequencies of a rotary position embedding and how they are scaled for longer contexts.
 *
 * <p>Formulas as in Hugging Face's {@code modeling_rope_utils}, in floats as there: the pair j of a
 * head of width w turns by θⱼ = theta^(−2j/w) a position. {@link Scaling#LINEAR} divides all
 * frequencies by a factor (Chen et al., <a href="https://arxiv.org/abs/2306.15595">Extending
 * Context Window of Large Language Models via Positional Interpolation</a>, 2023). {@link
 * Scaling#LLAMA3} (Llama 3.1) divides those whose wavelength exceeds the old context over {@code
 * low}, keeps those below the old context over {@code high}, and goes from one to the other in
 * between.
 *
 * @param theta the base
 * @param scaling the kind of scaling
 * @param factor what frequencies are divided by
 * @param low {@code low_freq_factor} of LLAMA3
 * @param high {@code high_freq_factor} of LLAMA3
 * @param context {@code original_max_position_embeddings} of LLAMA3
 */
record Rotation(
    double theta, Scaling scaling, double factor, double low, double high, double context) {

  private static final double THETA = 10_000;

  /** How frequencies are scaled. */
  enum Scaling {
    DEFAULT,
    LINEAR,
    LLAMA3
  }

  /** The rotation of the first Llama. */
  static final Rotation DEFAULT = new Rotation(THETA, Scaling.DEFAULT, 1, 1, 1, 1);

  /**
   * Reads the configuration of a checkpoint: {@code rope_parameters} of recent versions, or {@code
   * rope_theta} and {@code rope_scaling} of older ones, which goes before.
   *
   * @throws CheckpointException if a field is missing, is not of its type or asks for what is not
   *     implemented
   */
  static Rotation of(Checkpoint checkpoint) throws CheckpointException {
    double theta = positive(checkpoint, "rope_theta", THETA);
    String section = checkpoint.has("rope_scaling") ? "rope_scaling" : "rope_parameters";
    if (!checkpoint.has(section)) {
      return new Rotation(theta, Scaling.DEFAULT, 1, 1, 1, 1);
    }
    Checkpoint parameters = checkpoint.section(section);
    theta = positive(parameters, "rope_theta", theta);
    String name = parameters.has("rope_type") ? "rope_type" : "type";
    parameters.require(name, "default", "linear", "llama3");
    if (parameters.number("partial_rotary_factor", 1) != 1) {
      throw parameters.unsupported(
          "partial_rotary_factor", "1", parameters.number("partial_rotary_factor"));
    }
    return switch (parameters.text(name, "default")) {
      case "linear" -> new Rotation(theta, Scaling.LINEAR, positive(parameters, "factor"), 1, 1, 1);
      case "llama3" -> {
        double low = positive(parameters, "low_freq_factor");
        double high = positive(parameters, "high_freq_factor");
        if (!(low < high)) {
          throw parameters.unsupported("high_freq_factor", "more than " + low, high);
        }
        String context = "original_max_position_embeddings";
        yield new Rotation(
            theta,
            Scaling.LLAMA3,
            positive(parameters, "factor"),
            low,
            high,
            parameters.has(context)
                ? parameters.size(context)
                : checkpoint.size("max_position_embeddings", 2048));
      }
      default -> new Rotation(theta, Scaling.DEFAULT, 1, 1, 1, 1);
    };
  }

  private static double positive(Checkpoint checkpoint, String name, double otherwise)
      throws CheckpointException {
    return checkpoint.has(name) ? positive(checkpoint, name) : otherwise;
  }

  private static double positive(Checkpoint checkpoint, String name) throws CheckpointException {
    double value = checkpoint.number(name);
    if (!(value > 0) || value > Float.MAX_VALUE) {
      throw checkpoint.unsupported(name, "a positive number in the range of floats", value);
    }
    return value;
  }

  /**
   * Returns the frequencies of a head.
   *
   * @param width of the head, even
   * @return shape (width / 2), in radians a position
   */
  float[] frequencies(int width) {
    float[] frequencies = new float[width / 2];
    for (int j = 0; j < frequencies.length; j++) {
      frequencies[j] = scaled(1 / (float) Math.pow(theta, 2f * j / width));
    }
    return frequencies;
  }

  private float scaled(float frequency) {
    float slow = (float) (frequency / factor);
    if (scaling == Scaling.LINEAR) {
      return slow;
    }
    double length = 2 * Math.PI / frequency;
    if (scaling == Scaling.DEFAULT || length < context / high) {
      return frequency;
    }
    if (length > context / low) {
      return slow;
    }
    double smooth = (context / length - low) / (high - low);
    return (float) ((1 - smooth) * slow + smooth * frequency);
  }
}
