package dev.ordo.models.transformer;

/** Makes GPT-2 Transformers without a cache that attend by the full matrix. */
public final class FullMatrixTransformerProvider extends Gpt2VariantProvider {

  /** Makes the provider; the service loader calls this. */
  public FullMatrixTransformerProvider() {
    super(
        "transformer-full",
        "GPT-2 without a cache, attention by a matrix of all scores",
        Variant.RECOMPUTED_FULL);
  }
}
