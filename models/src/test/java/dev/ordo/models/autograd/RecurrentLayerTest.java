package dev.ordo.models.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recurrent layers against plain loops in double precision and their finite differences. */
class RecurrentLayerTest {

  private final SplittableRandom random = new SplittableRandom(6);

  @ParameterizedTest
  @CsvSource({
    "rnn, 1, 1, 3, 2", "rnn, 1, 9, 4, 19", "rnn, 3, 5, 20, 7", "rnn, 4, 1, 2, 33",
    "lstm, 1, 1, 3, 2", "lstm, 1, 9, 4, 19", "lstm, 3, 5, 20, 7", "lstm, 4, 1, 2, 33",
    "gru, 1, 1, 3, 2", "gru, 1, 9, 4, 19", "gru, 3, 5, 20, 7", "gru, 4, 1, 2, 33"
  })
  void valuesAndGradientsAreThoseOfThePlainLoop(
      String type, int batch, int length, int in, int width) {
    int gates = gates(type) * width;
    int[][] shapes = {{batch * length, in}, {gates, in}, {gates, width}, {1, gates}, {1, gates}};
    FiniteDifferences.check(
        width,
        (tape, x) -> apply(type, tape, x[0], new RecurrentWeights(x[1], x[2], x[3], x[4]), batch),
        x -> plain(type, x, batch, length, in, width),
        shapes);
    double[] none = new double[gates];
    FiniteDifferences.check(
        width,
        (tape, x) -> apply(type, tape, x[0], new RecurrentWeights(x[1], x[2], null, null), batch),
        x -> plain(type, new double[][] {x[0], x[1], x[2], none, none}, batch, length, in, width),
        shapes[0],
        shapes[1],
        shapes[2]);
  }

  @ParameterizedTest
  @CsvSource({"rnn", "lstm", "gru"})
  void gradientsAddUp(String type) {
    int gates = gates(type);
    Tensor x = parameter(6, 5, 1);
    RecurrentWeights weights =
        new RecurrentWeights(
            parameter(gates * 5, 5, 0.4),
            parameter(gates * 5, 5, 0.4),
            parameter(1, gates * 5, 0.4),
            parameter(1, gates * 5, 0.4));
    Tensor[] tensors = {
      x, weights.input(), weights.recurrent(), weights.inputBias(), weights.recurrentBias()
    };
    float[] dy = values(30, 1);
    Tape tape = new Tape();
    tape.backward(apply(type, tape, x, weights, 2), dy);
    float[][] once = Arrays.stream(tensors).map(t -> t.gradient().clone()).toArray(float[][]::new);
    long kept = tape.keptBytes();
    tape.reset();
    tape.backward(apply(type, tape, x, weights, 2), dy);
    assertThat(tape.keptBytes()).isEqualTo(kept);
    for (int i = 0; i < tensors.length; i++) {
      float[] twice = once[i].clone();
      for (int j = 0; j < twice.length; j++) {
        twice[j] *= 2;
      }
      Golden.assertClose(tensors[i].gradient(), twice, 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"rnn", "lstm", "gru"})
  void aConstantInputGetsNoGradient(String type) {
    int gates = gates(type);
    Tensor x = Tensor.constant(values(12, 1), 4, 3);
    RecurrentWeights weights =
        new RecurrentWeights(parameter(gates * 2, 3, 1), parameter(gates * 2, 2, 1), null, null);
    Tape tape = new Tape();
    tape.backward(apply(type, tape, x, weights, 1), values(8, 1));
    assertThat(x.hasGradient()).isFalse();
    assertThat(weights.input().hasGradient()).isTrue();
  }

  @Test
  void rejectsSizesThatDoNotFit() {
    Tensor x = parameter(6, 3, 1);
    RecurrentWeights good =
        new RecurrentWeights(parameter(2, 3, 1), parameter(2, 2, 1), null, null);
    assertThatThrownBy(() -> ElmanLayer.apply(new Tape(), x, good, 4))
        .hasMessage("batch (4) must be positive and divide rows (6)");
    assertThatThrownBy(() -> ElmanLayer.apply(new Tape(), x, good, 0))
        .hasMessage("batch (0) must be positive and divide rows (6)");
    RecurrentWeights wide =
        new RecurrentWeights(parameter(2, 4, 1), parameter(2, 2, 1), null, null);
    assertThatThrownBy(() -> ElmanLayer.apply(new Tape(), x, wide, 1))
        .hasMessage(
            "input (2 × 4), recurrent (2 × 2) and biases must fit 2 gates and rows of 3 values");
    RecurrentWeights biased =
        new RecurrentWeights(
            parameter(2, 3, 1), parameter(2, 2, 1), parameter(1, 3, 1), parameter(1, 2, 1));
    assertThatThrownBy(() -> ElmanLayer.apply(new Tape(), x, biased, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LstmLayer.apply(new Tape(), x, good, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must fit 8 gates");
    assertThatThrownBy(() -> GruLayer.apply(new Tape(), x, good, 1))
        .hasMessageContaining("must fit 6 gates");
  }

  private static int gates(String type) {
    return type.equals("rnn") ? 1 : type.equals("lstm") ? 4 : 3;
  }

  private static Tensor apply(
      String type, Tape tape, Tensor x, RecurrentWeights weights, int batch) {
    return switch (type) {
      case "rnn" -> ElmanLayer.apply(tape, x, weights, batch);
      case "lstm" -> LstmLayer.apply(tape, x, weights, batch);
      default -> GruLayer.apply(tape, x, weights, batch);
    };
  }

  private Tensor parameter(int rows, int columns, double scale) {
    return Tensor.parameter(values(rows * columns, scale), rows, columns);
  }

  private float[] values(int count, double scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (scale * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  /** Returns the hidden states; p holds x, W_ih, W_hh, b_ih, b_hh. */
  private static double[] plain(
      String type, double[][] p, int batch, int length, int in, int width) {
    int gates = gates(type) * width;
    double[] y = new double[batch * length * width];
    for (int b = 0; b < batch; b++) {
      double[] h = new double[width];
      double[] c = new double[width];
      for (int t = 0; t < length; t++) {
        double[] u = new double[gates];
        double[] v = new double[gates];
        for (int g = 0; g < gates; g++) {
          u[g] = p[3][g];
          v[g] = p[4][g];
          for (int i = 0; i < in; i++) {
            u[g] += p[1][g * in + i] * p[0][(b * length + t) * in + i];
          }
          for (int i = 0; i < width; i++) {
            v[g] += p[2][g * width + i] * h[i];
          }
        }
        for (int j = 0; j < width; j++) {
          int two = 2 * width + j;
          switch (type) {
            case "rnn" -> h[j] = Math.tanh(u[j] + v[j]);
            case "lstm" -> {
              c[j] =
                  sigmoid(u[width + j] + v[width + j]) * c[j]
                      + sigmoid(u[j] + v[j]) * Math.tanh(u[two] + v[two]);
              h[j] = sigmoid(u[3 * width + j] + v[3 * width + j]) * Math.tanh(c[j]);
            }
            default -> {
              double n = Math.tanh(u[two] + sigmoid(u[j] + v[j]) * v[two]);
              double z = sigmoid(u[width + j] + v[width + j]);
              h[j] = (1 - z) * n + z * h[j];
            }
          }
          y[(b * length + t) * width + j] = h[j];
        }
      }
    }
    return y;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
