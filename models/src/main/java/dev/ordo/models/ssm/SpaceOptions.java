package dev.ordo.models.ssm;

import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import java.io.IOException;
import java.util.Locale;

/**
 * How the parameters of a state space are stored, as {@code SSMKernel} of the repository
 * state-spaces/s4 has it.
 *
 * @param width d, the number of channels
 * @param states N, twice the number of complex states of a channel
 * @param lowRank whether the state matrix is a diagonal less a matrix of rank one (S4, mode {@code
 *     dplr}) or a diagonal (S4D, mode {@code diag})
 * @param copies the number of distinct state matrices, {@code n_ssm}; channel c has number c mod
 *     copies
 * @param tied whether all states of a channel have one step size
 * @param step how Δ follows from {@code inv_dt}
 * @param decay how −Re A follows from {@code A_real}
 * @param frequency how −Im A follows from {@code A_imag}
 * @param bilinear whether a diagonal state matrix is discretised by the bilinear transform, as one
 *     with a low-rank term always is, or by a zero-order hold
 */
record SpaceOptions(
    int width,
    int states,
    boolean lowRank,
    int copies,
    boolean tied,
    Transform step,
    Transform decay,
    Transform frequency,
    boolean bilinear) {

  /** Returns the reference's defaults. */
  static SpaceOptions standard(int width, int states, boolean lowRank) {
    return new SpaceOptions(
        width, states, lowRank, width, true, Transform.EXP, Transform.EXP, Transform.NONE, lowRank);
  }

  /**
   * Reads the configuration of a block.
   *
   * @param checkpoint the configuration
   * @param lowRank whether the block has a low-rank term
   * @throws IOException if the configuration lacks a field or asks for what is not implemented
   */
  static SpaceOptions of(Checkpoint checkpoint, boolean lowRank) throws IOException {
    checkpoint.require("is_real", false);
    checkpoint.require("dt_fast", false);
    if (checkpoint.has("bandlimit")) {
      throw new CheckpointException(
          checkpoint.folder(), "field 'bandlimit': expected null, which is implemented");
    }
    int width = checkpoint.size("d_model");
    int states = checkpoint.size("d_state");
    if (states % 2 != 0) {
      throw new CheckpointException(
          checkpoint.folder(), "field 'd_state': expected an even number, found " + states);
    }
    int copies = checkpoint.size("n_ssm", width);
    if (width % copies != 0) {
      throw new CheckpointException(
          checkpoint.folder(),
          "field 'n_ssm': expected a divisor of d_model (" + width + "), found " + copies);
    }
    if (lowRank) {
      only(checkpoint, "rank", 1);
    } else {
      checkpoint.require("disc", "zoh", "bilinear");
    }
    return new SpaceOptions(
        width,
        states,
        lowRank,
        copies,
        checkpoint.flag("dt_tie", true),
        transform(checkpoint, "dt_transform", Transform.EXP),
        transform(checkpoint, "real_transform", Transform.EXP),
        transform(checkpoint, "imag_transform", Transform.NONE),
        lowRank || checkpoint.isText("disc", "bilinear"));
  }

  /** Refuses a whole number that is neither missing nor the only one that is implemented. */
  static void only(Checkpoint checkpoint, String field, int number) throws CheckpointException {
    int found = checkpoint.integer(field, number);
    if (found != number) {
      throw new CheckpointException(
          checkpoint.folder(),
          "field '" + field + "': expected " + number + ", which is implemented, found " + found);
    }
  }

  private static Transform transform(Checkpoint checkpoint, String field, Transform usual)
      throws CheckpointException {
    String name = checkpoint.text(field, usual.name().toLowerCase(Locale.ROOT));
    for (Transform transform : Transform.values()) {
      if (transform.name().toLowerCase(Locale.ROOT).equals(name)) {
        return transform;
      }
    }
    throw new CheckpointException(
        checkpoint.folder(),
        "field '"
            + field
            + "': expected "
            + String.join(", ", Transform.names())
            + ", found "
            + name);
  }

  /** Returns the number of complex states of a channel, N/2. */
  int half() {
    return states / 2;
  }
}
