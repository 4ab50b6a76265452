package dev.ordo.models.translation;

/** Makes Marian encoder-decoders that keep keys and values of source and target. */
public final class CachedMarianProvider extends TranslatorProvider {

  /** Makes the provider; the service loader calls this. */
  public CachedMarianProvider() {
    super(
        "marian-kv",
        "Marian, an encoder-decoder with a key-value cache of source and target",
        Marian.FAMILY,
        true);
  }
}
