package dev.ordo.models.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ordo.models.autograd.CausalAttention.Columns;
import dev.ordo.models.kernel.Attention;
import dev.ordo.models.kernel.Rope;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorsTest {

  private static final double EPSILON = 1e-3;

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 5, 2", "7, 17, 33", "65, 4, 19"})
  void affineMapsOfRows(int rows, int in, int out) {
    FiniteDifferences.check(
        rows,
        (tape, x) -> Affine.ofRows(tape, x[0], x[1], x[2]),
        x -> affine(x[0], x[1], x[2], rows, in, out, true),
        new int[] {rows, in},
        new int[] {out, in},
        new int[] {1, out});
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 5, 2", "7, 17, 33", "65, 4, 19"})
  void affineMapsOfColumns(int rows, int in, int out) {
    FiniteDifferences.check(
        rows,
        (tape, x) -> Affine.ofColumns(tape, x[0], x[1], null),
        x -> affine(x[0], x[1], new double[out], rows, in, out, false),
        new int[] {rows, in},
        new int[] {in, out});
  }

  @Test
  void gradientsOfAllUsesAdd() {
    FiniteDifferences.check(
        3,
        (tape, x) -> {
          Tensor y = Affine.ofRows(tape, x[0], x[1], null);
          return Elementwise.add(
              tape, Affine.ofRows(tape, y, x[1], null), Elementwise.multiply(tape, y, x[0]));
        },
        x -> {
          double[] y = affine(x[0], x[1], new double[4], 2, 4, 4, true);
          double[] sum = affine(y, x[1], new double[4], 2, 4, 4, true);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += y[i] * x[0][i];
          }
          return sum;
        },
        new int[] {2, 4},
        new int[] {4, 4});
  }

  @Test
  void embeddingAddsTheGradientsOfAllUsesOfARow() {
    int[] ids = {2, 0, 2, 1, 2};
    FiniteDifferences.check(
        5,
        (tape, x) -> Embedding.apply(tape, x[0], ids),
        x -> {
          double[] y = new double[ids.length * 3];
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][ids[i / 3] * 3 + i % 3];
          }
          return y;
        },
        new int[] {4, 3});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 37})
  void functions(int width) {
    function(width, Elementwise::silu, v -> v / (1 + Math.exp(-v)));
    function(width, Elementwise::softplus, v -> Math.log1p(Math.exp(v)));
    function(width, Elementwise::relu, v -> Math.max(0, v));
    function(
        width,
        Elementwise::geluTanh,
        v -> v / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))));
    function(width, Elementwise::geluErf, v -> v * normal(v));
    function(width, (tape, x) -> Elementwise.scale(tape, x, -2.5f), v -> -2.5 * v);
  }

  private static void function(
      int width, BiFunction<Tape, Tensor, Tensor> operator, DoubleUnaryOperator oracle) {
    FiniteDifferences.check(
        width,
        (tape, x) -> operator.apply(tape, Elementwise.scale(tape, x[0], 4)),
        x -> {
          double[] y = new double[x[0].length];
          for (int i = 0; i < y.length; i++) {
            y[i] = oracle.applyAsDouble(4 * x[0][i]);
          }
          return y;
        },
        new int[] {2, width});
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "4, 5", "3, 16", "2, 51"})
  void layerNorm(int rows, int d) {
    FiniteDifferences.check(
        d,
        (tape, x) -> Normalise.layer(tape, x[0], x[1], x[2], (float) EPSILON),
        x -> normalised(x[0], x[1], x[2], rows, d, true),
        new int[] {rows, d},
        new int[] {1, d},
        new int[] {1, d});
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 5", "3, 16", "2, 51"})
  void rmsNorm(int rows, int d) {
    FiniteDifferences.check(
        d,
        (tape, x) -> Normalise.rms(tape, x[0], x[1], (float) EPSILON),
        x -> normalised(x[0], x[1], new double[d], rows, d, false),
        new int[] {rows, d},
        new int[] {1, d});
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1, 3", "2, 5, 2, 1, 4", "1, 70, 4, 2, 3", "2, 17, 3, 3, 16"})
  void causalAttention(int batch, int length, int heads, int groups, int width) {
    int columns = (heads + 2 * groups) * width;
    for (Attention.Kind kind : Attention.Kind.values()) {
      FiniteDifferences.check(
          length,
          (tape, x) ->
              CausalAttention.apply(
                  tape,
                  kind,
                  new Columns(x[0], 0),
                  new Columns(x[0], heads * width),
                  new Columns(x[0], (heads + groups) * width),
                  heads,
                  groups,
                  width,
                  batch),
          x -> attention(x[0], batch, length, heads, groups, width),
          new int[] {batch * length, columns});
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 2", "2, 5, 3, 8", "3, 9, 2, 34"})
  void rotation(int batch, int length, int heads, int width) {
    float[] frequencies = new float[width / 2];
    for (int j = 0; j < frequencies.length; j++) {
      frequencies[j] = 1f / (1 + j);
    }
    Rope rope = new Rope(frequencies, length + 2);
    FiniteDifferences.check(
        width,
        (tape, x) -> {
          // A second use: the gradients of both have to add.
          Tensor turned = Rotary.apply(tape, x[0], rope, heads, batch);
          return Elementwise.add(tape, turned, x[0]);
        },
        x -> turned(x[0], frequencies, length, heads),
        new int[] {batch * length, heads * width});
  }

  private static double[] turned(double[] x, float[] frequencies, int length, int heads) {
    int half = frequencies.length;
    double[] y = x.clone();
    for (int i = 0; i < x.length; i++) {
      int j = i % (2 * half);
      double angle = i / (2 * half * heads) % length * (double) frequencies[j % half];
      double other = j < half ? -x[i + half] : x[i - half];
      y[i] += x[i] * Math.cos(angle) + other * Math.sin(angle);
    }
    return y;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 37})
  void gatedUnit(int width) {
    FiniteDifferences.check(
        width,
        (tape, x) -> GatedUnit.apply(tape, Elementwise.scale(tape, x[0], 4), x[1]),
        x -> {
          double[] y = new double[x[0].length];
          for (int i = 0; i < y.length; i++) {
            y[i] = 4 * x[0][i] / (1 + Math.exp(-4 * x[0][i])) * x[1][i];
          }
          return y;
        },
        new int[] {2, width},
        new int[] {2, width});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 45})
  void crossEntropyOfThoseThatCount(int vocabulary) {
    int[] targets = {0, CrossEntropy.IGNORED, vocabulary - 1, vocabulary / 2};
    FiniteDifferences.check(
        vocabulary,
        (tape, x) -> CrossEntropy.apply(tape, Elementwise.scale(tape, x[0], 30), targets),
        x -> {
          double total = 0;
          for (int r = 0; r < targets.length; r++) {
            if (targets[r] != CrossEntropy.IGNORED) {
              double sum = 0;
              for (int v = 0; v < vocabulary; v++) {
                sum +=
                    Math.exp(30 * (x[0][r * vocabulary + v] - x[0][r * vocabulary + targets[r]]));
              }
              total += Math.log(sum);
            }
          }
          return new double[] {total / 3};
        },
        new int[] {4, vocabulary});
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tape tape = new Tape();
    Tensor x = Tensor.constant(new float[6], 2, 3);
    Tensor w = Tensor.constant(new float[8], 2, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Affine.ofRows(tape, x, w, null))
        .withMessageContaining("weight (2 × 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Elementwise.add(tape, x, w))
        .withMessageContaining("2 × 3 and 2 × 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossEntropy.apply(tape, x, new int[] {0, 3}))
        .withMessage("target 1 (3) must be in 0..2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossEntropy.apply(tape, x, new int[] {-1, -1}))
        .withMessageContaining("all ignored");
    assertThatIllegalArgumentException().isThrownBy(() -> tape.backward(x));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GatedUnit.apply(tape, x, w))
        .withMessageContaining("2 × 3 and 2 × 4");
    Rope rope = new Rope(new float[] {1}, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rotary.apply(tape, x, rope, 1, 1))
        .withMessage("x (2 × 3) must have whole sequences (1) of 1 heads of width 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rotary.apply(tape, w, rope, 2, 3))
        .withMessageContaining("sequences (3)");
  }

  @Test
  void aSecondStepOfTheSameSizesTakesNoMemory() {
    Tape tape = new Tape();
    Tensor w = Tensor.parameter(new float[64], 8, 8);
    float[] first = step(tape, w);
    long kept = tape.keptBytes();
    assertThat(step(tape, w)).isSameAs(first);
    assertThat(tape.keptBytes()).isEqualTo(kept).isEqualTo(4L * (8 * 8 + 8 + 1));
  }

  private static float[] step(Tape tape, Tensor w) {
    tape.reset();
    Tensor logits = Affine.ofRows(tape, w, w, null);
    tape.backward(CrossEntropy.apply(tape, logits, new int[8]));
    return logits.value();
  }

  private static double normal(double v) {
    // Simpson's rule over the density.
    int steps = 4000;
    double h = v / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = i * h;
      sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.exp(-t * t / 2);
    }
    return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  private static double[] affine(
      double[] x, double[] w, double[] b, int rows, int in, int out, boolean transposed) {
    double[] y = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        y[r * out + o] = b[o];
        for (int i = 0; i < in; i++) {
          y[r * out + o] += x[r * in + i] * (transposed ? w[o * in + i] : w[i * out + o]);
        }
      }
    }
    return y;
  }

  private static double[] normalised(
      double[] x, double[] gain, double[] bias, int rows, int d, boolean centred) {
    double[] y = new double[rows * d];
    for (int r = 0; r < rows; r++) {
      double mean = 0;
      for (int i = 0; i < d && centred; i++) {
        mean += x[r * d + i] / d;
      }
      double variance = 0;
      for (int i = 0; i < d; i++) {
        variance += Math.pow(x[r * d + i] - mean, 2) / d;
      }
      for (int i = 0; i < d; i++) {
        y[r * d + i] = (x[r * d + i] - mean) / Math.sqrt(variance + EPSILON) * gain[i] + bias[i];
      }
    }
    return y;
  }

  private static double[] attention(
      double[] x, int batch, int length, int heads, int groups, int width) {
    int columns = (heads + 2 * groups) * width;
    double[] y = new double[batch * length * heads * width];
    for (int b = 0; b < batch; b++) {
      for (int h = 0; h < heads; h++) {
        int key = (heads + h / (heads / groups)) * width;
        int value = key + groups * width;
        for (int t = 0; t < length; t++) {
          double[] weights = new double[t + 1];
          double sum = 0;
          for (int s = 0; s <= t; s++) {
            double score = 0;
            for (int i = 0; i < width; i++) {
              score +=
                  x[(b * length + t) * columns + h * width + i]
                      * x[(b * length + s) * columns + key + i];
            }
            weights[s] = Math.exp(score / Math.sqrt(width));
            sum += weights[s];
          }
          for (int s = 0; s <= t; s++) {
            for (int i = 0; i < width; i++) {
              y[((b * length + t) * heads + h) * width + i] +=
                  weights[s] / sum * x[(b * length + s) * columns + value + i];
            }
          }
        }
      }
    }
    return y;
  }
}
