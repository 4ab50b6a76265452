package dev.ordo.models.autograd;

import dev.ordo.models.kernel.Workers;

/** Rows of a table, looked up by id. The gradient of a row of the table is that of all its uses. */
public final class Embedding {

  /** Columns that threads do not share: a line of the cache. */
  private static final int UNIT = 16;

  private Embedding() {}

  /**
   * Looks up rows.
   *
   * @param table shape (V, d)
   * @param ids shape (rows), each in 0 … V−1; not modified, nor to be modified before the backward
   *     pass
   * @return shape (rows, d)
   * @throws IndexOutOfBoundsException if an id is not in the table
   */
  public static Tensor apply(Tape tape, Tensor table, int[] ids) {
    return apply(tape, table, ids, -1);
  }

  /**
   * Looks up rows, one of which learns nothing from that.
   *
   * @param table shape (V, d)
   * @param ids shape (rows), each in 0 … V−1; not modified, nor to be modified before the backward
   *     pass
   * @param frozen the id whose uses add nothing to the gradient; −1 for none
   * @return shape (rows, d)
   * @throws IndexOutOfBoundsException if an id is not in the table
   */
  public static Tensor apply(Tape tape, Tensor table, int[] ids, int frozen) {
    int d = table.columns();
    Tensor y = tape.tensor(ids.length, d);
    for (int r = 0; r < ids.length; r++) {
      System.arraycopy(table.value(), ids[r] * d, y.value(), r * d, d);
    }
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          float[] dTable = table.gradient();
          int parts = Workers.parts(ids.length * (double) d, (d + UNIT - 1) / UNIT);
          Workers.each(
              parts,
              part -> {
                int from = Workers.start(part, parts, d, UNIT);
                int to = Workers.start(part + 1, parts, d, UNIT);
                for (int r = 0; r < ids.length; r++) {
                  if (ids[r] != frozen) {
                    add(dy, r * d, dTable, ids[r] * d, from, to);
                  }
                }
              });
        });
    return y;
  }

  private static void add(float[] x, int xOffset, float[] y, int yOffset, int from, int to) {
    for (int i = from; i < to; i++) {
      y[yOffset + i] += x[xOffset + i];
    }
  }
}
