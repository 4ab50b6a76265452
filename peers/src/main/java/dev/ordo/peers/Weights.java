package dev.ordo.peers;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import java.util.SplittableRandom;

/**
 * Random weights under Hugging Face's names, for Ordo and its peers alike.
 *
 * <p>No gain is 1 and no bias 0, so that outputs that agree say something. The deviations are those
 * of fresh models; the numbers are uniform because drawing a hundred million normal ones in every
 * fork takes longer than the measurement.
 */
final class Weights {

  /** D ÷ d of Mamba. */
  static final int EXPANSION = 2;

  /** K of Mamba. */
  static final int TAPS = 4;

  private static final double BOUND = 0.02 * Math.sqrt(3);
  private static final long SEED = 1;

  private Weights() {}

  /** Returns R of Mamba: ⌈d/16⌉. */
  static int rank(ModelShape shape) {
    return (shape.width() + 15) / 16;
  }

  /** Returns the weights of a GPT-2 with tied head. */
  static Tensors gpt2(ModelShape shape, int positions) {
    int d = shape.width();
    RandomTensors weights = new RandomTensors(SEED);
    weights.uniform("transformer.wte.weight", BOUND, shape.vocabulary(), d);
    weights.uniform("transformer.wpe.weight", BOUND, positions, d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String block = "transformer.h." + layer + ".";
      layerNorm(weights, block + "ln_1", d);
      affine(weights, block + "attn.c_attn", d, 3 * d);
      affine(weights, block + "attn.c_proj", d, d);
      layerNorm(weights, block + "ln_2", d);
      affine(weights, block + "mlp.c_fc", d, 4 * d);
      affine(weights, block + "mlp.c_proj", 4 * d, d);
    }
    layerNorm(weights, "transformer.ln_f", d);
    return weights.build();
  }

  /** Returns the weights of a Mamba with tied head. */
  static Tensors mamba(ModelShape shape) {
    int d = shape.width();
    int inner = EXPANSION * d;
    int states = shape.state();
    int rank = rank(shape);
    RandomTensors weights = new RandomTensors(SEED);
    weights.uniform("backbone.embeddings.weight", BOUND, shape.vocabulary(), d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String block = "backbone.layers." + layer + ".";
      String mixer = block + "mixer.";
      gain(weights, block + "norm.weight", d);
      SplittableRandom steps = weights.random(mixer + "dt_proj.bias");
      weights
          .uniform(mixer + "in_proj.weight", 1 / Math.sqrt(d), 2 * inner, d)
          .uniform(mixer + "conv1d.weight", 1 / Math.sqrt(TAPS), inner, 1, TAPS)
          .uniform(mixer + "conv1d.bias", 1 / Math.sqrt(TAPS), inner)
          .uniform(mixer + "x_proj.weight", 1 / Math.sqrt(inner), rank + 2 * states, inner)
          .uniform(mixer + "dt_proj.weight", 1 / Math.sqrt(rank), inner, rank)
          .fill(mixer + "dt_proj.bias", i -> step(steps.nextDouble()), inner)
          .fill(mixer + "A_log", i -> Math.log(i % states + 1), inner, states);
      gain(weights, mixer + "D", inner);
      weights.uniform(mixer + "out_proj.weight", 1 / Math.sqrt(inner), d, inner);
    }
    gain(weights, "backbone.norm_f.weight", d);
    return weights.build();
  }

  private static void layerNorm(RandomTensors weights, String name, int width) {
    gain(weights, name + ".weight", width);
    weights.uniform(name + ".bias", BOUND, width);
  }

  private static void affine(RandomTensors weights, String name, int in, int out) {
    weights.uniform(name + ".weight", BOUND, in, out);
    weights.uniform(name + ".bias", BOUND, out);
  }

  private static void gain(RandomTensors weights, String name, int width) {
    SplittableRandom random = weights.random(name);
    weights.fill(name, i -> 0.9 + 0.2 * random.nextDouble(), width);
  }

  /** Returns the x whose softplus is at {@code where}, in 0 … 1, of 0.001 … 0.1 on a log scale. */
  private static double step(double where) {
    double step = 0.001 * Math.exp(where * Math.log(100));
    return step + Math.log(-Math.expm1(-step));
  }
}
