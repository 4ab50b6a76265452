package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import java.util.SplittableRandom;

/**
 * Random Mamba-2 weights under the names of the reference.
 *
 * <p>As the authors' code draws them: A uniform in 1 … 16, D = 1, the bias of Δ the inverse
 * softplus of values log-uniform in 0.001 … 0.1, embeddings normal with deviation 0.02; other maps
 * are uniform in ±1/√in as PyTorch draws them, those back to the residual stream divided by
 * √layers.
 */
final class Mamba2Weights {

  private Mamba2Weights() {}

  /** Returns the weights of a model of those sizes; a tied head has none of its own. */
  static Tensors random(Mamba2Sizes sizes, long seed) {
    return RandomTensors.of(seed, weights -> draw(weights, sizes));
  }

  /** Returns how many weights {@link #random} makes. */
  static long count(Mamba2Sizes sizes) {
    return RandomTensors.count(weights -> draw(weights, sizes));
  }

  private static void draw(RandomTensors weights, Mamba2Sizes sizes) {
    ModelShape shape = sizes.shape();
    int d = shape.width();
    int inner = sizes.inner();
    int convolved = sizes.convolved();
    int heads = sizes.heads();
    weights.normal("backbone.embeddings.weight", 0.02, shape.vocabulary(), d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String block = "backbone.layers." + layer + ".";
      String mixer = block + "mixer.";
      double out = 1 / Math.sqrt(inner) / Math.sqrt(shape.layers());
      double tap = 1 / Math.sqrt(sizes.taps());
      SplittableRandom steps = weights.random(mixer + "dt_bias");
      SplittableRandom decays = weights.random(mixer + "A_log");
      weights
          .constant(block + "norm.weight", 1, d)
          .uniform(mixer + "in_proj.weight", 1 / Math.sqrt(d), inner + convolved + heads, d)
          .uniform(mixer + "conv1d.weight", tap, convolved, 1, sizes.taps())
          .uniform(mixer + "conv1d.bias", tap, convolved)
          .fill(mixer + "dt_bias", i -> MambaWeights.step(steps.nextDouble()), heads)
          .fill(mixer + "A_log", i -> StrictMath.log(1 + 15 * decays.nextDouble()), heads)
          .constant(mixer + "D", 1, heads)
          .constant(mixer + "norm.weight", 1, inner)
          .uniform(mixer + "out_proj.weight", out, d, inner);
    }
    weights.constant("backbone.norm_f.weight", 1, d);
  }
}
