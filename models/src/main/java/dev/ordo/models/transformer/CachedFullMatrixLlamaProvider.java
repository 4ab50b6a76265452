package dev.ordo.models.transformer;

/** Makes Llama models with a cache that attend by the full matrix. */
public final class CachedFullMatrixLlamaProvider extends LlamaVariantProvider {

  /** Makes the provider; the service loader calls this. */
  public CachedFullMatrixLlamaProvider() {
    super(
        "llama-kv-full",
        "Llama with a key-value cache, attention by a matrix of all scores",
        Variant.CACHED_FULL);
  }
}
