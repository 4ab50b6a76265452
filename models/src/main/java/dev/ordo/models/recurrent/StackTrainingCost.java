package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.kernel.Operations;

/**
 * What a training step of a {@link RecurrentStack} costs with one sequence of length L.
 *
 * <p><b>Operations</b> of a layer with G gates. Products with W_ih take 2Gd² a position: forward,
 * for the gradient of the layer's input, and for that of W_ih. Products with W_hh take as much, but
 * at L − 1 positions, as nothing is before the first: forward, for the gradient of the hidden state
 * before, and for that of W_hh. In all 6Gd²(2L − 1). What a position does for each of its d values
 * besides is a number e of the architecture, forward, backward and in the sums of bias gradients;
 * and where a gradient of the hidden state goes past the products, it is added at L − 1 positions,
 * j = 1. The embedding's gradient takes dL, the head 6dVL (forward, input, weights), the
 * cross-entropy of L − 1 targets what {@link Operations#crossEntropy} says:
 *
 * <pre>N·(6Gd²(2L − 1) + e·d·L + j·d·(L − 1)) + dL + 6dVL + (L − 1)(7V + 5) + 2</pre>
 *
 * <p><b>State bytes.</b> Four for each float that the forward pass keeps for the backward pass: dL
 * from the embedding, k·d·L from a layer, VL logits, L logarithms of their sums, and the loss.
 *
 * <p><b>Bytes.</b> Four for each float each time that it has to move: what is kept is written and
 * read; the weights of layers and head, w = dV + N(2Gd² + 2Gd), are read forward and backward, of
 * the embedding only L rows; and all w + dV gradients are written.
 *
 * <p><b>Span.</b> The chain of L + N − 1 steps of a prefill, there and back: 2(L + N − 1).
 *
 * @param gates G
 * @param elements e
 * @param joins j
 * @param kept k
 */
record StackTrainingCost(int gates, int elements, int joins, int kept) {

  /** Returns the cost at a shape. */
  Cost of(ModelShape shape) {
    double d = shape.width();
    double n = shape.layers();
    double v = shape.vocabulary();
    double products = 6.0 * gates * d * d;
    double weights = d * v + n * (2 * gates * d * d + 2 * gates * d);
    Quantity held =
        new Quantity(Order.LINEAR, length -> 4 * ((d + n * kept * d + v + 1) * length + 1));
    return new Cost(
        new Quantity(
            Order.LINEAR,
            length ->
                n * (products * (2 * length - 1) + elements * d * length + joins * d * (length - 1))
                    + d * length
                    + 6 * d * v * length
                    + Operations.crossEntropy(length - 1, v)),
        new Quantity(
            Order.LINEAR, length -> 2 * held.at(length) + 4 * (3 * weights + d * v + d * length)),
        new Quantity(Order.LINEAR, length -> 2 * (length + n - 1)),
        held);
  }
}
