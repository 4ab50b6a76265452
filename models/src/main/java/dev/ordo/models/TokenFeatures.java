package dev.ordo.models;

import java.util.SplittableRandom;

/**
 * Rows of noise in the place of token ids, for models that read numbers: the same row for the same
 * token. Immutable.
 */
public final class TokenFeatures {

  private static final int BITS = 13;

  private final float[] noise;

  /**
   * Draws the noise.
   *
   * @param seed the same seed gives the same rows
   * @param width the numbers in a row
   */
  public TokenFeatures(long seed, int width) {
    SplittableRandom random = new SplittableRandom(seed);
    noise = new float[(1 << BITS) + width];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextDouble(-1, 1);
    }
  }

  /**
   * Returns the i-th number of a token's row, in −1 … 1.
   *
   * @throws IndexOutOfBoundsException if there is no such number
   */
  public float at(int token, int i) {
    // Rows begin at one of 2¹³ places of the noise, that of neighbouring tokens far apart.
    return noise[((token * 0x9E3779B1) >>> (Integer.SIZE - BITS)) + i];
  }
}
