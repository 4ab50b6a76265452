package dev.ordo.models;

import java.util.Objects;
import java.util.function.LongToDoubleFunction;

/**
 * What theory says one phase of a model costs at length L.
 *
 * <p>These are statements about the algorithm, derived from its shapes; a report puts them beside
 * the measurements and never in their place.
 *
 * @param flops floating-point operations; a multiply-add counts two, a transcendental function one
 * @param bytes bytes of weights, activations and state that have to move at least once
 * @param span the longest chain of dependent steps, in steps along the sequence: what remains of
 *     the work with unlimited processors
 * @param stateBytes bytes that have to be kept between tokens
 */
public record Cost(Quantity flops, Quantity bytes, Quantity span, Quantity stateBytes) {

  /** Checks that every part is there. */
  public Cost {
    Objects.requireNonNull(flops, "flops");
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(span, "span");
    Objects.requireNonNull(stateBytes, "stateBytes");
  }

  /**
   * A quantity as a function of the sequence length.
   *
   * @param order its asymptotic order
   * @param value its value at a length L ≥ 1
   */
  public record Quantity(Order order, LongToDoubleFunction value) {

    /** Checks that every part is there. */
    public Quantity {
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(value, "value");
    }

    /**
     * Returns the value at a length.
     *
     * @param length L
     * @throws IllegalArgumentException if {@code length} is not positive
     */
    public double at(long length) {
      if (length < 1) {
        throw new IllegalArgumentException("length (" + length + ") must be positive");
      }
      return value.applyAsDouble(length);
    }
  }
}
