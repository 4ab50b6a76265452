package dev.ordo.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** A sequence model in PyTorch's eager mode. */
interface TorchModel {

  /**
   * Runs all blocks.
   *
   * @param tokens ids, shape (batch · length), int64
   * @param batch the number of sequences
   * @param length the number of tokens in each
   * @param scope holds the result
   * @return shape (batch · length, d)
   */
  NDArray hidden(NDArray tokens, int batch, int length, NDManager scope);

  /**
   * Applies the last norm and the head.
   *
   * @param hidden shape (rows, d)
   * @return shape (rows, V)
   */
  NDArray logits(NDArray hidden);
}
