package dev.ordo.models.transformer;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.kernel.Operations;
import java.util.function.DoubleUnaryOperator;

/**
 * What theory says a decoder-only Transformer of N layers costs, given what one position costs.
 *
 * <p>A multiply-add is 2 operations, any other arithmetic or transcendental function 1; a negation,
 * a comparison, a copy and a look-up are none, and a bias is what a sum starts from. The few
 * operations that a norm takes once a row whatever its width (÷ d, + ε, the root) are left out, as
 * is what has to be done once and for all.
 *
 * <p><b>Operations.</b> A position costs t in each layer, besides a for each key that its query
 * meets; e to embed; and h for the last norm and the head. By tiles a query meets the keys that it
 * sees, in a forward pass over L positions K(L) = L(L+1)/2 in all; the full matrix has K(L) = L².
 * Hence such a pass takes
 *
 * <pre>F(L) = N·(t·L + a·K(L)) + e·L + h</pre>
 *
 * <table>
 * <caption>Operations</caption>
 * <tr><th>phase</th><th>with a cache</th><th>without</th></tr>
 * <tr><td>train</td><td colspan="2">N·((t + s + b)·L + (a + c)·K(L)) + (e + o + h)·L + x(L−1)</td></tr>
 * <tr><td>prefill</td><td>F(L)</td><td>F(L)</td></tr>
 * <tr><td>decode</td><td>N·(t + a·(L+1)) + e + h</td><td>F(L+1)</td></tr>
 * <tr><td>generate</td><td>N·(t·L + a·L(L+1)/2) + (e + h)·L</td>
 *     <td>Σ F(i) = N·(t·L(L+1)/2 + a·Σ K(i)) + e·L(L+1)/2 + h·L</td></tr>
 * </table>
 *
 * <p>Decode takes in token L+1. Generate takes in the prompt of one token and L−1 of the L new
 * ones. A step with a cache is one row of scores in either kind. Σ K(i) is L(L+1)(L+2)/6 by tiles
 * and L(L+1)(2L+1)/6 for the full matrix.
 *
 * <p>Left out is what the blocks of the tiled kind add: the masked rest of the blocks on the
 * diagonal, less than 64 + 2 vectors of keys a query, and to rescale a head's sums when a new block
 * brings a larger score, at most w + 4 operations for 256 keys.
 *
 * <p>Training needs the logits of all positions. The backward pass adds b a position and layer, o
 * outside the layers, and x(n) is {@link Operations#crossEntropy} of n targets. Of attention, whose
 * queries are q wide, a pair of positions takes five products of 2q by tiles, where the weights are
 * computed anew (scores; gradients of weights, values, queries and keys), with 3H for the weights
 * (scale, shift, exp) and 3H for the gradients of the scores (− D, · weight, · scale): c = 10q +
 * 6H, and s = 2H for the logarithms of sums that the forward pass leaves. The full matrix has kept
 * its weights, divided by their sums instead of the q mixed values: c = 8q + 3H + H, s = −q.
 * Gradients that meet are added in the products and norms that make the last of them.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once in a forward pass: all weights
 * outside the embeddings (the head among them) and V logits, f in all; what is looked up for a
 * position; in each layer the residual stream read and written and the new keys and values written,
 * and those of all positions seen read once by the pass. The full matrix is written and read once,
 * 2HN·K(L) floats more. Nothing is said about what a small cache moves again. A training step reads
 * the weights twice and writes their gradients, and writes and reads what it keeps.
 *
 * <p><b>Span.</b> Given unlimited processors, positions depend on each other only through the sums
 * over keys, which a binary tree adds in ⌈log₂ n⌉ steps: N·(1 + ⌈log₂ n⌉) for a forward pass over n
 * positions, with a cache or without. Generated tokens wait for each other, and Σ ⌈log₂ i⌉ for i =
 * 1 … L is L·c − 2ᶜ + 1 with c = ⌈log₂ L⌉.
 *
 * <p><b>State.</b> With a cache the keys and values of each token taken in, 4 bytes a float;
 * without one, the 4 bytes of its id. A training step keeps for its backward pass the results of
 * all operators, among them of attention the logarithm of one sum a head and position; the full
 * matrix keeps its weights instead, H·L² a layer.
 *
 * @param variant cache or none, tiles or full matrix
 * @param layers N
 * @param heads H
 * @param positionFlops t
 * @param keyFlops a
 * @param embeddingFlops e
 * @param headFlops h
 * @param fixedFloats f
 * @param vocabulary V
 * @param embeddingFloats what is looked up for a position
 * @param width d
 * @param queryWidth q
 * @param backwardFlops b
 * @param outerBackwardFlops o
 * @param keyValueFloats keys and values of a position in a layer
 * @param keptFloats what a training step keeps of a position, all but what attention keeps of its
 *     weights
 */
record DecoderCost(
    Variant variant,
    double layers,
    double heads,
    double positionFlops,
    double keyFlops,
    double embeddingFlops,
    double headFlops,
    double fixedFloats,
    double vocabulary,
    double embeddingFloats,
    double width,
    double queryWidth,
    double backwardFlops,
    double outerBackwardFlops,
    double keyValueFloats,
    double keptFloats) {

  /** Returns the cost of a phase. */
  Cost of(Phase phase) {
    boolean cached = variant.cached();
    boolean full = variant.full();
    Order matrix = full ? Order.QUADRATIC : Order.LINEAR;
    return switch (phase) {
      case TRAIN ->
          new Cost(
              quantity(Order.QUADRATIC, this::trainFlops),
              quantity(matrix, this::trainBytes),
              new Quantity(Order.LOGARITHMIC, n -> 2 * span(n) + 2 * Operations.ceilLog2(n)),
              quantity(matrix, this::keptBytes));
      case PREFILL ->
          new Cost(
              quantity(Order.QUADRATIC, this::forwardFlops),
              quantity(matrix, this::forwardBytes),
              new Quantity(Order.LOGARITHMIC, this::span),
              state(0));
      case DECODE ->
          new Cost(
              cached
                  ? quantity(Order.LINEAR, n -> stepFlops(n + 1))
                  : quantity(Order.QUADRATIC, n -> forwardFlops(n + 1)),
              cached
                  ? quantity(Order.LINEAR, n -> stepBytes(n + 1))
                  : quantity(matrix, n -> forwardBytes(n + 1)),
              new Quantity(Order.LOGARITHMIC, n -> span(n + 1)),
              state(1));
      case GENERATE ->
          new Cost(
              cached
                  ? quantity(Order.QUADRATIC, this::sumOfStepFlops)
                  : quantity(Order.CUBIC, this::sumOfForwardFlops),
              cached
                  ? quantity(Order.QUADRATIC, this::sumOfStepBytes)
                  : quantity(full ? Order.CUBIC : Order.QUADRATIC, this::sumOfForwardBytes),
              new Quantity(Order.LINEARITHMIC, this::sumOfSpans),
              state(0));
    };
  }

  private static Quantity quantity(Order order, DoubleUnaryOperator value) {
    return new Quantity(order, length -> value.applyAsDouble((double) length));
  }

  /** 1 + … + n. */
  private static double sum(double n) {
    return n * (n + 1) / 2;
  }

  /** K(n). */
  private double pairs(double n) {
    return variant.full() ? n * n : sum(n);
  }

  /** K(1) + … + K(n). */
  private double sumOfPairs(double n) {
    return variant.full() ? n * (n + 1) * (2 * n + 1) / 6 : n * (n + 1) * (n + 2) / 6;
  }

  private double forwardFlops(double n) {
    return layers * (positionFlops * n + keyFlops * pairs(n)) + embeddingFlops * n + headFlops;
  }

  private double trainFlops(double n) {
    double sums = variant.full() ? -queryWidth : 2 * heads;
    double pair = variant.full() ? 8 * queryWidth + 4 * heads : 10 * queryWidth + 6 * heads;
    return layers * ((positionFlops + sums + backwardFlops) * n + (keyFlops + pair) * pairs(n))
        + (embeddingFlops + outerBackwardFlops + headFlops) * n
        + Operations.crossEntropy(n - 1, vocabulary);
  }

  private double stepFlops(double n) {
    return layers * (positionFlops + keyFlops * n) + embeddingFlops + headFlops;
  }

  private double sumOfStepFlops(double n) {
    return layers * (positionFlops * n + keyFlops * sum(n)) + (embeddingFlops + headFlops) * n;
  }

  private double sumOfForwardFlops(double n) {
    return layers * (positionFlops * sum(n) + keyFlops * sumOfPairs(n))
        + embeddingFlops * sum(n)
        + headFlops * n;
  }

  /** Floats of a position that move, but for what is read of earlier ones. */
  private double positionFloats() {
    return embeddingFloats + layers * (2 * width + keyValueFloats);
  }

  /** Floats of the matrix of scores that move for a number of its elements. */
  private double matrixFloats(double elements) {
    return variant.full() ? 2 * heads * layers * elements : 0;
  }

  private double forwardBytes(double n) {
    double perPosition = positionFloats() + layers * keyValueFloats;
    return 4 * (fixedFloats + perPosition * n + matrixFloats(n * n));
  }

  private double stepBytes(double n) {
    return 4 * (fixedFloats + positionFloats() + layers * keyValueFloats * n + matrixFloats(n));
  }

  private double sumOfForwardBytes(double n) {
    double perPosition = positionFloats() + layers * keyValueFloats;
    return 4 * (fixedFloats * n + perPosition * sum(n) + matrixFloats(sumOfPairs(n)));
  }

  private double sumOfStepBytes(double n) {
    return 4
        * ((fixedFloats + positionFloats()) * n
            + layers * keyValueFloats * sum(n)
            + matrixFloats(sum(n)));
  }

  private double trainBytes(double n) {
    return 4 * 3 * (fixedFloats - vocabulary) + 2 * keptBytes(n);
  }

  private double keptBytes(double n) {
    double attention = layers * heads * (variant.full() ? n * n : n);
    return 4 * (keptFloats * n + attention + 1);
  }

  private double span(long n) {
    return layers * (1 + Operations.ceilLog2(n));
  }

  private double sumOfSpans(long n) {
    double c = Operations.ceilLog2(n);
    return layers * (n * (1 + c) - Math.pow(2, c) + 1);
  }

  private Quantity state(int extra) {
    double perToken = variant.cached() ? 4 * layers * keyValueFloats : 4;
    return quantity(Order.LINEAR, n -> perToken * (n + extra));
  }
}
