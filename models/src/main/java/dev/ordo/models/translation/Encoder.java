package dev.ordo.models.translation;

import dev.ordo.models.kernel.BiasedAttention;
import dev.ordo.models.kernel.DistanceBias;
import dev.ordo.models.kernel.KeyValues;

/** The encoder at work: every position of the source sees all others. */
final class Encoder extends Pass {

  private final BiasedAttention attention;
  private final DistanceBias bias;

  /** Used by all layers, one after the other. */
  private final KeyValues keyValues;

  /** Shape (C, H·w): a layer's queries, which have to wait for the last of its keys. */
  private final float[] queries;

  Encoder(Architecture architecture, Weights weights, int capacity) {
    super(architecture, architecture.encoder(), weights, capacity);
    attention = attention(capacity);
    bias = bias(capacity, true);
    keyValues = attention.keyValues();
    queries = new float[Math.multiplyExact(capacity, width)];
  }

  /** Encodes a source into the first rows of {@link #x}. */
  void encode(int[] source) {
    embed(source);
    for (Weights.Block block : weights.blocks()) {
      layer(block, source.length);
    }
    if (weights.finalNorm() != null) {
      weights.finalNorm().apply(x, 0, source.length, x, 0);
    }
  }

  /**
   * Returns with which weights a head mixes the values, shape (S, S); {@link #x} is not encoded.
   */
  float[] weights(int[] source, int layer, int head) {
    int length = source.length;
    embed(source);
    for (int i = 0; i < layer; i++) {
      layer(weights.blocks().get(i), length);
    }
    queriesKeysValues(weights.blocks().get(layer).self(), length);
    float[] all = new float[Math.multiplyExact(length, length)];
    for (int i = 0; i < length; i++) {
      attention.weights(keyValues, head, length, bias, i, queries, i * width, all, i * length);
    }
    return all;
  }

  private void embed(int[] source) {
    for (int i = 0; i < source.length; i++) {
      embed(source[i], i, i);
    }
  }

  private void layer(Weights.Block block, int length) {
    queriesKeysValues(block.self(), length);
    for (int row = 0; row < length; row += CHUNK) {
      int rows = Math.min(CHUNK, length - row);
      attention.all(
          keyValues, length, bias, row, rows, queries, row * width, width, mixed(), 0, width);
      finish(block.self(), row, rows);
      feedForward(block.feedForward(), row, rows);
    }
  }

  private void queriesKeysValues(Weights.Attention self, int length) {
    for (int row = 0; row < length; row += CHUNK) {
      int rows = Math.min(CHUNK, length - row);
      read(self.norm(), row, rows);
      queries(self, rows, queries, row * width);
      store(self, attention, keyValues, row, rows);
    }
  }
}
