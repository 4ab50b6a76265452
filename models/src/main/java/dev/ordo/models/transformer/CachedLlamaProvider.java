package dev.ordo.models.transformer;

/** Makes Llama models that keep keys and values of the tokens taken in. */
public final class CachedLlamaProvider extends LlamaVariantProvider {

  /** Makes the provider; the service loader calls this. */
  public CachedLlamaProvider() {
    super(
        "llama-kv",
        "Llama with a key-value cache: each new token is computed alone",
        Variant.CACHED);
  }
}
