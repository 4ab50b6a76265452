package dev.ordo.models;

/**
 * With which weights one head of attention mixes values.
 *
 * @param rows the token ids of the R positions that look; shape (R)
 * @param columns the token ids of the C positions that are looked at; shape (C)
 * @param weights shape (R, C), row-major: row i holds the weights of position i, which sum to 1
 */
public record AttentionWeights(int[] rows, int[] columns, float[] weights) {

  /**
   * Takes the arrays over without copying.
   *
   * @throws IllegalArgumentException if there are not R × C weights
   */
  public AttentionWeights {
    if (weights.length != (long) rows.length * columns.length) {
      throw new IllegalArgumentException(
          "weights ("
              + weights.length
              + ") must be rows ("
              + rows.length
              + ") × columns ("
              + columns.length
              + ")");
    }
  }
}
