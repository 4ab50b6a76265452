package dev.ordo.models.transformer;

/** Makes GPT-2 Transformers that keep keys and values of the tokens taken in. */
public final class CachedTransformerProvider extends Gpt2VariantProvider {

  /** Makes the provider; the service loader calls this. */
  public CachedTransformerProvider() {
    super(
        "transformer-kv",
        "GPT-2 with a key-value cache: each new token is computed alone",
        Variant.CACHED);
  }
}
