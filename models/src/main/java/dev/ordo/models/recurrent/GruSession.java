package dev.ordo.models.recurrent;

import dev.ordo.models.kernel.GruCell;

/** A sequence on its way through a {@link Gru}. */
final class GruSession extends StackSession {

  private final int width;

  GruSession(RecurrentStack stack, int capacity) {
    super(stack, GruCell.GATES, capacity);
    width = stack.shape().width();
  }

  @Override
  void cell(
      int layer,
      int from,
      int to,
      float[] input,
      int inputOffset,
      float[] recurrent,
      float[] before,
      int beforeOffset,
      float[] after,
      int afterOffset) {
    GruCell.forward(
        recurrent, 0, input, inputOffset, before, beforeOffset, after, afterOffset, width);
  }
}
