package dev.ordo.models.autograd;

/** Rows of a table, looked up by id. The gradient of a row of the table is that of all its uses. */
public final class Embedding {

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
          for (int r = 0; r < ids.length; r++) {
            for (int i = 0; i < d && ids[r] != frozen; i++) {
              dTable[ids[r] * d + i] += dy[r * d + i];
            }
          }
        });
    return y;
  }
}
