package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;

/**
 * What the phases of a {@link RecurrentStack} cost.
 *
 * <p>A position takes in each of N layers 2Gd² operations for each of two products and e for each
 * of d values; the head takes 2dV. What moves at any length is the weights, N·(2Gd² + b·d) + dV,
 * and V logits; a position moves an embedding row and 2d values a layer; and the state has s·N·d.
 * Over L positions the longest chain has L + N − 1 steps, of a single position N.
 *
 * @param gates G
 * @param elements e, without what a bias takes, which is what a sum starts from
 * @param biases b
 * @param vectors s
 * @param training what a training step costs
 */
record StackCost(int gates, int elements, int biases, int vectors, StackTrainingCost training) {

  /** Returns the cost of a phase at a shape. */
  Cost of(ModelShape shape, Phase phase) {
    if (phase == Phase.TRAIN) {
      return training.of(shape);
    }
    double d = shape.width();
    double n = shape.layers();
    double v = shape.vocabulary();
    double position = n * (4 * gates * d * d + elements * d);
    return RecurrentCost.ofFloats(
            new Quantity(Order.LINEAR, length -> position * length + 2 * d * v),
            new Quantity(Order.LINEAR, length -> length + n - 1),
            position + 2 * d * v,
            n,
            n * (2 * gates * d * d + biases * d) + d * v + v,
            d + 2 * n * d,
            vectors * n * d)
        .of(phase);
  }
}
