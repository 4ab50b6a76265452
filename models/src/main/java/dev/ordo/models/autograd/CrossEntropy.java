package dev.ordo.models.autograd;

import dev.ordo.models.kernel.LogLoss;
import dev.ordo.models.kernel.Workers;
import java.util.Arrays;

/**
 * The mean cross-entropy between rows of logits and the tokens that followed: −ln
 * softmax(x)[target], in nats. Its gradient is (softmax(x) − onehot(target)) over the number of
 * targets.
 */
public final class CrossEntropy {

  /** The target of a row that does not count. */
  public static final int IGNORED = -1;

  /** About what one logit costs in either pass. */
  private static final double OPERATIONS = 15;

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
    byRows(
        logits,
        (from, to) -> {
          for (int r = from; r < to; r++) {
            if (targets[r] != IGNORED) {
              logSums[r] = LogLoss.logSum(x, r * vocabulary, vocabulary);
            }
          }
        });
    double total = 0;
    for (int r = 0; r < targets.length; r++) {
      if (targets[r] != IGNORED) {
        total += logSums[r] - x[r * vocabulary + targets[r]];
      }
    }
    Tensor loss = tape.tensor(1, 1);
    loss.value()[0] = (float) (total / counted);
    tape.record(
        loss,
        () -> {
          float weight = loss.gradient()[0] / counted;
          boolean add = logits.hasGradient();
          float[] dx = add ? logits.gradient() : logits.gradientToOverwrite();
          byRows(
              logits,
              (from, to) -> {
                for (int r = from; r < to; r++) {
                  int row = r * vocabulary;
                  if (targets[r] != IGNORED) {
                    if (add) {
                      LogLoss.addExp(x, row, vocabulary, logSums[r], weight, dx);
                    } else {
                      LogLoss.scaledExp(x, row, vocabulary, logSums[r], weight, dx);
                    }
                    dx[row + targets[r]] -= weight;
                  } else if (!add) {
                    Arrays.fill(dx, row, row + vocabulary, 0);
                  }
                }
              });
        });
    return loss;
  }

  /** Does something with rows from one, inclusive, to another, exclusive. */
  private interface Rows {
    void between(int from, int to);
  }

  private static void byRows(Tensor logits, Rows task) {
    int rows = logits.rows();
    int parts = Workers.parts(OPERATIONS * logits.size(), rows);
    if (parts == 1) {
      task.between(0, rows);
      return;
    }
    Workers.each(
        parts,
        part ->
            task.between(
                Workers.start(part, parts, rows, 1), Workers.start(part + 1, parts, rows, 1)));
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
