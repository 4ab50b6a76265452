package dev.ordo.models.verify;

import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.ssm.S4Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Checks a block that maps sequences to sequences: its {@code kernel} (1, d, L), and for {@code u}
 * (batch, d, L) its outputs {@code y} by convolution and {@code y_steps} by recurrence, both
 * (batch, d, L). Given {@code grad_y}, the gradient of a loss with respect to {@code y}, also
 * {@code grad_u} and {@code grad.<name>} of each parameter.
 */
final class BlockChecks {

  private final Tensors expected;
  private final Set<String> seen;

  /**
   * Makes checks.
   *
   * @param expected inputs and outputs of the reference
   * @param seen takes the names of the tensors that were used
   */
  BlockChecks(Tensors expected, Set<String> seen) {
    this.expected = expected;
    this.seen = seen;
  }

  List<Check> of(S4Operator block) {
    List<Check> checks = new ArrayList<>();
    if (expected.has("kernel")) {
      int length = length("kernel");
      float[] kernel = expected.get("kernel", 1, block.width(), length);
      seen.add("kernel");
      checks.add(Check.close("kernel", block.kernel(length), kernel));
    }
    if (expected.has("u")) {
      int length = length("u");
      int batch = expected.shape("u")[0];
      float[] u = expected.get("u", batch, block.width(), length);
      seen.add("u");
      float[] convolved = each(u, batch, block::convolve);
      float[] stepped = each(u, batch, block::step);
      for (String name : List.of("y", "y_steps")) {
        if (expected.has(name)) {
          float[] y = expected.get(name, batch, block.width(), length);
          seen.add(name);
          checks.add(Check.close(name, name.equals("y") ? convolved : stepped, y));
        }
      }
      if (length <= block.longest()) {
        checks.add(Check.close("stepping", stepped, convolved));
      }
      if (expected.has("grad_y")) {
        gradients(block, u, batch, length, checks);
      }
    }
    return checks;
  }

  private void gradients(S4Operator block, float[] u, int batch, int length, List<Check> checks) {
    float[] gradient = expected.get("grad_y", batch, block.width(), length);
    seen.add("grad_y");
    List<Check> compared = new ArrayList<>();
    block
        .gradients(u, gradient, length)
        .forEach(
            (parameter, value) -> {
              String name = parameter.equals("u") ? "grad_u" : "grad." + parameter;
              if (expected.has(name)) {
                seen.add(name);
                compared.add(Check.close(name, value, expected.get(name, expected.shape(name))));
              }
            });
    checks.addAll(GradientChecks.scaled(compared));
  }

  /** Returns L of a (batch, d, L) tensor. */
  private int length(String name) {
    int[] shape = expected.shape(name);
    if (shape.length != 3 || shape[0] < 1 || shape[2] < 1) {
      throw new IllegalArgumentException(
          "tensor '" + name + "': expected shape (batch, d, L), found " + Arrays.toString(shape));
    }
    return shape[2];
  }

  private static float[] each(float[] all, int batch, UnaryOperator<float[]> map) {
    int size = all.length / batch;
    float[] results = new float[all.length];
    for (int row = 0; row < batch; row++) {
      float[] result = map.apply(Arrays.copyOfRange(all, row * size, (row + 1) * size));
      System.arraycopy(result, 0, results, row * size, size);
    }
    return results;
  }
}
