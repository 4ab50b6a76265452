package dev.ordo.models;

import java.util.SplittableRandom;

/** Token ids: checks, seeded sequences and the greedy choice. */
public final class Tokens {

  private Tokens() {}

  /**
   * Returns a reproducible sequence of uniformly drawn token ids.
   *
   * @param length the number of ids, not negative
   * @param vocabulary V; ids are 0 … V−1
   * @param seed the same seed gives the same ids, and a longer sequence starts with a shorter one
   * @throws IllegalArgumentException if {@code length} is negative or {@code vocabulary} not
   *     positive
   */
  public static int[] random(int length, int vocabulary, long seed) {
    if (length < 0) {
      throw new IllegalArgumentException("length (" + length + ") must not be negative");
    }
    if (vocabulary < 1) {
      throw new IllegalArgumentException("vocabulary (" + vocabulary + ") must be positive");
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] tokens = new int[length];
    for (int i = 0; i < length; i++) {
      tokens[i] = random.nextInt(vocabulary);
    }
    return tokens;
  }

  /**
   * Returns the index of the largest logit, the smallest index where several are equal.
   *
   * @param logits shape (V), V ≥ 1, not modified
   * @throws IllegalArgumentException if a logit is NaN
   */
  public static int largest(float[] logits) {
    int best = 0;
    for (int i = 0; i < logits.length; i++) {
      if (Float.isNaN(logits[i])) {
        throw new IllegalArgumentException("logit " + i + " is NaN");
      }
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Checks that a sequence can be read.
   *
   * @param tokens shape (L), not modified
   * @param vocabulary V
   * @param capacity the largest L
   * @throws IllegalArgumentException if L is not in 1 … capacity or an id is outside 0 … V−1
   */
  public static void check(int[] tokens, int vocabulary, int capacity) {
    if (tokens.length < 1 || tokens.length > capacity) {
      throw new IllegalArgumentException(
          "length (" + tokens.length + ") must be in 1.." + capacity);
    }
    for (int token : tokens) {
      check(token, vocabulary);
    }
  }

  /**
   * Checks one token id.
   *
   * @param token the id
   * @param vocabulary V
   * @throws IllegalArgumentException if the id is outside 0 … V−1
   */
  public static void check(int token, int vocabulary) {
    if (token < 0 || token >= vocabulary) {
      throw new IllegalArgumentException("token (" + token + ") must be in 0.." + (vocabulary - 1));
    }
  }
}
