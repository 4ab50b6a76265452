package dev.ordo.models;

import java.util.Objects;

/**
 * How many heads of attention one part of a model has.
 *
 * @param part which part
 * @param layers the number of its layers, positive
 * @param heads the number of heads in each of them, positive
 */
public record AttentionHeads(AttentionPart part, int layers, int heads) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public AttentionHeads {
    Objects.requireNonNull(part, "part");
    if (layers < 1 || heads < 1) {
      throw new IllegalArgumentException(
          "layers (" + layers + ") and heads (" + heads + ") must be positive");
    }
  }

  /**
   * Checks that there is such a head.
   *
   * @throws IllegalArgumentException if there is no such layer, or no such head in it
   */
  public void check(int layer, int head) {
    if (layer < 0 || layer >= layers || head < 0 || head >= heads) {
      throw new IllegalArgumentException(
          "layer ("
              + layer
              + ") must be in 0.."
              + (layers - 1)
              + ", head ("
              + head
              + ") in 0.."
              + (heads - 1));
    }
  }
}
