package dev.ordo.models.kernel;

/** A bias for every head and every distance from query to key. Immutable. */
public final class DistanceBias {

  private final int reach;
  private final int stride;
  private final float[] values;

  /**
   * Makes a bias for positions 0 … reach−1 of queries and keys.
   *
   * @param heads H, the number of heads
   * @param reach the number of positions
   * @param table shape (H, 2·reach − 1), row-major, copied: the bias of a head for key − query =
   *     −(reach − 1) … reach − 1
   * @throws IllegalArgumentException if a size is not positive or the table has another length
   */
  public DistanceBias(int heads, int reach, float[] table) {
    if (heads < 1 || reach < 1) {
      throw new IllegalArgumentException(
          "heads (" + heads + ") and reach (" + reach + ") must be positive");
    }
    long length = heads * (2L * reach - 1);
    if (table.length != length) {
      throw new IllegalArgumentException(
          "table (" + table.length + " values) must have heads × (2·reach − 1) = " + length);
    }
    this.reach = reach;
    // The last panel of keys may go beyond the last key.
    stride = 2 * reach - 1 + Gemm.PANEL;
    values = new float[Math.multiplyExact(heads, stride)];
    for (int h = 0; h < heads; h++) {
      System.arraycopy(table, h * (2 * reach - 1), values, h * stride, 2 * reach - 1);
    }
  }

  /** Returns the number of positions. */
  int reach() {
    return reach;
  }

  /** Returns the biases, to be read from {@link #row} on; not to be modified. */
  float[] values() {
    return values;
  }

  /** Returns where the bias of a query and the key at position 0 is. */
  int row(int head, int query) {
    return head * stride + reach - 1 - query;
  }
}
