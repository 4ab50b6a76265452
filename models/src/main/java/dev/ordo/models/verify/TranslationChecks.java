package dev.ordo.models.verify;

import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import dev.ordo.models.TranslationTraining;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.translation.EncoderDecoder;
import dev.ordo.models.translation.EncoderDecoderSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Checks a model that reads a source and writes a target. For {@code input_ids} (batch, S) and
 * {@code labels} (batch, T), of which −100 stands for one that does not count:
 *
 * <ul>
 *   <li>{@code encoder_last_hidden_state} (batch, S, d);
 *   <li>{@code logits} (batch, T, V): row i predicts label i from the start token and the labels
 *       before it;
 *   <li>{@code loss}, one value: the mean cross-entropy over all labels that count;
 *   <li>{@code greedy} (n): the tokens that follow the start token of row 0, each the likeliest;
 *   <li>stepping: logits one token at a time, from the start token and from the middle, against the
 *       model's own parallel form;
 *   <li>{@code grad.…}, one a parameter, and the loss again, of a training step over all rows.
 * </ul>
 */
final class TranslationChecks {

  private static final String ENCODED = "encoder_last_hidden_state";

  private final Tensors expected;
  private final Set<String> seen;
  private final int[][] sources;
  private final int[][] labels;

  /**
   * Reads the input.
   *
   * @param expected inputs and outputs of the reference
   * @param seen takes the names of the tensors that were used
   * @throws IllegalArgumentException if there are no {@code input_ids} and {@code labels} of rank 2
   *     with as many rows
   */
  TranslationChecks(Tensors expected, Set<String> seen) {
    this.expected = expected;
    this.seen = seen;
    sources = TokenRows.of(expected, "input_ids");
    labels = TokenRows.of(expected, "labels");
    if (labels.length != sources.length) {
      throw new IllegalArgumentException(
          "tensor 'labels': expected "
              + sources.length
              + " rows as in 'input_ids', found "
              + labels.length);
    }
    seen.addAll(List.of("input_ids", "labels"));
  }

  List<Check> of(EncoderDecoder model) {
    int batch = sources.length;
    int vocabulary = model.shape().vocabulary();
    int length = labels[0].length;
    int size = Math.multiplyExact(length, vocabulary);
    float[] logits = new float[Math.multiplyExact(batch, size)];
    float[] stepped = new float[logits.length];
    float[] continued = new float[logits.length];
    List<float[]> encoded = new ArrayList<>();
    for (int row = 0; row < batch; row++) {
      EncoderDecoderSession session = model.open(Math.max(sources[row].length, length));
      int[] target = tokens(labels[row], model.padding());
      float[] scores = new float[size];
      session.score(sources[row], target, scores);
      encoded.add(session.state(ENCODED).orElseThrow());
      System.arraycopy(scores, 0, logits, row * size, size);
      for (float[] out : List.of(stepped, continued)) {
        int prompt = out == stepped ? 1 : (length + 1) / 2;
        System.arraycopy(scores, 0, out, row * size, (prompt - 1) * vocabulary);
        step(session, sources[row], target, prompt, out, row * size);
      }
    }
    List<Check> checks = new ArrayList<>();
    if (expected.has(ENCODED)) {
      seen.add(ENCODED);
      checks.add(
          Check.close(
              ENCODED,
              join(encoded),
              expected.get(ENCODED, batch, sources[0].length, model.shape().width())));
    }
    if (expected.has("logits")) {
      seen.add("logits");
      checks.add(Check.close("logits", logits, expected.get("logits", batch, length, vocabulary)));
    }
    if (expected.has("loss")) {
      seen.add("loss");
      float[] value = expected.get("loss", expected.shape("loss"));
      checks.add(Check.close("loss", new float[] {loss(logits, vocabulary)}, value));
    }
    GreedyCheck.of(expected, seen, sources[0], n -> model.open(Math.max(sources[0].length, n)))
        .ifPresent(checks::add);
    if (!checks.isEmpty()) {
      checks.add(
          Check.worse(
              Check.close("stepping", stepped, logits),
              Check.close("stepping", continued, logits)));
    }
    return checks;
  }

  /** Checks the loss and the gradients of a training step over the input. */
  List<Check> of(Training training) {
    if (training instanceof TranslationTraining translation) {
      return new GradientChecks(expected, seen).of(translation.step(sources, labels), training);
    }
    throw new IllegalArgumentException("the model's training must take sources and labels");
  }

  /** Returns what a decoder reads of labels: padding where one does not count. */
  private static int[] tokens(int[] labels, int padding) {
    return Arrays.stream(labels)
        .map(label -> label == TranslationTraining.IGNORED ? padding : label)
        .toArray();
  }

  /** Takes a target in one token at a time, after the first rows of logits at once. */
  private static void step(
      EncoderDecoderSession session, int[] source, int[] target, int prompt, float[] out, int at) {
    float[] logits = session.prefill(source);
    int vocabulary = logits.length;
    if (prompt > 1) {
      float[] scores = new float[prompt * vocabulary];
      session.score(source, Arrays.copyOf(target, prompt), scores);
      logits = Arrays.copyOfRange(scores, (prompt - 1) * vocabulary, prompt * vocabulary);
    }
    System.arraycopy(logits, 0, out, at + (prompt - 1) * vocabulary, vocabulary);
    for (int t = prompt; t < target.length; t++) {
      System.arraycopy(session.step(target[t - 1]), 0, out, at + t * vocabulary, vocabulary);
    }
  }

  private static float[] join(List<float[]> parts) {
    int size = parts.get(0).length;
    float[] all = new float[Math.multiplyExact(parts.size(), size)];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, all, i * size, size);
    }
    return all;
  }

  /** Returns the mean cross-entropy over all labels that count; NaN where none does. */
  private float loss(float[] logits, int vocabulary) {
    int length = labels[0].length;
    double total = 0;
    int counted = 0;
    for (int i = 0; i < labels.length * length; i++) {
      int label = labels[i / length][i % length];
      if (label != TranslationTraining.IGNORED) {
        Tokens.check(label, vocabulary);
        double sum = 0;
        double target = logits[i * vocabulary + label];
        double largest = target;
        for (int v = 0; v < vocabulary; v++) {
          largest = Math.max(largest, logits[i * vocabulary + v]);
        }
        for (int v = 0; v < vocabulary; v++) {
          sum += Math.exp(logits[i * vocabulary + v] - largest);
        }
        total += Math.log(sum) + largest - target;
        counted++;
      }
    }
    return (float) (total / counted);
  }
}
