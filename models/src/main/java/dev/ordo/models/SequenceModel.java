package dev.ordo.models;

import java.util.List;

/**
 * A sequence model with its weights: reads token ids, predicts the next one.
 *
 * <p>A model is immutable once made. All that changes while a sequence is read lives in a {@link
 * Session}; sessions of one model do not disturb each other.
 */
public interface SequenceModel {

  /** Returns the sizes of this model. */
  ModelShape shape();

  /** Returns the most tokens that a session can take in; as many as fit an int unless limited. */
  default int positions() {
    return Integer.MAX_VALUE;
  }

  /**
   * Returns how many tokens the prompt has from which {@link Phase#GENERATE} makes that many new
   * ones: one, unless the model reads a source apart from what it writes, which then is as long.
   *
   * @param length the number of new tokens, positive
   */
  default int promptLength(int length) {
    return 1;
  }

  /**
   * Returns which heads of attention this model has, part by part; none unless its sessions tell
   * {@link Session#attention weights} of them.
   */
  default List<AttentionHeads> attentionHeads() {
    return List.of();
  }

  /**
   * Opens a session that has taken in no token yet, and allocates all that it will need.
   *
   * @param capacity the largest number of tokens that the session will take in
   * @throws IllegalArgumentException if {@code capacity} is not positive or larger than the model
   *     can read
   */
  Session open(int capacity);
}
