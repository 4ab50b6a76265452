package dev.ordo.models;

import java.util.Locale;

/** Which attention of a model: what its positions look from, and what they look at. */
public enum AttentionPart {
  /** The source looks at all of itself; in models that read a source apart from what they write. */
  ENCODER,

  /** What is read token by token looks at itself up to the position that looks. */
  DECODER,

  /** The target looks at all of the source; in models that have an encoder. */
  CROSS;

  /** Returns the name used on the command line and in files, such as {@code cross}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
