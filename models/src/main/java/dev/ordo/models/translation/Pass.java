package dev.ordo.models.translation;

import dev.ordo.models.kernel.BiasedAttention;
import dev.ordo.models.kernel.DistanceBias;
import dev.ordo.models.kernel.KeyValues;
import dev.ordo.models.translation.Weights.Norm;

/**
 * A residual stream on its way through the layers of one stack, and the working memory for it. With
 * C the capacity and chunks of at most {@link #CHUNK} rows.
 */
abstract class Pass {

  /** Positions that go through a part together: their activations stay in the cache. */
  static final int CHUNK = 128;

  final int d;
  final int width;
  final Weights weights;

  /** The residual stream, shape (C, d). */
  final float[] x;

  private final Architecture architecture;
  private final Architecture.Stack stack;
  private final float[] positions;
  private final float[] normed;
  private final float[] keysValues;
  private final float[] mixed;
  private final float[] hidden;
  private final float[] gated;
  private final float[] update;

  /** What a part reads: {@link #normed} or {@link #x}, and where. */
  private float[] input;

  private int inputOffset;

  Pass(Architecture architecture, Architecture.Stack stack, Weights weights, int capacity) {
    this.architecture = architecture;
    this.stack = stack;
    this.weights = weights;
    d = architecture.width();
    width = stack.attentionWidth();
    x = new float[Math.multiplyExact(capacity, d)];
    int chunk = Math.min(CHUNK, capacity);
    int inner = stack.inner();
    normed = new float[Math.multiplyExact(chunk, d)];
    keysValues = new float[Math.multiplyExact(chunk, 2 * width)];
    mixed = new float[Math.multiplyExact(chunk, width)];
    boolean isGated = architecture.feedForward().gated();
    hidden = new float[Math.multiplyExact(chunk, isGated ? 2 * inner : inner)];
    gated = isGated ? new float[Math.multiplyExact(chunk, inner)] : hidden;
    update = new float[Math.multiplyExact(chunk, d)];
    if (stack.positions() == null) {
      positions = null;
    } else {
      positions = weights.positions() == null ? Sinusoids.rows(capacity, d) : weights.positions();
    }
  }

  /** Returns the biases for that many positions; null for none. */
  DistanceBias bias(int reach, boolean both) {
    Architecture.Distances distances = stack.distances();
    return distances == null
        ? null
        : RelativePositions.bias(
            weights.distances(),
            stack.heads(),
            RelativePositions.buckets(reach, both, distances.buckets(), distances.farthest()));
  }

  BiasedAttention attention(int capacity) {
    return new BiasedAttention(stack.heads(), stack.headWidth(), capacity, stack.scale());
  }

  /** Writes the embedding of a token into a row of {@link #x}. */
  final void embed(int token, int position, int row) {
    float scale = architecture.embeddingScale();
    for (int j = 0; j < d; j++) {
      float value = weights.embedding()[token * d + j] * scale;
      x[row * d + j] = positions == null ? value : value + positions[position * d + j];
    }
  }

  /** Lets a part read rows of x, through its norm where that comes first. */
  final void read(Norm norm, int row, int rows) {
    if (architecture.normAfter()) {
      input = x;
      inputOffset = row * d;
    } else {
      norm.apply(x, row * d, rows, normed, 0);
      input = normed;
      inputOffset = 0;
    }
  }

  /** Stores the keys and values of the rows that were read. */
  final void store(
      Weights.Attention part, BiasedAttention attention, KeyValues to, int position, int rows) {
    store(part, attention, to, position, rows, input, inputOffset);
  }

  final void store(
      Weights.Attention part,
      BiasedAttention attention,
      KeyValues to,
      int position,
      int rows,
      float[] from,
      int offset) {
    part.keysValues().apply(from, offset, rows, keysValues, 0);
    attention.store(to, position, rows, keysValues, 0, width, 2 * width);
  }

  /** Computes the queries of the rows that were read. */
  final void queries(Weights.Attention part, int rows, float[] to, int offset) {
    part.queries().apply(input, inputOffset, rows, to, offset);
  }

  /** Returns where an attention part writes its outputs, shape (chunk, width). */
  final float[] mixed() {
    return mixed;
  }

  /** Adds to rows of x what an attention part mixed. */
  final void finish(Weights.Attention part, int row, int rows) {
    part.output().apply(mixed, 0, rows, update, 0);
    add(part.norm(), row, rows);
  }

  /** Sends rows of x through the feed-forward part. */
  final void feedForward(Weights.FeedForward part, int row, int rows) {
    read(part.norm(), row, rows);
    part.expansion().apply(input, inputOffset, rows, hidden, 0);
    Activation activation = architecture.feedForward().activation();
    int inner = stack.inner();
    if (gated == hidden) {
      activation.apply(hidden, 0, rows * inner);
    } else {
      for (int r = 0; r < rows; r++) {
        int from = r * 2 * inner;
        activation.apply(hidden, from, inner);
        for (int j = 0; j < inner; j++) {
          gated[r * inner + j] = hidden[from + j] * hidden[from + inner + j];
        }
      }
    }
    part.contraction().apply(gated, 0, rows, update, 0);
    add(part.norm(), row, rows);
  }

  private void add(Norm norm, int row, int rows) {
    int offset = row * d;
    for (int i = 0; i < rows * d; i++) {
      x[offset + i] += update[i];
    }
    if (architecture.normAfter()) {
      norm.apply(x, offset, rows, x, offset);
    }
  }
}
