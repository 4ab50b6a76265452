package dev.ordo.harness.bench;

import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import java.util.Arrays;

/** What one invocation of the benchmark does, with its set-up done. */
abstract class Workload {

  final Session session;

  private Workload(Session session) {
    this.session = session;
  }

  /**
   * Prepares a phase of a model at a length.
   *
   * @param length L, positive
   * @param seed fixes the tokens that the model reads
   */
  static Workload of(SequenceModel model, Phase phase, int length, long seed) {
    int vocabulary = model.shape().vocabulary();
    return switch (phase) {
      case PREFILL -> new Prefill(model.open(length), Tokens.random(length, vocabulary, seed));
      case DECODE ->
          new Decode(model.open(length + 1), Tokens.random(length + 1, vocabulary, seed));
      case GENERATE ->
          new Generate(
              model.open(length + 1),
              Tokens.random(model.promptLength(length), vocabulary, seed),
              length);
    };
  }

  /** Does the work once and returns its result, so that the compiler cannot drop it. */
  abstract Object run();

  /** Returns logits that the work led to. */
  abstract float[] logits();

  /** Throws an {@link IllegalStateException} if a logit is not finite. */
  final void check() {
    float[] logits = logits();
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new IllegalStateException("logit " + i + " (" + logits[i] + ") must be finite");
      }
    }
  }

  private static final class Prefill extends Workload {
    private final int[] tokens;
    private float[] logits = {};

    Prefill(Session session, int[] tokens) {
      super(session);
      this.tokens = tokens;
    }

    @Override
    Object run() {
      logits = session.prefill(tokens);
      return logits;
    }

    @Override
    float[] logits() {
      return logits;
    }
  }

  /** Steps from the same context every time: the step is taken back before it returns. */
  private static final class Decode extends Workload {
    private final int next;

    Decode(Session session, int[] tokens) {
      super(session);
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
    float[] logits() {
      return session.step(next);
    }
  }

  private static final class Generate extends Workload {
    private final int[] prompt;
    private final int[] output;

    Generate(Session session, int[] prompt, int length) {
      super(session);
      this.prompt = prompt;
      this.output = new int[length];
    }

    @Override
    Object run() {
      session.generate(prompt, output);
      return output;
    }

    @Override
    float[] logits() {
      return session.step(output[output.length - 1]);
    }
  }
}
