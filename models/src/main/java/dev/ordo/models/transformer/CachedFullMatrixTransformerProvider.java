package dev.ordo.models.transformer;

/** Makes GPT-2 Transformers with a cache that attend by the full matrix. */
public final class CachedFullMatrixTransformerProvider extends Gpt2VariantProvider {

  /** Makes the provider; the service loader calls this. */
  public CachedFullMatrixTransformerProvider() {
    super(
        "transformer-kv-full",
        "GPT-2 with a key-value cache, attention by a matrix of all scores",
        Variant.CACHED_FULL);
  }
}
