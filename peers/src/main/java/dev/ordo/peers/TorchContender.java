package dev.ordo.peers;

import dev.ordo.models.checkpoint.Tensors;

/** A contender that runs on PyTorch with parameters of its own. */
abstract class TorchContender implements Contender {

  final Torch torch;

  /**
   * Loads the parameters.
   *
   * @param weights as {@link Torch} takes them
   * @param training whether gradients are wanted
   */
  TorchContender(Tensors weights, boolean training) {
    torch = new Torch(weights, training);
  }

  @Override
  public final boolean allocates() {
    return true;
  }

  @Override
  public final String details() {
    return Torch.details();
  }

  @Override
  public final void close() {
    torch.close();
  }
}
