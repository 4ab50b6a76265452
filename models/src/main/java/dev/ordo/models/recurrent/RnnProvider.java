package dev.ordo.models.recurrent;

import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;

/** Makes Elman networks. */
public final class RnnProvider extends NetworkProvider {

  /** Makes the provider; the service loader calls this. */
  public RnnProvider() {
    super(
        "rnn",
        "Elman network with tanh: one step after the other, a state of constant size",
        new Kind(Rnn.GATES, Rnn::cost, Rnn::new, Rnn::training));
  }

  @Override
  void require(Checkpoint checkpoint) throws IOException {
    checkpoint.require("nonlinearity", "tanh");
  }
}
