package dev.ordo.models.recurrent;

import dev.ordo.models.kernel.LstmCell;

/** Makes networks of long short-term memories. */
public final class LstmProvider extends NetworkProvider {

  /** Makes the provider; the service loader calls this. */
  public LstmProvider() {
    super(
        "lstm",
        "long short-term memory: one step after the other, a state of constant size",
        new Kind(LstmCell.GATES, Lstm::cost, Lstm::new, Lstm::training));
  }
}
