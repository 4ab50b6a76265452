package dev.ordo.models;

import java.util.Optional;

/**
 * One sequence on its way through a model: the tokens taken in so far, as the model keeps them.
 *
 * <p>A session is used by one thread at a time. After {@link SequenceModel#open} it allocates
 * nothing.
 */
public interface Session {

  /** Returns the number of tokens taken in so far. */
  int length();

  /**
   * Starts anew with the given tokens, in the model's parallel form where it has one.
   *
   * @param tokens token ids; shape (L), L ≥ 1, not modified
   * @return the logits of the token that follows; shape (V), owned by the session and valid until
   *     its next call
   * @throws IllegalArgumentException if there are no tokens, more than the session's capacity, or
   *     an id outside 0 … V−1
   */
  float[] prefill(int[] tokens);

  /**
   * Starts anew from where {@link Phase#DECODE} begins at the length of the context: with all of
   * its tokens taken in.
   *
   * <p>That is {@link #prefill} where prompt and output are one sequence. A session that reads a
   * source apart from what it writes takes in the tokens as both, source and output so far.
   *
   * @param context token ids; shape (L), L ≥ 1, not modified
   * @return the logits of the token that follows; shape (V), owned by the session and valid until
   *     its next call
   * @throws IllegalArgumentException as {@link #prefill}
   */
  default float[] prime(int[] context) {
    return prefill(context);
  }

  /**
   * Takes in one more token.
   *
   * @param token a token id
   * @return the logits of the token that follows; shape (V), owned by the session and valid until
   *     its next call
   * @throws IllegalArgumentException if the session is full or the id is outside 0 … V−1
   */
  float[] step(int token);

  /**
   * Forgets the token of the last {@link #step}, so that the next step sees the same context again.
   * The cost does not depend on the length.
   *
   * @throws IllegalStateException if the last call that took in tokens was not a step
   */
  void rewind();

  /**
   * Starts anew with the given tokens and writes the logits at every position. A model that reads a
   * source apart from what it writes takes the tokens as both; there row i predicts token i.
   *
   * @param tokens token ids; shape (L), L ≥ 1, not modified
   * @param logits where the logits go; shape (L, V), row-major; row i predicts token i + 1
   * @throws IllegalArgumentException as {@link #prefill}, or if {@code logits} is shorter than L·V
   */
  void score(int[] tokens, float[] logits);

  /**
   * Returns a part of the state at present, under the reference's name for it, such as {@code
   * final_hidden}; nothing where the model has no state of that name.
   *
   * @param name a name of the reference
   * @return shape (layers, …) where each layer has one, row-major; a copy
   */
  default Optional<float[]> state(String name) {
    return Optional.empty();
  }

  /**
   * Starts anew with the given tokens and returns with which weights one head of attention mixes
   * the values at all positions, in a model that has {@link AttentionPart#DECODER} alone; nothing
   * in others. The session is empty afterwards. Allocates.
   *
   * @param tokens token ids; shape (L), L ≥ 1, not modified
   * @param layer the block, from 0
   * @param head the head within the block, from 0
   * @return shape (L, L), row-major, the caller's own: row i holds the weights of position i, which
   *     sum to 1
   * @throws IllegalArgumentException as {@link #prefill}, or if there is no such layer or head
   */
  default Optional<float[]> attention(int[] tokens, int layer, int head) {
    return Optional.empty();
  }

  /**
   * Starts anew and returns with which weights one head of a part mixes the values at all
   * positions; nothing where the model has no such part. The session is empty afterwards.
   * Allocates.
   *
   * <p>A model that reads a source apart from what it writes puts its start token before the
   * target; so its positions of the target are one more than the target's tokens. A model that does
   * not reads the target alone.
   *
   * @param part which part; {@link SequenceModel#attentionHeads} tells those that there are
   * @param source token ids; shape (S), S ≥ 1, not modified; read by models with an encoder alone
   * @param target token ids; shape (T), T ≥ 1, not modified; not read for {@link
   *     AttentionPart#ENCODER}
   * @param layer the layer within the part, from 0
   * @param head the head within the layer, from 0
   * @return the weights, the caller's own
   * @throws IllegalArgumentException as {@link #prefill}, or if there is no such layer or head
   */
  default Optional<AttentionWeights> attention(
      AttentionPart part, int[] source, int[] target, int layer, int head) {
    return part == AttentionPart.DECODER
        ? attention(target, layer, head)
            .map(weights -> new AttentionWeights(target.clone(), target.clone(), weights))
        : Optional.empty();
  }

  /** Returns the bytes that the session keeps between tokens at its present length. */
  long stateBytes();

  /**
   * Continues greedily from a prompt: each new token is the one with the largest logit, the
   * smallest id where several are equal.
   *
   * @param prompt token ids to start from; shape (P), P ≥ 1, not modified
   * @param output where the new tokens go; its length is the number of tokens to generate
   * @throws IllegalArgumentException as {@link #prefill}, or if the session's capacity is less than
   *     P + {@code output.length} − 1
   */
  default void generate(int[] prompt, int[] output) {
    float[] logits = prefill(prompt);
    for (int i = 0; i < output.length; i++) {
      int next = Tokens.largest(logits);
      output[i] = next;
      if (i + 1 < output.length) {
        logits = step(next);
      }
    }
  }
}
