package dev.ordo.models.transformer;

import dev.ordo.models.kernel.Gelu;

/** One sequence on its way through {@link Gpt2}. */
final class Gpt2Session extends DecoderSession {

  private final Gpt2 model;
  private final int d;
  private final int inner;
  private final float[] positions;

  /** Shape (CHUNK, inner). */
  private final float[] hidden;

  Gpt2Session(Gpt2 model, int capacity, Variant variant) {
    super(
        model.shape(),
        variant,
        model.shape().heads(),
        model.shape().width() / model.shape().heads(),
        capacity);
    this.model = model;
    d = model.shape().width();
    inner = model.inner();
    positions = model.positionRows().first(capacity);
    int chunk = Math.min(CHUNK, capacity);
    hidden = new float[chunk * inner];
  }

  @Override
  void embed(int token, int position, float[] out, int offset) {
    for (int j = 0; j < d; j++) {
      out[offset + j] = model.embedding()[token * d + j] + positions[position * d + j];
    }
  }

  @Override
  void project(int layer, int position, int rows, float[] in, int offset, float[] out) {
    Gpt2.Block block = model.blocks().get(layer);
    block.attentionNorm().apply(in, offset, rows, normed, 0);
    block.queriesKeysValues().apply(normed, 0, rows, out, 0);
  }

  @Override
  void finish(
      int layer, int rows, float[] attended, int attendedOffset, float[] stream, int offset) {
    Gpt2.Block block = model.blocks().get(layer);
    block.attentionProjection().apply(attended, attendedOffset, rows, update, 0);
    add(stream, offset, rows);
    block.innerNorm().apply(stream, offset, rows, normed, 0);
    block.expansion().apply(normed, 0, rows, hidden, 0);
    Gelu.tanh(hidden, 0, rows * inner);
    block.innerProjection().apply(hidden, 0, rows, update, 0);
    add(stream, offset, rows);
  }

  @Override
  void predict(float[] stream, int offset, int rows, float[] out, int outOffset) {
    model.finalNorm().apply(stream, offset, rows, normed, 0);
    model.head().apply(normed, 0, rows, out, outOffset);
  }
}
