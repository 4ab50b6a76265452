package dev.ordo.models.autograd;

import dev.ordo.models.Tokens;
import java.util.Arrays;

/** The training of a model that reads tokens and predicts each next one. */
public abstract class LanguageTraining extends ParameterTraining {

  private final int vocabulary;
  private final int positions;

  /**
   * Makes a training.
   *
   * @param parameters all of the model's, each requested once already
   * @param vocabulary V
   * @param positions the longest row that the model can read
   */
  protected LanguageTraining(Parameters parameters, int vocabulary, int positions) {
    super(parameters);
    this.vocabulary = vocabulary;
    this.positions = positions;
  }

  /**
   * Computes the logits at all positions.
   *
   * @param tape records the operators
   * @param tokens token ids; shape (batch, length), row-major; not modified
   * @return shape (batch · length, V); row b·length + t predicts token t + 1 of sequence b
   */
  protected abstract Tensor logits(Tape tape, int[] tokens, int batch, int length);

  @Override
  public final float step(int[][] rows) {
    return step(rows, 1);
  }

  /**
   * Runs forward and backward as {@link #step(int[][])}, where only the later tokens of a row have
   * to be predicted: those before are given.
   *
   * @param first the first position that counts, at least 1 and less than the length of the rows
   * @return the mean cross-entropy, in nats, of the tokens from that position on
   * @throws IllegalArgumentException as {@link #step(int[][])}, or if no position counts
   */
  public final float step(int[][] rows, int first) {
    int batch = rows.length;
    int length = batch == 0 ? 0 : rows[0].length;
    if (length < 2) {
      throw new IllegalArgumentException(
          "rows (" + batch + " of length " + length + ") must be 1 or more of length 2 or more");
    }
    if (first < 1 || first >= length) {
      throw new IllegalArgumentException("first (" + first + ") must be in 1.." + (length - 1));
    }
    int[] tokens = new int[Math.multiplyExact(batch, length)];
    int[] targets = new int[tokens.length];
    Arrays.fill(targets, CrossEntropy.IGNORED);
    for (int b = 0; b < batch; b++) {
      if (rows[b].length != length) {
        throw new IllegalArgumentException(
            "row "
                + b
                + " (length "
                + rows[b].length
                + ") must be as long as row 0 ("
                + length
                + ")");
      }
      Tokens.check(rows[b], vocabulary, positions);
      System.arraycopy(rows[b], 0, tokens, b * length, length);
      System.arraycopy(rows[b], first, targets, b * length + first - 1, length - first);
    }
    return step(tape -> CrossEntropy.apply(tape, logits(tape, tokens, batch, length), targets));
  }
}
