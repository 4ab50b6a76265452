package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Golden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradients of kernels against central differences of plain oracles in double precision. */
class KernelGradientTest {

  private static final double STEP = 1e-5;

  private static final List<Function<SpaceValues, double[]>> PARTS =
      List.of(
          v -> v.step,
          v -> v.aRe,
          v -> v.aIm,
          v -> v.bRe,
          v -> v.bIm,
          v -> v.cRe,
          v -> v.cIm,
          v -> v.pRe,
          v -> v.pIm);

  /** Returns the kernel of all channels, shape (steps, d). */
  private static double[] kernel(SpaceValues values, int steps, int attuned) {
    SpaceOptions options = values.options();
    int width = options.width();
    double[] kernel = new double[steps * width];
    for (int c = 0; c < width; c++) {
      double[] channel =
          options.lowRank()
              ? new DenseSpace(values, c).kernel(steps, attuned)
              : diagonal(values, c, steps);
      for (int t = 0; t < steps; t++) {
        kernel[t * width + c] = channel[t];
      }
    }
    return kernel;
  }

  private static double[] diagonal(SpaceValues values, int channel, int steps) {
    int half = values.options().half();
    double[] kernel = new double[steps];
    for (int i = channel * half; i < (channel + 1) * half; i++) {
      double step = values.step[i];
      Complex a = new Complex(values.aRe[i], values.aIm[i]);
      Complex transition = a.times(step).exp();
      Complex term = transition.minus(Complex.ONE).times(a.inverse());
      if (values.options().bilinear()) {
        Complex inverse = Complex.ONE.minus(a.times(step / 2)).inverse();
        transition = Complex.ONE.plus(a.times(step / 2)).times(inverse);
        term = inverse.times(step);
      }
      term = term.times(new Complex(values.bRe[i], values.bIm[i]));
      term = term.times(new Complex(values.cRe[i], values.cIm[i]));
      for (int t = 0; t < steps; t++) {
        kernel[t] += 2 * term.re();
        term = term.times(transition);
      }
    }
    return kernel;
  }

  private static double loss(SpaceValues values, int steps, int attuned, float[] weights) {
    double[] kernel = kernel(values, steps, attuned);
    double loss = 0;
    for (int i = 0; i < kernel.length; i++) {
      loss += weights[i] * kernel[i];
    }
    return loss;
  }

  private static float[] weights(int count) {
    SplittableRandom random = new SplittableRandom(17);
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = (float) (2 * random.nextDouble() - 1);
    }
    return weights;
  }

  private static void assertGradient(
      SpaceValues values, SpaceValues gradient, int steps, int attuned, float[] weights) {
    int parts = values.options().lowRank() ? PARTS.size() : PARTS.size() - 2;
    for (int part = 0; part < parts; part++) {
      double[] at = PARTS.get(part).apply(values);
      double[] actual = PARTS.get(part).apply(gradient);
      float[] expected = new float[at.length];
      float[] found = new float[at.length];
      for (int i = 0; i < at.length; i++) {
        double value = at[i];
        at[i] = value + STEP;
        double above = loss(values, steps, attuned, weights);
        at[i] = value - STEP;
        double below = loss(values, steps, attuned, weights);
        at[i] = value;
        expected[i] = (float) ((above - below) / (2 * STEP));
        found[i] = (float) actual[i];
      }
      Golden.assertClose(found, expected, 2e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1, false",
    "1, 2, 1, true",
    "19, 4, 2, false",
    "19, 4, 9, true",
    "5, 6, 33, false",
    "33, 2, 40, true"
  })
  void ofDiagonalSpaces(int width, int states, int steps, boolean bilinear) {
    SpaceOptions options = Spaces.options(width, states, false, width, false, bilinear);
    SpaceValues values = new Spaces(options, 4).values();
    float[] weights = weights(steps * width);
    SpaceValues gradient = new DiagonalSpace(values).kernelGradient(weights, steps);
    assertGradient(values, gradient, steps, 0, weights);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1, 2",
    "2, 4, 3, 3",
    "3, 4, 9, 16",
    "2, 6, 12, 12",
    "17, 2, 8, 8",
    "2, 4, 5, 21",
    "1, 4, 64, 64"
  })
  void ofLowRankSpaces(int width, int states, int steps, int points) {
    SpaceOptions options = Spaces.options(width, states, true, width, false, true);
    SpaceValues values = new Spaces(options, 5).values();
    float[] weights = weights(steps * width);
    SpaceValues gradient = new DplrKernel(points, states / 2).gradient(values, weights, steps);
    assertGradient(values, gradient, steps, points, weights);
  }

  @ParameterizedTest
  @CsvSource({"6, 2, true", "6, 6, false", "6, 1, true", "3, 3, true"})
  void ofWhatIsStored(int width, int copies, boolean tied) {
    for (Transform transform : Transform.values()) {
      SpaceOptions options =
          new SpaceOptions(width, 4, true, copies, tied, transform, transform, transform, true);
      Spaces spaces = new Spaces(options, 6);
      SpaceValues weights = new SpaceValues(options);
      SplittableRandom random = new SplittableRandom(1);
      for (Function<SpaceValues, double[]> part : PARTS) {
        double[] of = part.apply(weights);
        for (int i = 0; i < of.length; i++) {
          of[i] = 2 * random.nextDouble() - 1;
        }
      }
      Map<String, float[]> gradients = new HashMap<>();
      spaces.stored.forEach((name, values) -> gradients.put(name, new float[values.length]));
      weights.addTo((name, shape) -> spaces.stored.get(name), (name, shape) -> gradients.get(name));
      spaces.stored.forEach(
          (name, values) -> {
            float[] expected = new float[values.length];
            for (int i = 0; i < values.length; i++) {
              float value = values[i];
              float up = value + 1e-3f;
              float down = value - 1e-3f;
              values[i] = up;
              SpaceValues above = spaces.values();
              values[i] = down;
              SpaceValues below = spaces.values();
              values[i] = value;
              expected[i] = (float) (change(weights, above, below) / ((double) up - down));
            }
            Golden.assertClose(gradients.get(name), expected, 5e-5);
          });
    }
  }

  private static double change(SpaceValues weights, SpaceValues above, SpaceValues below) {
    double sum = 0;
    for (Function<SpaceValues, double[]> part : PARTS) {
      for (int i = 0; i < weights.step.length; i++) {
        sum += part.apply(weights)[i] * (part.apply(above)[i] - part.apply(below)[i]);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Transform.class)
  void slopesAreThoseOfTheValues(Transform transform) {
    for (double x : new double[] {-5, -0.3, 0.2, 1, 3, 19.9, 25}) {
      double slope = (transform.value(x + 1e-6) - transform.value(x - 1e-6)) / 2e-6;
      assertThat(transform.slope(x)).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
    }
  }
}
