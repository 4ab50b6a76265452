package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import java.util.SplittableRandom;

/**
 * Random Mamba weights under the names of the reference.
 *
 * <p>Source: Gu and Dao (2023), section 3.6 and the authors' code: A_log = ln(1 … N) in each
 * channel (S4D-Real), D = 1, the bias of Δ is the inverse softplus of values log-uniform in 0.001 …
 * 0.1, its weights are uniform in ±1/√R, embeddings normal with deviation 0.02; other maps are
 * uniform in ±1/√in as PyTorch draws them, those back to the residual stream divided by √layers.
 */
final class MambaWeights {

  /** Inner width ÷ width. */
  static final int EXPANSION = 2;

  static final int TAPS = 4;

  private MambaWeights() {}

  /** Returns R, the rank of Δ: ⌈d/16⌉. */
  static int rank(int width) {
    return (width + 15) / 16;
  }

  /** Returns the weights of a model of that shape; the head is tied to the embedding. */
  static Tensors random(ModelShape shape, long seed) {
    return RandomTensors.of(seed, weights -> draw(weights, shape));
  }

  /** Returns how many weights {@link #random} makes. */
  static long count(ModelShape shape) {
    return RandomTensors.count(weights -> draw(weights, shape));
  }

  private static void draw(RandomTensors weights, ModelShape shape) {
    int d = shape.width();
    int inner = EXPANSION * d;
    int states = shape.state();
    int rank = rank(d);
    weights.normal("backbone.embeddings.weight", 0.02, shape.vocabulary(), d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String block = "backbone.layers." + layer + ".";
      String mixer = block + "mixer.";
      double out = 1 / Math.sqrt(inner) / Math.sqrt(shape.layers());
      SplittableRandom steps = weights.random(mixer + "dt_proj.bias");
      weights
          .constant(block + "norm.weight", 1, d)
          .uniform(mixer + "in_proj.weight", 1 / Math.sqrt(d), 2 * inner, d)
          .uniform(mixer + "conv1d.weight", 1 / Math.sqrt(TAPS), inner, 1, TAPS)
          .uniform(mixer + "conv1d.bias", 1 / Math.sqrt(TAPS), inner)
          .uniform(mixer + "x_proj.weight", 1 / Math.sqrt(inner), rank + 2 * states, inner)
          .uniform(mixer + "dt_proj.weight", 1 / Math.sqrt(rank), inner, rank)
          .fill(mixer + "dt_proj.bias", i -> step(steps.nextDouble()), inner)
          .fill(mixer + "A_log", i -> StrictMath.log(i % states + 1), inner, states)
          .constant(mixer + "D", 1, inner)
          .uniform(mixer + "out_proj.weight", out, d, inner);
    }
    weights.constant("backbone.norm_f.weight", 1, d);
  }

  /** Returns the x whose softplus is at {@code where}, in 0 … 1, of 0.001 … 0.1 on a log scale. */
  static double step(double where) {
    double step = 0.001 * StrictMath.exp(where * StrictMath.log(100));
    return step + StrictMath.log(-StrictMath.expm1(-step));
  }
}
