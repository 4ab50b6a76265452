package dev.ordo.models;

import java.util.Arrays;

/**
 * A session of a model that another runtime runs: it keeps the tokens, what the last run left, and
 * what the run before left, so that a step can be taken back.
 *
 * <p>With a state a step takes in one token and what the run before left. Without, a step reads the
 * whole sequence again.
 *
 * @param <R> what a run leaves in the other runtime's memory
 */
public abstract class ExternalSession<R> implements Session {

  private final int vocabulary;
  private final boolean stateful;
  private final int[] tokens;
  private int length;
  private R now;
  private R before;
  private boolean stepped;

  /**
   * Makes a session without tokens.
   *
   * @param vocabulary V
   * @param stateful whether a run leaves a state that the next one goes on from
   * @param capacity the largest number of tokens
   */
  protected ExternalSession(int vocabulary, boolean stateful, int capacity) {
    this.vocabulary = vocabulary;
    this.stateful = stateful;
    this.tokens = new int[capacity];
  }

  /**
   * Takes in the tokens {@code from} … length − 1 and keeps the last row of the output for {@link
   * #row}.
   *
   * @param tokens those of the session, not to be modified
   * @param from 0, or with a state the last position
   * @param earlier what the run before left; null if there was none
   * @return what this run leaves
   */
  protected abstract R run(int[] tokens, int from, R earlier);

  /** Returns the last row of the output of the last run. */
  protected abstract float[] row();

  /** Releases what a run left. */
  protected abstract void release(R left);

  /** Returns the bytes of the state that a run left. */
  protected abstract long bytes(R left);

  @Override
  public final int length() {
    return length;
  }

  @Override
  public final float[] prefill(int[] prompt) {
    Tokens.check(prompt, vocabulary, tokens.length);
    System.arraycopy(prompt, 0, tokens, 0, prompt.length);
    length = prompt.length;
    stepped = false;
    drop(before);
    drop(now);
    before = null;
    now = null;
    now = run(tokens, 0, null);
    return row();
  }

  @Override
  public final float[] step(int token) {
    Tokens.check(token, vocabulary);
    if (length == tokens.length) {
      throw new IllegalArgumentException("session is full after " + length + " tokens");
    }
    tokens[length++] = token;
    R next = run(tokens, stateful ? length - 1 : 0, now);
    drop(before);
    before = now;
    now = next;
    stepped = true;
    return row();
  }

  @Override
  public final void rewind() {
    if (!stepped) {
      throw new IllegalStateException("there is no step to take back");
    }
    stepped = false;
    length--;
    drop(now);
    now = before;
    before = null;
  }

  /** Row by row: not every output has a row for each position. */
  @Override
  public final void score(int[] read, float[] logits) {
    for (int i = 0; i < read.length; i++) {
      float[] one = prefill(Arrays.copyOf(read, i + 1));
      System.arraycopy(one, 0, logits, i * one.length, one.length);
    }
  }

  @Override
  public final long stateBytes() {
    if (!stateful) {
      return 4L * length;
    }
    return now == null ? 0 : bytes(now);
  }

  private void drop(R left) {
    if (left != null) {
      release(left);
    }
  }
}
