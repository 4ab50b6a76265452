package dev.ordo.models.recurrent;

import dev.ordo.models.kernel.LstmCell;
import java.util.Arrays;
import java.util.Optional;

/** A sequence on its way through an {@link Lstm}. */
final class LstmSession extends StackSession {

  private final int width;

  /** c of each layer: indices are buffer, layer, component. */
  private final float[][][] cells;

  LstmSession(RecurrentStack stack, int capacity) {
    super(stack, LstmCell.GATES, capacity);
    width = stack.shape().width();
    cells = newState();
  }

  @Override
  protected void reset(int buffer) {
    super.reset(buffer);
    for (float[] c : cells[buffer]) {
      Arrays.fill(c, 0);
    }
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
    float[] old = cells[from][layer];
    float[] next = cells[to][layer];
    LstmCell.forward(recurrent, 0, input, inputOffset, old, 0, next, 0, after, afterOffset, width);
  }

  @Override
  public long stateBytes() {
    return 2 * super.stateBytes();
  }

  @Override
  public Optional<float[]> state(String name) {
    return name.equals("final_cell") ? Optional.of(joined(cells)) : super.state(name);
  }
}
