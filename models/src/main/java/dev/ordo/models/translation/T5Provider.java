package dev.ordo.models.translation;

/** Makes T5 encoder-decoders that compute the whole target anew for each token. */
public final class T5Provider extends TranslatorProvider {

  /** Makes the provider; the service loader calls this. */
  public T5Provider() {
    super(
        "t5",
        "T5, an encoder-decoder that recomputes the target for each new token",
        T5.FAMILY,
        false);
  }
}
