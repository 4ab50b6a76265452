package dev.ordo.harness.bench;

import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What one invocation of the benchmark does, with its set-up done. */
abstract class Workload {

  /**
   * Prepares a phase of a model at a length; not {@link Phase#TRAIN}. Each row of a batch is a
   * session of its own on the same weights, one after the other.
   *
   * @param length L, positive
   * @param batch the number of rows, positive
   * @param seed fixes the tokens that the model reads; those of each row are others
   */
  static Workload of(SequenceModel model, Phase phase, int length, int batch, long seed) {
    Workload[] rows = new Workload[batch];
    for (int row = 0; row < batch; row++) {
      rows[row] = of(model, phase, length, seed + row);
    }
    return batch == 1 ? rows[0] : new Batch(rows);
  }

  private static Workload of(SequenceModel model, Phase phase, int length, long seed) {
    int vocabulary = model.shape().vocabulary();
    return switch (phase) {
      case TRAIN -> throw new IllegalArgumentException("phase train needs a training");
      case PREFILL ->
          new Prefill(model, model.open(length), Tokens.random(length, vocabulary, seed));
      case DECODE ->
          new Decode(model, model.open(length + 1), Tokens.random(length + 1, vocabulary, seed));
      case GENERATE ->
          new Generate(
              model,
              model.open(length + 1),
              Tokens.random(model.promptLength(length), vocabulary, seed),
              length);
    };
  }

  /**
   * Prepares training steps over a batch.
   *
   * @param rows shape (B, L), not modified
   */
  static Workload of(Training training, int[][] rows) {
    return new Train(training, rows);
  }

  /**
   * Returns rows of random tokens; shape (B, L).
   *
   * @param seed fixes them; row r is what a batch of one has with the seed r more
   */
  static int[][] rows(int batch, int length, int vocabulary, long seed) {
    int[][] rows = new int[batch][];
    for (int row = 0; row < batch; row++) {
      rows[row] = Tokens.random(length, vocabulary, seed + row);
    }
    return rows;
  }

  /** Does the work once and returns its result, so that the compiler cannot drop it. */
  abstract Object run();

  /** Returns the bytes that are kept: between tokens, or from forward to backward. */
  abstract long stateBytes();

  /** Returns the objects that hold the state. */
  abstract Object[] held();

  /** Returns what of the objects held is weights, or gradients of them. */
  abstract Object[] weights();

  /** Returns the bytes of all objects held but weights; takes longer than an operation. */
  final long retainedBytes() {
    return RetainedBytes.of(held(), weights());
  }

  /** Returns numbers that the work led to. */
  abstract float[] results();

  /** Throws a {@link NotFiniteException} if a result is not finite. */
  final void check() {
    float[] results = results();
    for (int i = 0; i < results.length; i++) {
      if (!Float.isFinite(results[i])) {
        throw new NotFiniteException(i, results[i]);
      }
    }
  }

  private static final class Train extends Workload {
    private final Training training;
    private final int[][] rows;

    Train(Training training, int[][] rows) {
      this.training = training;
      this.rows = rows;
    }

    @Override
    Object run() {
      return training.step(rows);
    }

    @Override
    long stateBytes() {
      return training.keptBytes();
    }

    @Override
    Object[] held() {
      return new Object[] {training};
    }

    @Override
    Object[] weights() {
      return training.names().stream()
          .flatMap(name -> Stream.of(training.parameter(name), training.gradient(name)))
          .toArray();
    }

    @Override
    float[] results() {
      List<String> names = training.names();
      float[] sums = new float[names.size()];
      for (int i = 0; i < sums.length; i++) {
        for (float value : training.gradient(names.get(i))) {
          sums[i] += value;
        }
      }
      return sums;
    }
  }

  /** Rows that know nothing of each other. */
  private static final class Batch extends Workload {
    private final Workload[] rows;
    private final Object[] done;

    Batch(Workload[] rows) {
      this.rows = rows;
      this.done = new Object[rows.length];
    }

    @Override
    Object run() {
      for (int row = 0; row < rows.length; row++) {
        done[row] = rows[row].run();
      }
      return done;
    }

    @Override
    long stateBytes() {
      return Arrays.stream(rows).mapToLong(Workload::stateBytes).sum();
    }

    @Override
    Object[] held() {
      return Arrays.stream(rows).flatMap(row -> Arrays.stream(row.held())).toArray();
    }

    @Override
    Object[] weights() {
      return rows[0].weights();
    }

    @Override
    float[] results() {
      float[][] all = Arrays.stream(rows).map(Workload::results).toArray(float[][]::new);
      float[] results = new float[Arrays.stream(all).mapToInt(row -> row.length).sum()];
      int end = 0;
      for (float[] row : all) {
        System.arraycopy(row, 0, results, end, row.length);
        end += row.length;
      }
      return results;
    }
  }

  /** Runs on one session of a model. */
  private abstract static class OneSession extends Workload {
    private final SequenceModel model;
    final Session session;

    OneSession(SequenceModel model, Session session) {
      this.model = model;
      this.session = session;
    }

    @Override
    long stateBytes() {
      return session.stateBytes();
    }

    @Override
    Object[] held() {
      return new Object[] {session};
    }

    @Override
    Object[] weights() {
      return new Object[] {model};
    }
  }

  private static final class Prefill extends OneSession {
    private final int[] tokens;
    private float[] logits = {};

    Prefill(SequenceModel model, Session session, int[] tokens) {
      super(model, session);
      this.tokens = tokens;
    }

    @Override
    Object run() {
      logits = session.prefill(tokens);
      return logits;
    }

    @Override
    float[] results() {
      return logits;
    }
  }

  /** Steps from the same context every time: the step is taken back before it returns. */
  private static final class Decode extends OneSession {
    private final int next;

    Decode(SequenceModel model, Session session, int[] tokens) {
      super(model, session);
      int[] context = Arrays.copyOf(tokens, tokens.length - 1);
      this.next = tokens[context.length];
      session.prime(context);
    }

    @Override
    Object run() {
      float[] logits = session.step(next);
      session.rewind();
      return logits;
    }

    @Override
    float[] results() {
      return session.step(next);
    }
  }

  private static final class Generate extends OneSession {
    private final int[] prompt;
    private final int[] output;

    Generate(SequenceModel model, Session session, int[] prompt, int length) {
      super(model, session);
      this.prompt = prompt;
      this.output = new int[length];
    }

    @Override
    Object run() {
      session.generate(prompt, output);
      return output;
    }

    @Override
    float[] results() {
      return session.step(output[output.length - 1]);
    }
  }
}
