package dev.ordo.models.transformer;

/** Makes Llama models without a cache that attend by the full matrix. */
public final class FullMatrixLlamaProvider extends LlamaVariantProvider {

  /** Makes the provider; the service loader calls this. */
  public FullMatrixLlamaProvider() {
    super(
        "llama-full",
        "Llama without a cache, attention by a matrix of all scores",
        Variant.RECOMPUTED_FULL);
  }
}
