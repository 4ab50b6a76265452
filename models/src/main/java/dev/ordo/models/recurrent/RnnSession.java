package dev.ordo.models.recurrent;

import dev.ordo.models.kernel.Tanh;

/** A sequence on its way through an {@link Rnn}. */
final class RnnSession extends StackSession {

  private final int width;

  RnnSession(RecurrentStack stack, int capacity) {
    super(stack, 1, capacity);
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
    Tanh.ofSum(recurrent, 0, input, inputOffset, width);
    System.arraycopy(input, inputOffset, after, afterOffset, width);
  }
}
