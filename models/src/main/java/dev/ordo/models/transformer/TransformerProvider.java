package dev.ordo.models.transformer;

/** Makes GPT-2 Transformers that compute the whole sequence anew for each token. */
public final class TransformerProvider extends Gpt2VariantProvider {

  /** Makes the provider; the service loader calls this. */
  public TransformerProvider() {
    super(
        "transformer",
        "GPT-2 without a cache: each new token recomputes the whole sequence",
        Variant.RECOMPUTED);
  }
}
