package dev.ordo.models.autograd;

/**
 * Biases of attention by distance, looked up in a table of buckets. The gradient of a bucket is
 * that of all distances in it.
 */
public final class BucketBias {

  private BucketBias() {}

  /**
   * Looks up the biases of all distances.
   *
   * @param table shape (buckets, heads)
   * @param buckets shape (distances): the bucket of each; not modified, nor to be modified before
   *     the backward pass
   * @return shape (heads, distances)
   * @throws IndexOutOfBoundsException if a bucket is not in the table
   */
  public static Tensor apply(Tape tape, Tensor table, int[] buckets) {
    int heads = table.columns();
    int distances = buckets.length;
    Tensor y = tape.tensor(heads, distances);
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < distances; i++) {
        y.value()[h * distances + i] = table.value()[buckets[i] * heads + h];
      }
    }
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          float[] dTable = table.gradient();
          for (int h = 0; h < heads; h++) {
            for (int i = 0; i < distances; i++) {
              dTable[buckets[i] * heads + h] += dy[h * distances + i];
            }
          }
        });
    return y;
  }
}
