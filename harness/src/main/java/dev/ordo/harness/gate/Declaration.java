package dev.ordo.harness.gate;

import java.util.Objects;

/**
 * A law that some series must not exceed.
 *
 * @param pattern which series
 * @param law the law
 * @param place where it is declared, for messages: {@code ordo.yml:3}
 */
public record Declaration(NamePattern pattern, DeclaredLaw law, String place) {

  /** Checks that every part is there. */
  public Declaration {
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(place, "place");
  }
}
