package dev.ordo.models.transformer;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.kernel.Operations;
import java.util.function.DoubleUnaryOperator;

/**
 * What theory says {@link Gpt2} costs.
 *
 * <p>With width d, inner width m, H heads, N layers, vocabulary V; a multiply-add is 2 operations,
 * any other arithmetic or transcendental function 1, a comparison none, and a bias is what a sum
 * starts from.
 *
 * <p><b>Operations.</b> A position costs in each layer 2(3d² + d² + 2dm) for the affine maps, 7d
 * for each of two norms (mean d, centring d, variance 2d, scaling d, gain and bias 2d), 7m for GELU
 * (x² · c + c′, · x, exp, + 1, /), H + d to divide the mixed values by the sum of their weights,
 * and d for each of two residual additions:
 *
 * <pre>t = 8d² + 4dm + 17d + 7m + H</pre>
 *
 * <p>A query that sees n keys costs 2dn for its scores, 4Hn for its weights (scale and shift 2,
 * exp, sum) and 2dn for the mix of values: a·n with a = 4d + 4H. Embedding a position costs d, the
 * last norm and the head together h = 7d + 2dV. Hence one forward pass over L positions, in which
 * query i sees i keys:
 *
 * <pre>F(L) = N·(t·L + a·L(L+1)/2) + d·L + h</pre>
 *
 * <table>
 * <caption>Operations</caption>
 * <tr><th>phase</th><th>with a cache</th><th>without</th></tr>
 * <tr><td>train</td><td colspan="2">3·(F(L) + (L−1)·h)</td></tr>
 * <tr><td>prefill</td><td>F(L)</td><td>F(L)</td></tr>
 * <tr><td>decode</td><td>N·(t + a·(L+1)) + d + h</td><td>F(L+1)</td></tr>
 * <tr><td>generate</td><td>F(L) + (L−1)·h</td>
 *     <td>Σ F(i) = N·(t·L(L+1)/2 + a·L(L+1)(L+2)/6) + d·L(L+1)/2 + h·L</td></tr>
 * </table>
 *
 * <p>Decode takes in token L+1. Generate takes in the prompt of one token and L−1 of the L new
 * ones.
 *
 * <p>Training needs the logits of all positions. The backward pass of a product is two products of
 * its size, and every other operation counts as two in reverse; the loss, 5V a position, and what
 * is computed anew instead of kept are left out, which is within a tenth at the sizes of real
 * models.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once in a forward pass: all weights w
 * outside the embeddings (the head among them), two embedding rows a position, in each layer the
 * residual stream read and written and the new keys and values written (4d a position), those of
 * all positions seen read once by the pass (2d a position), and V logits. Over L positions that is
 * 4·(w + V + (2d + 6Nd)·L); a step with a cache that ends at position n moves 4·(w + V + 2d + 4Nd +
 * 2Nd·n). Nothing is said about what a small cache moves again. A training step reads the weights
 * twice and writes their gradients, and writes and reads what it keeps.
 *
 * <p><b>Span.</b> Given unlimited processors, positions depend on each other only through the sums
 * over keys, which a binary tree adds in ⌈log₂ n⌉ steps: N·(1 + ⌈log₂ n⌉) for a forward pass over n
 * positions, with a cache or without. Generated tokens wait for each other, and Σ ⌈log₂ i⌉ for i =
 * 1 … L is L·c − 2ᶜ + 1 with c = ⌈log₂ L⌉.
 *
 * <p><b>State.</b> With a cache 8Nd bytes of keys and values for each token taken in; without one,
 * the 4 bytes of its id. A training step keeps for its backward pass the results of all operators:
 * in each layer and position two norms, queries, keys and values, the mix and its H sums, two
 * projections and two sums with the residual stream, 10d + H, and the inner layer before and after
 * GELU, 2m; outside the layers three sums of embeddings, the last norm and V logits with their sum;
 * and the loss:
 *
 * <pre>4·(L·(N·(10d + 2m + H) + 4d + V + 1) + 1)</pre>
 *
 * @param shape d, N, H and V
 * @param inner m
 */
record Gpt2Cost(ModelShape shape, int inner) {

  /** Returns the cost of a phase of a model with the usual inner width of 4d. */
  static Cost of(ModelShape shape, Phase phase, boolean cached) {
    return new Gpt2Cost(shape, Math.multiplyExact(4, shape.width())).of(phase, cached);
  }

  Cost of(Phase phase, boolean cached) {
    return switch (phase) {
      case TRAIN ->
          new Cost(
              quantity(Order.QUADRATIC, n -> 3 * trainForwardFlops(n)),
              quantity(Order.LINEAR, this::trainBytes),
              new Quantity(Order.LOGARITHMIC, this::trainSpan),
              quantity(Order.LINEAR, this::keptBytes));
      case PREFILL ->
          new Cost(
              quantity(Order.QUADRATIC, this::forwardFlops),
              quantity(Order.LINEAR, this::forwardBytes),
              new Quantity(Order.LOGARITHMIC, this::forwardSpan),
              state(cached, 0));
      case DECODE ->
          new Cost(
              cached
                  ? quantity(Order.LINEAR, n -> stepFlops(n + 1))
                  : quantity(Order.QUADRATIC, n -> forwardFlops(n + 1)),
              quantity(Order.LINEAR, cached ? n -> stepBytes(n + 1) : n -> forwardBytes(n + 1)),
              new Quantity(Order.LOGARITHMIC, length -> forwardSpan(length + 1)),
              state(cached, 1));
      case GENERATE ->
          new Cost(
              cached
                  ? quantity(Order.QUADRATIC, n -> forwardFlops(n) + (n - 1) * headFlops())
                  : quantity(Order.CUBIC, this::sumOfForwardFlops),
              quantity(Order.QUADRATIC, cached ? this::sumOfStepBytes : this::sumOfForwardBytes),
              new Quantity(Order.LINEARITHMIC, this::sumOfSpans),
              state(cached, 0));
    };
  }

  private static Quantity quantity(Order order, DoubleUnaryOperator value) {
    return new Quantity(order, length -> value.applyAsDouble((double) length));
  }

  private double d() {
    return shape.width();
  }

  private double layers() {
    return shape.layers();
  }

  /** t. */
  private double positionFlops() {
    return 8 * d() * d() + 4 * d() * inner + 17 * d() + 7.0 * inner + shape.heads();
  }

  /** a. */
  private double keyFlops() {
    return 4 * d() + 4.0 * shape.heads();
  }

  /** h. */
  private double headFlops() {
    return 7 * d() + 2 * d() * shape.vocabulary();
  }

  private double forwardFlops(double n) {
    return layers() * (positionFlops() * n + keyFlops() * n * (n + 1) / 2) + d() * n + headFlops();
  }

  private double stepFlops(double n) {
    return layers() * (positionFlops() + keyFlops() * n) + d() + headFlops();
  }

  private double sumOfForwardFlops(double n) {
    return layers() * (positionFlops() * n * (n + 1) / 2 + keyFlops() * n * (n + 1) * (n + 2) / 6)
        + d() * n * (n + 1) / 2
        + headFlops() * n;
  }

  private double trainForwardFlops(double n) {
    return forwardFlops(n) + (n - 1) * headFlops();
  }

  private double trainBytes(double n) {
    return 4 * 3 * (fixedFloats() - shape.vocabulary()) + 2 * keptBytes(n);
  }

  private double trainSpan(long n) {
    return 2 * forwardSpan(n) + 2 * Operations.ceilLog2(n);
  }

  private double keptBytes(double n) {
    double position = layers() * (10 * d() + 2.0 * inner + shape.heads());
    return 4 * (n * (position + 4 * d() + shape.vocabulary() + 1) + 1);
  }

  /** w + V: the floats that move whatever the length. */
  private double fixedFloats() {
    double affine = 4 * d() * d() + 2 * d() * inner + 5 * d() + inner;
    double norms = 4 * d();
    return layers() * (affine + norms) + 2 * d() + d() * shape.vocabulary() + shape.vocabulary();
  }

  private double forwardBytes(double n) {
    return 4 * (fixedFloats() + (2 + 6 * layers()) * d() * n);
  }

  private double stepBytes(double n) {
    return 4 * (fixedFloats() + (2 + 4 * layers()) * d() + 2 * layers() * d() * n);
  }

  private double sumOfForwardBytes(double n) {
    return 4 * (fixedFloats() * n + (2 + 6 * layers()) * d() * n * (n + 1) / 2);
  }

  private double sumOfStepBytes(double n) {
    return 4 * ((fixedFloats() + (2 + 4 * layers()) * d()) * n + layers() * d() * n * (n + 1));
  }

  private double forwardSpan(long n) {
    return layers() * (1 + Operations.ceilLog2(n));
  }

  private double sumOfSpans(long n) {
    double c = Operations.ceilLog2(n);
    return layers() * (n * (1 + c) - Math.pow(2, c) + 1);
  }

  private Quantity state(boolean cached, int extra) {
    double perToken = cached ? 8 * layers() * d() : 4;
    return quantity(Order.LINEAR, n -> perToken * (n + extra));
  }
}
