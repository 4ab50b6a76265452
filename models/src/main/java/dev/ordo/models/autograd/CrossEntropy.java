package dev.ordo.models.autograd;

import dev.ordo.models.kernel.LogLoss;

/**
 * The mean cross-entropy between rows of logits and the tokens that followed: −ln
 * softmax(x)[target], in nats. Its gradient is (softmax(x) − onehot(target)) over the number of
 * targets.
 */
public final class CrossEntropy {

  /** The target of a row that does not count. */
  public static final int IGNORED = -1;

  private CrossEntropy() {}

  /**
   * Computes the mean over all rows that count.
   *
   * @param logits shape (rows, V)
   * @param targets shape (rows): ids in 0 … V−1, or {@link #IGNORED}; not modified, nor to be
   *     modified before the backward pass
   * @return shape (1, 1)
   * @throws IllegalArgumentException if there are not as many targets as rows, none counts, or one
   *     is outside the vocabulary
   */
  public static Tensor apply(Tape tape, Tensor logits, int[] targets) {
    int vocabulary = logits.columns();
    int counted = check(targets, logits.rows(), vocabulary);
    float[] x = logits.value();
    float[] logSums = tape.kept(targets.length);
    double total = 0;
    for (int r = 0; r < targets.length; r++) {
      if (targets[r] != IGNORED) {
        logSums[r] = LogLoss.logSum(x, r * vocabulary, vocabulary);
        total += logSums[r] - x[r * vocabulary + targets[r]];
      }
    }
    Tensor loss = tape.tensor(1, 1);
    loss.value()[0] = (float) (total / counted);
    tape.record(
        loss,
        () -> {
          float weight = loss.gradient()[0] / counted;
          float[] dx = logits.gradient();
          for (int r = 0; r < targets.length; r++) {
            if (targets[r] != IGNORED) {
              int row = r * vocabulary;
              LogLoss.addExp(x, row, vocabulary, logSums[r], weight, dx);
              dx[row + targets[r]] -= weight;
            }
          }
        });
    return loss;
  }

  private static int check(int[] targets, int rows, int vocabulary) {
    if (targets.length != rows) {
      throw new IllegalArgumentException(
          "targets (" + targets.length + ") must be as many as rows (" + rows + ")");
    }
    int counted = 0;
    for (int i = 0; i < rows; i++) {
      if (targets[i] != IGNORED) {
        if (targets[i] < 0 || targets[i] >= vocabulary) {
          throw new IllegalArgumentException(
              "target " + i + " (" + targets[i] + ") must be in 0.." + (vocabulary - 1));
        }
        counted++;
      }
    }
    if (counted == 0) {
      throw new IllegalArgumentException("targets (" + rows + ", all ignored) must count for one");
    }
    return counted;
  }
}
