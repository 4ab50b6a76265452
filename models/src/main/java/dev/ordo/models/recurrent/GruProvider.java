package dev.ordo.models.recurrent;

import dev.ordo.models.kernel.GruCell;

/** Makes networks of gated recurrent units. */
public final class GruProvider extends NetworkProvider {

  /** Makes the provider; the service loader calls this. */
  public GruProvider() {
    super(
        "gru",
        "gated recurrent units: one step after the other, a state of constant size",
        new Kind(GruCell.GATES, Gru::cost, Gru::new, Gru::training));
  }
}
