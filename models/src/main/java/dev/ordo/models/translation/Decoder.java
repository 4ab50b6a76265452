package dev.ordo.models.translation;

import dev.ordo.models.kernel.BiasedAttention;
import dev.ordo.models.kernel.DistanceBias;
import dev.ordo.models.kernel.KeyValues;

/**
 * The decoder at work: every position of the target sees itself, those before it, and the whole
 * source.
 */
final class Decoder extends Pass {

  private final BiasedAttention attention;
  private final BiasedAttention crossAttention;
  private final DistanceBias bias;

  /**
   * One a layer; without a cache one for all layers, which holds nothing that a later call reads.
   */
  private final KeyValues[] keyValues;

  /** One a layer: keys and values of the source. */
  private final KeyValues[] crossKeyValues;

  /** Shape (chunk, H·w). */
  private final float[] queries;

  private int source;

  /**
   * Makes a decoder.
   *
   * @param targets the most positions of a target
   * @param sources the most positions of a source
   * @param cached whether keys and values of the target are kept from call to call
   */
  Decoder(Architecture architecture, Weights weights, int targets, int sources, boolean cached) {
    super(architecture, architecture.decoder(), weights, targets);
    attention = attention(targets);
    crossAttention = attention(sources);
    bias = bias(targets, false);
    int layers = weights.blocks().size();
    keyValues = new KeyValues[cached ? layers : 1];
    for (int i = 0; i < keyValues.length; i++) {
      keyValues[i] = attention.keyValues();
    }
    crossKeyValues = new KeyValues[layers];
    for (int i = 0; i < layers; i++) {
      crossKeyValues[i] = crossAttention.keyValues();
    }
    queries = new float[Math.multiplyExact(Math.min(CHUNK, targets), width)];
  }

  /** Computes the keys and values of an encoded source, shape (length, d), for all layers. */
  void readSource(float[] encoded, int length) {
    source = length;
    for (int layer = 0; layer < crossKeyValues.length; layer++) {
      Weights.Attention cross = weights.blocks().get(layer).cross();
      for (int row = 0; row < length; row += CHUNK) {
        int rows = Math.min(CHUNK, length - row);
        store(cross, crossAttention, crossKeyValues[layer], row, rows, encoded, row * d);
      }
    }
  }

  /**
   * Computes the residual stream of the positions {@code first … length − 1}, which begin at row 0
   * of {@link #x}. With a cache, those before have been computed since the source was read.
   *
   * @param tokens the target from its first token on
   */
  void decode(int[] tokens, int first, int length) {
    embed(tokens, first, length);
    for (int layer = 0; layer < weights.blocks().size(); layer++) {
      layer(layer, first, length);
    }
  }

  /**
   * Returns with which weights a head mixes the values, of the target or, with {@code cross}, of
   * the source: shape (length, length) or (length, S). {@link #x} is not decoded.
   *
   * @param tokens the target from its first token on
   */
  float[] weights(int[] tokens, int length, boolean cross, int layer, int head) {
    embed(tokens, 0, length);
    for (int i = 0; i < layer; i++) {
      layer(i, 0, length);
    }
    Weights.Block block = weights.blocks().get(layer);
    KeyValues kept = kept(layer);
    float[] all = new float[Math.multiplyExact(length, cross ? source : length)];
    for (int first = 0; first < length; first += CHUNK) {
      int rows = Math.min(CHUNK, length - first);
      askTarget(block, kept, first, rows, first);
      if (cross) {
        takeTarget(block, kept, first, rows, first);
        askSource(block, rows, first);
      }
      for (int row = 0; row < rows; row++) {
        int query = row * width;
        int at = first + row;
        if (cross) {
          crossAttention.weights(
              crossKeyValues[layer], head, source, null, 0, queries, query, all, at * source);
        } else {
          attention.weights(kept, head, at + 1, bias, at, queries, query, all, at * length);
        }
      }
    }
    return all;
  }

  private void embed(int[] tokens, int first, int length) {
    for (int position = first; position < length; position++) {
      embed(tokens[position], position, position - first);
    }
  }

  private KeyValues kept(int layer) {
    return keyValues[layer % keyValues.length];
  }

  private void layer(int layer, int first, int length) {
    Weights.Block block = weights.blocks().get(layer);
    for (int position = first; position < length; position += CHUNK) {
      int rows = Math.min(CHUNK, length - position);
      block(block, kept(layer), crossKeyValues[layer], position, rows, position - first);
    }
  }

  private void block(
      Weights.Block block, KeyValues kept, KeyValues cross, int position, int rows, int row) {
    askTarget(block, kept, position, rows, row);
    takeTarget(block, kept, position, rows, row);
    askSource(block, rows, row);
    crossAttention.all(cross, source, null, 0, rows, queries, 0, width, mixed(), 0, width);
    finish(block.cross(), row, rows);
    feedForward(block.feedForward(), row, rows);
  }

  /** Computes the queries to the target, and stores the rows' own keys and values. */
  private void askTarget(Weights.Block block, KeyValues kept, int position, int rows, int row) {
    read(block.self().norm(), row, rows);
    queries(block.self(), rows, queries, 0);
    store(block.self(), attention, kept, position, rows);
  }

  /** Adds to rows of x what their queries find in the target. */
  private void takeTarget(Weights.Block block, KeyValues kept, int position, int rows, int row) {
    attention.causal(kept, bias, position, rows, queries, 0, width, mixed(), 0, width);
    finish(block.self(), row, rows);
  }

  /** Computes the queries to the source. */
  private void askSource(Weights.Block block, int rows, int row) {
    read(block.cross().norm(), row, rows);
    queries(block.cross(), rows, queries, 0);
  }
}
