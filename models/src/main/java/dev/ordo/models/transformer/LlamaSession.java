package dev.ordo.models.transformer;

import dev.ordo.models.kernel.Rope;
import dev.ordo.models.kernel.SwiGlu;

/** One sequence on its way through {@link Llama}. */
final class LlamaSession extends DecoderSession {

  private final Llama model;
  private final LlamaSizes sizes;
  private final int d;
  private final Rope rope;

  /** Shape (CHUNK, 2m): gates, then what they let through. */
  private final float[] gated;

  /** Shape (CHUNK, m). */
  private final float[] hidden;

  LlamaSession(Llama model, int capacity, Variant variant) {
    super(
        model.shape(), variant, model.sizes().keyValueHeads(), model.sizes().headWidth(), capacity);
    this.model = model;
    sizes = model.sizes();
    d = model.shape().width();
    rope = new Rope(sizes.rotation().frequencies(sizes.headWidth()), capacity);
    int chunk = Math.min(CHUNK, capacity);
    gated = new float[chunk * 2 * sizes.inner()];
    hidden = new float[chunk * sizes.inner()];
  }

  @Override
  void embed(int token, int position, float[] out, int offset) {
    System.arraycopy(model.embedding(), token * d, out, offset, d);
  }

  @Override
  void project(int layer, int position, int rows, float[] in, int offset, float[] out) {
    Llama.Block block = model.blocks().get(layer);
    block.attentionNorm().apply(in, offset, rows, normed, 0);
    block.queriesKeysValues().apply(normed, 0, rows, out, 0);
    // Queries and keys lie side by side: they are turned as the heads of one.
    int stride = sizes.queryWidth() + 2 * sizes.keyWidth();
    rope.apply(position, rows, out, 0, stride, model.shape().heads() + sizes.keyValueHeads());
  }

  @Override
  void finish(
      int layer, int rows, float[] attended, int attendedOffset, float[] stream, int offset) {
    Llama.Block block = model.blocks().get(layer);
    block.attentionProjection().apply(attended, attendedOffset, rows, update, 0);
    add(stream, offset, rows);
    block.innerNorm().apply(stream, offset, rows, normed, 0);
    block.gateAndUp().apply(normed, 0, rows, gated, 0);
    SwiGlu.apply(gated, rows, sizes.inner(), hidden);
    block.down().apply(hidden, 0, rows, update, 0);
    add(stream, offset, rows);
  }

  @Override
  void predict(float[] stream, int offset, int rows, float[] out, int outOffset) {
    model.finalNorm().apply(stream, offset, rows, normed, 0);
    model.head().apply(normed, 0, rows, out, outOffset);
  }
}
