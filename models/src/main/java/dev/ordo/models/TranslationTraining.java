package dev.ordo.models;

/** The {@link Training} of a model that reads a source and writes a target apart from it. */
public interface TranslationTraining extends Training {

  /** The label of a position that does not count. */
  int IGNORED = -100;

  /**
   * Runs forward and backward over a batch of pairs, as {@link #step(int[][])} does.
   *
   * @param sources token ids; shape (B, S), B ≥ 1, S ≥ 1, all rows of the same length; not modified
   * @param labels token ids or {@link #IGNORED}; shape (B, T), T ≥ 1, all rows of the same length;
   *     not modified. The model reads a start token and then all labels but the last
   * @return the mean cross-entropy, in nats, of the labels that count, each given its source and
   *     the labels before it
   * @throws IllegalArgumentException if the rows are not of such shapes, longer than the model can
   *     read, hold an id outside 0 … V−1, or no label counts
   */
  float step(int[][] sources, int[][] labels);

  /**
   * Runs forward and backward over a batch of sequences, each the source and the target of itself.
   *
   * @param rows token ids; shape (B, L), B ≥ 1, L ≥ 1, all rows of the same length; not modified
   * @return the mean cross-entropy, in nats, of each token of a target
   */
  @Override
  default float step(int[][] rows) {
    return step(rows, rows);
  }
}
