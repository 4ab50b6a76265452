package dev.ordo.models.verify;

import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Tensors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a training after a step over the reference's input: its {@code loss}, and for each
 * parameter {@code grad.<name>}.
 */
final class GradientChecks {

  private static final String GRADIENT = "grad.";

  private final Tensors expected;
  private final Set<String> seen;

  /**
   * Makes checks.
   *
   * @param expected inputs and outputs of the reference
   * @param seen takes the names of the tensors that were used
   */
  GradientChecks(Tensors expected, Set<String> seen) {
    this.expected = expected;
    this.seen = seen;
  }

  /** Says whether the reference has a gradient to compare with. */
  boolean wanted() {
    return expected.names().stream().anyMatch(name -> name.startsWith(GRADIENT));
  }

  /**
   * Compares.
   *
   * @param loss what the last step returned
   * @param training whose gradients are those of that step
   */
  List<Check> of(float loss, Training training) {
    List<Check> checks = new ArrayList<>();
    if (expected.has("loss")) {
      float[] value = expected.get("loss", expected.shape("loss"));
      checks.add(Check.close("train.loss", new float[] {loss}, value));
    }
    Set<String> known = new HashSet<>(training.names());
    for (String name : expected.names()) {
      String parameter = name.startsWith(GRADIENT) ? name.substring(GRADIENT.length()) : "";
      if (known.contains(parameter)) {
        seen.add(name);
        float[] value = expected.get(name, expected.shape(name));
        checks.add(Check.close(name, training.gradient(parameter), value));
      }
    }
    return checks;
  }
}
