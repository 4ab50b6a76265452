package dev.ordo.models.transformer;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;

/**
 * What theory says {@link Llama} without biases costs: the numbers that go into {@link
 * DecoderCost}. With H heads and G key-value heads of width w, q = Hw and k = Gw:
 *
 * <p><b>Operations.</b> A position costs in each layer 2d(2q + 2k) for the affine maps of attention
 * and 6dm for those of the gated unit, 4d for each of two norms (squares 2d, scaling d, gain d),
 * 3(q + k) for the rotation (four products and two sums a pair), 4m for the gates (exp, + 1, /, ·),
 * H + q to divide the mixed values by the sum of their weights, and d for each of two residual
 * additions:
 *
 * <pre>t = 4d(q + k) + 6dm + 10d + 4q + 3k + 4m + H</pre>
 *
 * <p>A key costs 2q for its scores, 4H for its weights (scale and shift 2, exp, sum) and 2q for the
 * mix of its value: a = 4q + 4H. An embedding is a look-up, e = 0; the last norm and the head are h
 * = 4d + 2dV. The angles of the rotation are computed once for a session.
 *
 * <p>The backward pass of a position takes in each layer twice the affine maps; 12d for each norm
 * (squares 2d, scaling d; · gain d, along the row 2d; − along, ÷ and sum 4d; gain 2d); 3(q + k) for
 * the opposite rotation; 13m for the gates (σ 3, slope 4, gates 3, values 3); and 2q for the D of
 * attention: b = 8d(q + k) + 12dm + 24d + 5q + 3k + 13m. Outside the layers head, last norm and
 * embedding take o = 4dV + 12d + d.
 *
 * <p><b>Bytes.</b> A layer has 2d(q + k) + 3dm weights and 2d gains, the last norm d, the head dV:
 * with V logits f = N(2d(q + k) + 3dm + 2d) + d + dV + V. One embedding is looked up for a
 * position, d floats; its keys and values are 2k in each layer, which is what sharing them saves.
 *
 * <p><b>State.</b> Of a position a training step keeps in each layer two norms, two projections and
 * two sums with the residual stream, 6d; queries before and after rotation and the mix, 3q; keys
 * before and after and values, 3k; gates, values and product of the gated unit, 3m; outside the
 * layers the embedding, the last norm and V logits with their sum: N(6d + 3q + 3k + 3m) + 2d + V +
 * 1 floats.
 */
final class LlamaCost {

  private LlamaCost() {}

  /** Returns the cost of a phase of a model with random weights. */
  static Cost of(ModelShape shape, Phase phase, Variant variant) {
    return of(LlamaSizes.of(shape), phase, variant);
  }

  static Cost of(LlamaSizes sizes, Phase phase, Variant variant) {
    double d = sizes.shape().width();
    double m = sizes.inner();
    double q = sizes.queryWidth();
    double k = sizes.keyWidth();
    double layers = sizes.shape().layers();
    double heads = sizes.shape().heads();
    double vocabulary = sizes.shape().vocabulary();
    return new DecoderCost(
            variant,
            layers,
            heads,
            4 * d * (q + k) + 6 * d * m + 10 * d + 4 * q + 3 * k + 4 * m + heads,
            4 * q + 4 * heads,
            0,
            4 * d + 2 * d * vocabulary,
            layers * (2 * d * (q + k) + 3 * d * m + 2 * d) + d + d * vocabulary + vocabulary,
            vocabulary,
            d,
            d,
            q,
            8 * d * (q + k) + 12 * d * m + 24 * d + 5 * q + 3 * k + 13 * m,
            4 * d * vocabulary + 13 * d,
            2 * k,
            layers * (6 * d + 3 * q + 3 * k + 3 * m) + 2 * d + vocabulary + 1)
        .of(phase);
  }
}
