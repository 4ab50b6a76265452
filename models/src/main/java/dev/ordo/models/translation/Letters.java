package dev.ordo.models.translation;

import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.Order;
import java.util.function.DoubleUnaryOperator;

/** The sizes of an architecture under the letters of formulas that say what it costs. */
interface Letters {

  Architecture architecture();

  /** Returns a quantity from a formula over real numbers. */
  static Quantity quantity(Order order, DoubleUnaryOperator value) {
    return new Quantity(order, length -> value.applyAsDouble((double) length));
  }

  /** Returns d. */
  default double d() {
    return architecture().width();
  }

  /** Returns i, the width of all heads together. */
  default double i() {
    return architecture().decoder().attentionWidth();
  }

  /** Returns N, the number of layers of each stack. */
  default double layers() {
    return architecture().decoder().layers().size();
  }

  /** Returns H. */
  default double heads() {
    return architecture().decoder().heads();
  }

  /** Returns f. */
  default double inner() {
    return architecture().decoder().inner();
  }

  /** Returns V. */
  default double vocabulary() {
    return architecture().vocabulary();
  }
}
