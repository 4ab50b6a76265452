package dev.ordo.models;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A way of using a sequence model whose cost is measured at a length L.
 *
 * <p>Where a model reads a source apart from the target that it writes, both have that length:
 * TRAIN reads and predicts L tokens, PREFILL reads L and predicts the first, DECODE takes in one
 * more of a target of which L are taken in, and GENERATE turns L tokens into L tokens.
 */
public enum Phase {
  /** Forward and backward over L tokens, with the gradient of every parameter. */
  TRAIN,
  /** Forward over L tokens; ends with the logits of the token that follows. */
  PREFILL,
  /** The next single token, with a context of exactly L tokens already taken in. */
  DECODE,
  /** L tokens, one after the other and greedily, from a prompt of one token. */
  GENERATE;

  /** Returns the name in lower case, as it is written on a command line and in result files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the phase of that id.
   *
   * @param id the name of a phase, in any case
   * @throws IllegalArgumentException if there is no such phase; the message names the known ones
   */
  public static Phase of(String id) {
    return Arrays.stream(values())
        .filter(phase -> phase.id().equalsIgnoreCase(id.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown phase '" + id.strip() + "'; known phases: " + known()));
  }

  private static String known() {
    return Arrays.stream(values()).map(Phase::id).collect(Collectors.joining(", "));
  }
}
