package dev.ordo.models.verify;

import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a model that predicts tokens. For {@code input_ids} (batch, L):
 *
 * <ul>
 *   <li>{@code logits} (batch, L, V);
 *   <li>{@code loss}, one value: the mean cross-entropy of predicting tokens 1 … L−1 of each row;
 *   <li>{@code greedy} (n): the tokens that follow row 0, each the likeliest;
 *   <li>{@code final_…} (layers, batch, …): the state after the last token, where the model tells
 *       it;
 *   <li>stepping: logits one token at a time, from the first and from the middle, against the
 *       model's own parallel form;
 *   <li>{@code grad.…}, one a parameter, and the loss again, of a training step over all rows.
 * </ul>
 */
final class LanguageChecks {

  private static final String FINAL = "final_";

  private final Tensors expected;
  private final Set<String> seen;
  private final int batch;
  private final int length;
  private final int[][] rows;

  /**
   * Reads the input.
   *
   * @param expected inputs and outputs of the reference
   * @param seen takes the names of the tensors that were used
   * @throws IllegalArgumentException if there are no {@code input_ids} of rank 2
   */
  LanguageChecks(Tensors expected, Set<String> seen) {
    this.expected = expected;
    this.seen = seen;
    rows = TokenRows.of(expected, "input_ids");
    batch = rows.length;
    length = rows[0].length;
    seen.add("input_ids");
  }

  List<Check> of(SequenceModel model) {
    int vocabulary = model.shape().vocabulary();
    List<Check> checks = new ArrayList<>();
    float[] logits = new float[Math.multiplyExact(Math.multiplyExact(batch, length), vocabulary)];
    float[] stepped = new float[logits.length];
    float[] continued = new float[logits.length];
    double loss = 0;
    List<Session> sessions = new ArrayList<>();
    for (int row = 0; row < batch; row++) {
      Session session = model.open(length);
      float[] scores = new float[length * vocabulary];
      session.score(rows[row], scores);
      loss += crossEntropy(scores, rows[row], vocabulary);
      int at = row * scores.length;
      System.arraycopy(scores, 0, logits, at, scores.length);
      sessions.add(session);
      Session steps = model.open(length);
      step(steps, rows[row], 1, scores, stepped, at);
      step(steps, rows[row], (length + 1) / 2, scores, continued, at);
    }
    if (expected.has("logits")) {
      seen.add("logits");
      checks.add(Check.close("logits", logits, expected.get("logits", batch, length, vocabulary)));
    }
    if (expected.has("loss") && length > 1) {
      seen.add("loss");
      float[] value = expected.get("loss", expected.shape("loss"));
      checks.add(Check.close("loss", new float[] {(float) (loss / batch)}, value));
    }
    GreedyCheck.of(expected, seen, rows[0], n -> model.open(Math.addExact(length, n - 1)))
        .ifPresent(checks::add);
    for (String name : expected.names()) {
      if (name.startsWith(FINAL)) {
        state(name, sessions).ifPresent(checks::add);
      }
    }
    if (!checks.isEmpty() && length > 1) {
      checks.add(
          Check.worse(
              Check.close("stepping", stepped, logits),
              Check.close("stepping", continued, logits)));
    }
    return checks;
  }

  /** Checks the loss and the gradients of a training step over the input. */
  List<Check> of(Training training) {
    return new GradientChecks(expected, seen).of(training.step(rows), training);
  }

  /**
   * Takes a row in one token at a time after a prompt.
   *
   * @param session where
   * @param tokens the row
   * @param prompt how many tokens are taken in at once first
   * @param scores the logits of the parallel form, which stand for those within the prompt
   * @param out takes the logits, from {@code at} on
   */
  private static void step(
      Session session, int[] tokens, int prompt, float[] scores, float[] out, int at) {
    int vocabulary = scores.length / tokens.length;
    System.arraycopy(scores, 0, out, at, (prompt - 1) * vocabulary);
    float[] logits = session.prefill(Arrays.copyOf(tokens, prompt));
    System.arraycopy(logits, 0, out, at + (prompt - 1) * vocabulary, vocabulary);
    for (int t = prompt; t < tokens.length; t++) {
      System.arraycopy(session.step(tokens[t]), 0, out, at + t * vocabulary, vocabulary);
    }
  }

  /** Compares a state; the reference's is (layers, batch, …), a session's (layers, …). */
  private Optional<Check> state(String name, List<Session> sessions) {
    int[] shape = expected.shape(name);
    Optional<float[]> first = sessions.get(0).state(name);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    if (shape.length < 2 || shape[0] < 1 || shape[1] != batch) {
      throw new IllegalArgumentException(
          "tensor '"
              + name
              + "': expected shape (layers, "
              + batch
              + ", …), found "
              + Arrays.toString(shape));
    }
    float[] all = new float[first.get().length * batch];
    int layers = shape[0];
    int size = first.get().length / layers;
    for (int row = 0; row < batch; row++) {
      float[] state = sessions.get(row).state(name).orElseThrow();
      for (int layer = 0; layer < layers; layer++) {
        System.arraycopy(state, layer * size, all, (layer * batch + row) * size, size);
      }
    }
    seen.add(name);
    return Optional.of(Check.close(name, all, expected.get(name, shape)));
  }

  /** Returns the mean cross-entropy of predicting each token from those before it. */
  private static double crossEntropy(float[] logits, int[] tokens, int vocabulary) {
    double total = 0;
    for (int i = 0; i + 1 < tokens.length; i++) {
      int row = i * vocabulary;
      double largest = Double.NEGATIVE_INFINITY;
      for (int v = 0; v < vocabulary; v++) {
        largest = Math.max(largest, logits[row + v]);
      }
      double sum = 0;
      for (int v = 0; v < vocabulary; v++) {
        sum += Math.exp(logits[row + v] - largest);
      }
      total += Math.log(sum) + largest - logits[row + tokens[i + 1]];
    }
    return total / (tokens.length - 1);
  }
}
