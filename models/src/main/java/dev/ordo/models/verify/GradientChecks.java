package dev.ordo.models.verify;

import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Tensors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a training after a step over the reference's input: its {@code loss}, and for each
 * parameter {@code grad.<name>}. A gradient that is zero but for the reference's rounding is
 * compared on the scale of the largest of all gradients, for rounding has no scale of its own.
 */
final class GradientChecks {

  private static final String GRADIENT = "grad.";

  /**
   * What is smaller than this part of the largest gradient is zero but for rounding, such as that
   * of a bias of keys, which moves all scores of a query alike.
   */
  private static final double ZERO = 1e-6;

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
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (String name : expected.names()) {
      String parameter =
          name.startsWith(GRADIENT) ? parameter(name.substring(GRADIENT.length()), known) : "";
      if (known.contains(parameter)) {
        seen.add(name);
        gradients.put(parameter, expected.get(name, expected.shape(name)));
      }
    }
    List<Check> compared = new ArrayList<>();
    gradients.forEach(
        (parameter, value) ->
            compared.add(Check.close(GRADIENT + parameter, training.gradient(parameter), value)));
    checks.addAll(scaled(compared));
    return checks;
  }

  /**
   * Returns the name that a parameter of the reference has here: without the model's own prefix,
   * such as {@code transformer.}, where the file of weights has none.
   */
  private static String parameter(String name, Set<String> known) {
    String bare = name.substring(name.indexOf('.') + 1);
    return !known.contains(name) && known.contains(bare) ? bare : name;
  }

  /** Puts those of a model's gradients that are zero but for rounding on the scale of the rest. */
  static List<Check> scaled(List<Check> gradients) {
    double largest = gradients.stream().mapToDouble(Check::largest).max().orElse(0);
    return gradients.stream()
        .map(
            check ->
                check.largest() <= ZERO * largest
                    ? new Check(check.name(), check.difference(), largest, check.exact())
                    : check)
        .toList();
  }
}
