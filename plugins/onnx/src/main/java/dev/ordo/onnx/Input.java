package dev.ordo.onnx;

/**
 * An input of a model and what it is filled with.
 *
 * @param value the input
 * @param role what it is filled with
 * @param successor for a state the name of the output that is its next value; empty for others
 */
record Input(Value value, Role role, String successor) {

  /**
   * Returns its shape.
   *
   * @param length the number of positions that a run takes in
   * @param total the number of positions that there are with those before
   */
  long[] shape(int length, int total) {
    long[] shape = value.sizes().stream().mapToLong(Long::longValue).toArray();
    int sequence = role == Role.STATE ? -1 : value.sequenceAxis();
    for (int axis = 0; axis < shape.length; axis++) {
      if (axis == sequence) {
        shape[axis] = role == Role.MASK ? total : length;
      } else if (shape[axis] < 0) {
        shape[axis] = role == Role.STATE && grows(axis) ? 0 : 1;
      }
    }
    return shape;
  }

  /** Before the first position an axis along which a state grows is empty. */
  private boolean grows(int axis) {
    if (value.batch(axis)) {
      return false;
    }
    return value.length(axis) || (axis > 0 && value.rank() == 4);
  }
}
