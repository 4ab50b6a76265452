package dev.ordo.models.verify;

import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Checks {@code greedy} (n): the tokens that follow a prompt, each the likeliest. */
final class GreedyCheck {

  private GreedyCheck() {}

  /**
   * Returns the check; nothing where the reference has none.
   *
   * @param expected outputs of the reference
   * @param seen takes the name where there is a check
   * @param prompt what is taken in at once first; not modified
   * @param open opens a session for so many tokens after the prompt
   * @throws IllegalArgumentException if the reference's tensor has another rank or no values
   */
  static Optional<Check> of(
      Tensors expected, Set<String> seen, int[] prompt, IntFunction<Session> open) {
    if (!expected.has("greedy")) {
      return Optional.empty();
    }
    int[] shape = expected.shape("greedy");
    if (shape.length != 1 || shape[0] < 1) {
      throw new IllegalArgumentException(
          "tensor 'greedy': expected shape (n), found " + Arrays.toString(shape));
    }
    seen.add("greedy");
    int[] tokens = new int[shape[0]];
    Session session = open.apply(shape[0]);
    float[] logits = session.prefill(prompt);
    boolean finite = finite(logits);
    for (int i = 0; finite && i < tokens.length; i++) {
      tokens[i] = Tokens.largest(logits);
      if (i + 1 < tokens.length) {
        logits = session.step(tokens[i]);
        finite = finite(logits);
      }
    }
    Check check = Check.equal("greedy", tokens, expected.getLongs("greedy", shape));
    return Optional.of(
        finite ? check : new Check(check.name(), Double.NaN, check.largest(), check.exact()));
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
