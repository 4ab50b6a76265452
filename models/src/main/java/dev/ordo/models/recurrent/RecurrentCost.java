package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;

/**
 * What the phases cost of a model whose state does not grow: all follows from a prefill and a step.
 *
 * <p>A step costs the same at any length. To generate L tokens from a prompt of one is a prefill of
 * length 1 and L − 1 steps; the last token is not taken in.
 *
 * @param prefillFlops operations of a prefill; counted as {@link Cost} says, a comparison none, and
 *     a bias is what a sum starts from
 * @param prefillBytes bytes of a prefill
 * @param prefillSpan span of a prefill
 * @param stepFlops operations of a step
 * @param stepBytes bytes of a step
 * @param stepSpan span of a step
 * @param stateBytes bytes of the state
 */
public record RecurrentCost(
    Quantity prefillFlops,
    Quantity prefillBytes,
    Quantity prefillSpan,
    double stepFlops,
    double stepBytes,
    double stepSpan,
    double stateBytes) {

  /**
   * Returns what the phases cost where all that moves is floats and a step goes through one layer
   * after the other.
   *
   * @param prefillFlops operations of a prefill
   * @param prefillSpan span of a prefill
   * @param stepFlops operations of a step
   * @param layers the number of layers, the span of a step
   * @param fixed the floats that a pass moves at any length, without the state
   * @param moved the floats that it moves for each position
   * @param state the floats of the state: written by a prefill, read and written by a step
   */
  public static RecurrentCost ofFloats(
      Quantity prefillFlops,
      Quantity prefillSpan,
      double stepFlops,
      double layers,
      double fixed,
      double moved,
      double state) {
    return new RecurrentCost(
        prefillFlops,
        new Quantity(Order.LINEAR, length -> 4 * (fixed + moved * length + state)),
        prefillSpan,
        stepFlops,
        4 * (fixed + moved + 2 * state),
        layers,
        4 * state);
  }

  /** Returns the cost of a phase. */
  public Cost of(Phase phase) {
    Quantity state = constant(stateBytes);
    return switch (phase) {
      case TRAIN -> throw new IllegalArgumentException("phase train must have a cost of its own");
      case PREFILL -> new Cost(prefillFlops, prefillBytes, prefillSpan, state);
      case DECODE -> new Cost(constant(stepFlops), constant(stepBytes), constant(stepSpan), state);
      case GENERATE ->
          new Cost(
              generated(prefillFlops, stepFlops),
              generated(prefillBytes, stepBytes),
              generated(prefillSpan, stepSpan),
              state);
    };
  }

  private static Quantity constant(double value) {
    return new Quantity(Order.CONSTANT, length -> value);
  }

  private static Quantity generated(Quantity prefill, double step) {
    double first = prefill.at(1);
    return new Quantity(Order.LINEAR, length -> first + (length - 1) * step);
  }
}
