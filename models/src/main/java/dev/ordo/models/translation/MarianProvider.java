package dev.ordo.models.translation;

/** Makes Marian encoder-decoders that compute the whole target anew for each token. */
public final class MarianProvider extends TranslatorProvider {

  /** Makes the provider; the service loader calls this. */
  public MarianProvider() {
    super(
        "marian",
        "Marian, an encoder-decoder that recomputes the target for each new token",
        Marian.FAMILY,
        false);
  }
}
