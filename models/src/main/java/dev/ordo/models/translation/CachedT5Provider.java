package dev.ordo.models.translation;

/** Makes T5 encoder-decoders that keep keys and values of source and target. */
public final class CachedT5Provider extends TranslatorProvider {

  /** Makes the provider; the service loader calls this. */
  public CachedT5Provider() {
    super(
        "t5-kv",
        "T5, an encoder-decoder with a key-value cache of source and target",
        T5.FAMILY,
        true);
  }
}
