package dev.ordo.models.transformer;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;

/**
 * What theory says {@link Gpt2} costs: the numbers that go into {@link DecoderCost}.
 *
 * <p><b>Operations.</b> A position costs in each layer 2(3d² + d² + 2dm) for the affine maps, 7d
 * for each of two norms (mean d, centring d, variance 2d, scaling d, gain and bias 2d), 7m for GELU
 * (x² · c + c′, · x, exp, + 1, /), H + d to divide the mixed values by the sum of their weights,
 * and d for each of two residual additions:
 *
 * <pre>t = 8d² + 4dm + 17d + 7m + H</pre>
 *
 * <p>A key costs 2d for its scores, 4H for its weights (scale and shift 2, exp, sum) and 2d for the
 * mix of its value: a = 4d + 4H. Embedding a position costs e = d, the last norm and the head h =
 * 7d + 2dV.
 *
 * <p>The backward pass of a position takes in each layer 2(8d² + 4dm) for the affine maps, whose
 * every product becomes two; 5d + m for their biases; 17d for each norm (mean and centring 2d,
 * squares 2d, scaling d; · gain and its sum 2d, along the row 2d; input − mean, − along, ÷ and sum
 * 5d; gain and bias 3d); 15m for GELU (σ 7, slope 3, 1 − σ, · and + 1, · σ, · dy 5); and 2d for the
 * D of attention: b = 16d² + 8dm + 41d + 16m. Outside the layers head, last norm and two embeddings
 * take o = 4dV + 17d + 2d.
 *
 * <p><b>Bytes.</b> A layer has 4d² + 2dm + 5d + m weights and biases and 4d of its norms, the last
 * norm 2d, the head dV: with V logits f = N(4d² + 2dm + 9d + m) + 2d + dV + V. Two embeddings are
 * looked up for a position, 2d floats; its keys and values are 2d in each layer.
 *
 * <p><b>State.</b> Of a position a training step keeps in each layer two norms, queries, keys and
 * values, the mix, two projections and two sums with the residual stream, 10d, and the inner layer
 * before and after GELU, 2m; outside the layers three sums of embeddings, the last norm and V
 * logits with their sum: N(10d + 2m) + 4d + V + 1 floats.
 *
 * @param shape d, N, H and V
 * @param inner m
 */
record Gpt2Cost(ModelShape shape, int inner) {

  /** Returns the cost of a phase of a model with the usual inner width of 4d. */
  static Cost of(ModelShape shape, Phase phase, Variant variant) {
    return new Gpt2Cost(shape, Math.multiplyExact(4, shape.width())).of(phase, variant);
  }

  Cost of(Phase phase, Variant variant) {
    double d = shape.width();
    double m = inner;
    double layers = shape.layers();
    double heads = shape.heads();
    double vocabulary = shape.vocabulary();
    return new DecoderCost(
            variant,
            layers,
            heads,
            8 * d * d + 4 * d * m + 17 * d + 7 * m + heads,
            4 * d + 4 * heads,
            d,
            7 * d + 2 * d * vocabulary,
            layers * (4 * d * d + 2 * d * m + 9 * d + m) + 2 * d + d * vocabulary + vocabulary,
            vocabulary,
            2 * d,
            d,
            d,
            16 * d * d + 8 * d * m + 41 * d + 16 * m,
            4 * d * vocabulary + 19 * d,
            2 * d,
            layers * (10 * d + 2 * m) + 4 * d + vocabulary + 1)
        .of(phase);
  }
}
