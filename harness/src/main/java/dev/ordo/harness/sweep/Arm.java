package dev.ordo.harness.sweep;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** One of the two sides of a paired measurement. */
public enum Arm {
  /** What is compared with. */
  BASE,
  /** What is compared. */
  CANDIDATE;

  /** Returns its name in journals and messages. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the other side. */
  Arm other() {
    return this == BASE ? CANDIDATE : BASE;
  }
}
