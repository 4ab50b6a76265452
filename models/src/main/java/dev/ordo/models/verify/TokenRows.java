package dev.ordo.models.verify;

import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;

/** Token ids of a reference, a tensor of shape (batch, L). */
final class TokenRows {

  private TokenRows() {}

  /**
   * Returns the rows of a tensor of token ids.
   *
   * @throws IllegalArgumentException if there is no such tensor of rank 2
   */
  static int[][] of(Tensors expected, String name) {
    int[] shape = expected.shape(name);
    if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
      throw new IllegalArgumentException(
          "tensor '" + name + "': expected shape (batch, L), found " + Arrays.toString(shape));
    }
    long[] ids = expected.getLongs(name, shape);
    int length = shape[1];
    int[][] rows = new int[shape[0]][length];
    for (int i = 0; i < ids.length; i++) {
      // An id beyond an int is beyond any vocabulary too.
      rows[i / length][i % length] =
          (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, ids[i]));
    }
    return rows;
  }
}
