package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random GPT-2 weights under the names of the reference.
 *
 * <p>Source: Radford et al., <a
 * href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">Language
 * Models are Unsupervised Multitask Learners</a> (2019), section 2.3, and its code: weights are
 * normal with deviation 0.02, in projections back to the residual stream divided by √(2·layers);
 * gains are 1 and biases 0. Position embeddings are made elsewhere: see {@link Positions}.
 */
final class Gpt2Weights {

  static final double DEVIATION = 0.02;

  private Gpt2Weights() {}

  /**
   * Returns the weights of a model of that shape with the given position embeddings.
   *
   * @param positions shape (length, d), row-major; taken over
   */
  static Tensors random(ModelShape shape, long seed, float[] positions) {
    int d = shape.width();
    return all(shape, seed).put(Gpt2.POSITIONS, positions, positions.length / d, d).build();
  }

  /**
   * Returns how many weights a model of that shape has, all but the position embeddings: in each
   * layer 12d² weights, 9d biases and 4d of its norms, then Vd embeddings and 2d of the last norm.
   */
  static long parameters(ModelShape shape) {
    long d = shape.width();
    return shape.layers() * (12 * d * d + 13 * d) + shape.vocabulary() * d + 2 * d;
  }

  /** Returns the weights of a model of that shape, all but the position embeddings. */
  static Tensors random(ModelShape shape, long seed) {
    return all(shape, seed).build();
  }

  private static Tensors.Builder all(ModelShape shape, long seed) {
    int d = shape.width();
    int inner = Math.multiplyExact(4, d);
    double residual = DEVIATION / Math.sqrt(2.0 * shape.layers());
    Tensors.Builder weights = Tensors.builder("seed " + seed);
    matrix(weights, seed, "transformer.wte.weight", shape.vocabulary(), d, DEVIATION);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String block = "transformer.h." + layer + ".";
      norm(weights, block + "ln_1", d);
      affine(weights, seed, block + "attn.c_attn", d, 3 * d, DEVIATION);
      affine(weights, seed, block + "attn.c_proj", d, d, residual);
      norm(weights, block + "ln_2", d);
      affine(weights, seed, block + "mlp.c_fc", d, inner, DEVIATION);
      affine(weights, seed, block + "mlp.c_proj", inner, d, residual);
    }
    norm(weights, "transformer.ln_f", d);
    return weights;
  }

  private static void norm(Tensors.Builder weights, String name, int width) {
    float[] gain = new float[width];
    Arrays.fill(gain, 1);
    weights.put(name + ".weight", gain, width);
    weights.put(name + ".bias", new float[width], width);
  }

  private static void affine(
      Tensors.Builder weights, long seed, String name, int in, int out, double deviation) {
    matrix(weights, seed, name + ".weight", in, out, deviation);
    weights.put(name + ".bias", new float[out], out);
  }

  private static void matrix(
      Tensors.Builder weights, long seed, String name, int rows, int columns, double deviation) {
    float[] values = normal(Math.multiplyExact(rows, columns), deviation, seed, name);
    weights.put(name, values, rows, columns);
  }

  /**
   * Returns normal values that depend on seed and name alone, by the method of Box and Muller
   * (1958) in strict arithmetic: the same on every JVM.
   */
  static float[] normal(int count, double deviation, long seed, String name) {
    SplittableRandom random =
        new SplittableRandom(seed * 0x9E3779B97F4A7C15L + ((long) name.hashCode() << 20));
    float[] values = new float[count];
    for (int i = 0; i < count; i += 2) {
      double radius = deviation * Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      double angle = 2 * Math.PI * random.nextDouble();
      values[i] = (float) (radius * StrictMath.cos(angle));
      if (i + 1 < count) {
        values[i + 1] = (float) (radius * StrictMath.sin(angle));
      }
    }
    return values;
  }
}
