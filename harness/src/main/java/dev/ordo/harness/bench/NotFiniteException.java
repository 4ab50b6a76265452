package dev.ordo.harness.bench;

/**
 * A result of a model is infinite or not a number: what was timed was no computation that worked.
 */
public final class NotFiniteException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  NotFiniteException(int index, float value) {
    super(
        "returned "
            + (Float.isNaN(value) ? "NaN" : value)
            + ": result "
            + index
            + " must be finite");
  }
}
