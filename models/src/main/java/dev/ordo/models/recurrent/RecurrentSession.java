package dev.ordo.models.recurrent;

import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.kernel.Linear;

/**
 * A session whose state has the same size at any length.
 *
 * <p>The state is kept twice, in buffers 0 and 1: a step reads one and writes the other, so that a
 * rewind only swaps them back. A sequence is read in chunks, which bounds the scratch memory; a
 * chunk leaves features, of which each row the head needs becomes logits.
 */
public abstract class RecurrentSession implements Session {

  /** The head's input for the last chunk or step; shape (chunk, width), row-major. */
  protected final float[] features;

  private final int capacity;
  private final int chunk;
  private final int width;
  private final Linear head;
  private final float[] logits;
  private int length;
  private int current;
  private boolean stepped;

  /**
   * Allocates features and logits.
   *
   * @param capacity the largest number of tokens
   * @param chunk the largest number of tokens that are read at once
   * @param head the map from features, shape (width), to logits, shape (V)
   * @throws IllegalArgumentException if {@code capacity} is not positive
   */
  protected RecurrentSession(int capacity, int chunk, Linear head) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity (" + capacity + ") must be positive");
    }
    this.capacity = capacity;
    this.chunk = Math.min(chunk, capacity);
    this.head = head;
    width = head.in();
    features = new float[this.chunk * width];
    logits = new float[head.out()];
  }

  /** Sets a buffer to the state before the first token. */
  protected abstract void reset(int buffer);

  /**
   * Takes in a chunk of tokens and leaves the features of each.
   *
   * @param tokens the whole sequence; shape (L), valid ids, not modified
   * @param start the first token of the chunk
   * @param rows the number of tokens in the chunk
   * @param buffer the buffer of the state, read and written
   */
  protected abstract void read(int[] tokens, int start, int rows, int buffer);

  /**
   * Takes in one token and leaves its features in row 0.
   *
   * @param token a valid id
   * @param from the buffer of the state before, not modified
   * @param to the buffer that the state after is written to
   */
  protected abstract void advance(int token, int from, int to);

  /** Returns the number of tokens that a chunk holds at most. */
  protected final int chunk() {
    return chunk;
  }

  /** Returns the buffer that holds the state at present. */
  protected final int current() {
    return current;
  }

  @Override
  public final int length() {
    return length;
  }

  @Override
  public final float[] prefill(int[] tokens) {
    Tokens.check(tokens, logits.length, capacity);
    start();
    int rows = 0;
    for (int at = 0; at < tokens.length; at += rows) {
      rows = Math.min(chunk, tokens.length - at);
      read(tokens, at, rows, current);
    }
    length = tokens.length;
    head.apply(features, (rows - 1) * width, 1, logits, 0);
    return logits;
  }

  @Override
  public final void score(int[] tokens, float[] scores) {
    Tokens.check(tokens, logits.length, capacity);
    long size = (long) tokens.length * logits.length;
    if (scores.length < size) {
      throw new IllegalArgumentException(
          "logits (" + scores.length + " values) must have at least L × V = " + size);
    }
    start();
    int rows = 0;
    for (int at = 0; at < tokens.length; at += rows) {
      rows = Math.min(chunk, tokens.length - at);
      read(tokens, at, rows, current);
      head.apply(features, 0, rows, scores, at * logits.length);
    }
    length = tokens.length;
  }

  private void start() {
    reset(current);
    length = 0;
    stepped = false;
  }

  @Override
  public final float[] step(int token) {
    Tokens.check(token, logits.length);
    if (length >= capacity) {
      throw new IllegalArgumentException(
          "length (" + length + ") must be less than the capacity of " + capacity + " to step");
    }
    int next = 1 - current;
    advance(token, current, next);
    current = next;
    length++;
    stepped = true;
    head.apply(features, 0, 1, logits, 0);
    return logits;
  }

  @Override
  public final void rewind() {
    if (!stepped) {
      throw new IllegalStateException("a rewind must follow a step");
    }
    current = 1 - current;
    length--;
    stepped = false;
  }
}
