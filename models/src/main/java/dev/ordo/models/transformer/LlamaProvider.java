package dev.ordo.models.transformer;

/** Makes Llama models that compute the whole sequence anew for each token. */
public final class LlamaProvider extends LlamaVariantProvider {

  /** Makes the provider; the service loader calls this. */
  public LlamaProvider() {
    super(
        "llama",
        "Llama without a cache: each new token recomputes the whole sequence",
        Variant.RECOMPUTED);
  }
}
