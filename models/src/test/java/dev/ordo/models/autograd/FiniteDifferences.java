package dev.ordo.models.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * Checks an operator against a plain oracle of its forward pass in double precision: its result,
 * and its gradients against central differences of the oracle.
 */
public final class FiniteDifferences {

  private static final double STEP = 1e-5;

  /** Float operators against double oracles; relative to the largest expected value. */
  private static final double TOLERANCE = 1e-4;

  /** The forward pass in double precision. */
  @FunctionalInterface
  public interface Oracle {

    /**
     * Computes the result.
     *
     * @param inputs one array an input, row-major
     */
    double[] apply(double[][] inputs);
  }

  private FiniteDifferences() {}

  /**
   * Checks at random inputs, uniform in −1 … 1.
   *
   * @param shapes rows and columns of each input
   */
  public static void check(
      long seed, BiFunction<Tape, Tensor[], Tensor> operator, Oracle oracle, int[]... shapes) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] inputs = new double[shapes.length][];
    for (int i = 0; i < shapes.length; i++) {
      inputs[i] = new double[shapes[i][0] * shapes[i][1]];
      for (int j = 0; j < inputs[i].length; j++) {
        inputs[i][j] = (float) (2 * random.nextDouble() - 1);
      }
    }
    check(seed, operator, oracle, inputs, shapes);
  }

  /**
   * Checks at given inputs, which have to be floats exactly.
   *
   * @param inputs one array an input, row-major
   * @param shapes rows and columns of each input
   */
  public static void check(
      long seed,
      BiFunction<Tape, Tensor[], Tensor> operator,
      Oracle oracle,
      double[][] inputs,
      int[]... shapes) {
    Tensor[] tensors = new Tensor[shapes.length];
    for (int i = 0; i < shapes.length; i++) {
      float[] values = new float[inputs[i].length];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) inputs[i][j];
      }
      tensors[i] = Tensor.parameter(values, shapes[i][0], shapes[i][1]);
    }
    Tape tape = new Tape();
    // The second pass works in the memory of the first, whose content is no longer zero.
    for (int pass = 0; pass < 2; pass++) {
      tape.reset();
      for (Tensor tensor : tensors) {
        tensor.clearGradient();
      }
      Tensor result = operator.apply(tape, tensors);
      assertClose("result", result.value(), oracle.apply(inputs));
      double[] weights = new SplittableRandom(seed + 1).doubles(result.size(), -1, 1).toArray();
      float[] incoming = new float[weights.length];
      for (int i = 0; i < weights.length; i++) {
        incoming[i] = (float) weights[i];
        weights[i] = incoming[i];
      }
      tape.backward(result, incoming);
      for (int i = 0; i < tensors.length; i++) {
        assertClose(
            "gradient " + i, tensors[i].gradient(), differences(oracle, inputs, i, weights));
      }
    }
  }

  private static double[] differences(Oracle oracle, double[][] inputs, int of, double[] weights) {
    double[][] moved = inputs.clone();
    moved[of] = inputs[of].clone();
    double[] gradient = new double[inputs[of].length];
    for (int j = 0; j < gradient.length; j++) {
      moved[of][j] = inputs[of][j] + STEP;
      double above = dot(oracle.apply(moved), weights);
      moved[of][j] = inputs[of][j] - STEP;
      double below = dot(oracle.apply(moved), weights);
      moved[of][j] = inputs[of][j];
      gradient[j] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void assertClose(String name, float[] actual, double[] expected) {
    assertThat(actual).as(name).hasSize(expected.length);
    double largest = Math.max(1e-3, Arrays.stream(expected).map(Math::abs).max().orElse(0));
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      assertThat(difference <= TOLERANCE * largest)
          .as("%s[%d]: %s, expected %s (largest %s)", name, i, actual[i], expected[i], largest)
          .isTrue();
    }
  }
}
