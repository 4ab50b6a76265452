package dev.ordo.models.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.autograd.CausalAttention.Columns;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossAttentionTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, 1, false",
    "1, 2, 3, 1, 2, 0.5, false",
    "2, 7, 5, 2, 3, 0.7, false",
    "1, 5, 16, 2, 4, 1, false",
    "1, 17, 3, 3, 1, 1, false",
    "1, 70, 33, 1, 2, 1, false",
    "1, 33, 70, 1, 2, 1, false",
    "1, 1, 1, 1, 1, 1, true",
    "2, 9, 9, 2, 3, 0.7, true",
    "1, 49, 49, 1, 2, 1, true",
    "1, 70, 70, 1, 2, 1, true"
  })
  void gradientsEqualFiniteDifferences(
      int batch, int queries, int keys, int heads, int width, float scale, boolean causal) {
    int d = heads * width;
    int reach = Math.max(queries, keys) + 1;
    CrossAttention.Form form = new CrossAttention.Form(heads, width, scale, causal);
    int[] q = {batch * queries, d};
    int[] kv = {batch * keys, 2 * d + 1};
    FiniteDifferences.check(
        queries,
        (tape, x) ->
            CrossAttention.apply(
                tape,
                form,
                new Columns(x[0], 0),
                new Columns(x[1], 0),
                new Columns(x[1], d + 1),
                batch,
                x[2]),
        x -> plain(form, x[0], x[1], x[2], batch, queries, keys, reach),
        q,
        kv,
        new int[] {heads, 2 * reach - 1});
    FiniteDifferences.check(
        queries,
        (tape, x) ->
            CrossAttention.apply(
                tape,
                form,
                new Columns(x[0], 0),
                new Columns(x[1], 0),
                new Columns(x[1], d + 1),
                batch,
                null),
        x -> plain(form, x[0], x[1], null, batch, queries, keys, reach),
        q,
        kv);
  }

  private static double[] plain(
      CrossAttention.Form form,
      double[] q,
      double[] kv,
      double[] bias,
      int batch,
      int queries,
      int keys,
      int reach) {
    int w = form.width();
    int d = form.heads() * w;
    double[] y = new double[batch * queries * d];
    for (int b = 0; b < batch; b++) {
      for (int h = 0; h < form.heads(); h++) {
        for (int i = 0; i < queries; i++) {
          int row = (b * queries + i) * d + h * w;
          double[] weights = new double[form.causal() ? i + 1 : keys];
          for (int k = 0; k < weights.length; k++) {
            double score = bias == null ? 0 : bias[h * (2 * reach - 1) + reach - 1 + k - i];
            for (int j = 0; j < w; j++) {
              score += q[row + j] * kv[(b * keys + k) * (2 * d + 1) + h * w + j];
            }
            weights[k] = Math.exp(form.scale() * score);
          }
          double sum = Arrays.stream(weights).sum();
          for (int k = 0; k < weights.length; k++) {
            for (int j = 0; j < w; j++) {
              y[row + j] += weights[k] / sum * kv[(b * keys + k) * (2 * d + 1) + d + 1 + h * w + j];
            }
          }
        }
      }
    }
    return y;
  }

  @Test
  void bucketsAddTheGradientsOfTheirDistances() {
    int[] buckets = {3, 1, 0, 0, 3};
    FiniteDifferences.check(
        4,
        (tape, x) -> BucketBias.apply(tape, x[0], buckets),
        x -> {
          double[] y = new double[2 * 5];
          for (int i = 0; i < y.length; i++) {
            y[i] = x[0][buckets[i % 5] * 2 + i / 5];
          }
          return y;
        },
        new int[] {4, 2});
  }

  @Test
  void aFrozenRowOfATableLearnsNothing() {
    Tensor table = Tensor.parameter(new float[] {1, 2, 3}, 3, 1);
    Tape tape = new Tape();
    Tensor y = Embedding.apply(tape, table, new int[] {2, 0, 2, 1, 1}, 1);
    assertThat(y.value()).containsExactly(3, 1, 3, 2, 2);
    tape.backward(y, new float[] {1, 2, 3, 4, 5});
    assertThat(table.gradient()).containsExactly(2, 0, 4);
  }

  @Test
  void rejectsWhatDoesNotFit() {
    Tape tape = new Tape();
    CrossAttention.Form form = new CrossAttention.Form(2, 3, 1, false);
    Columns q = new Columns(Tensor.constant(new float[4 * 6], 4, 6), 0);
    Columns k = new Columns(Tensor.constant(new float[6 * 6], 6, 6), 0);
    assertThatThrownBy(() -> CrossAttention.apply(tape, form, q, k, k, 4, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch (4) must divide the rows of queries (4) and keys (6)");
    assertThatThrownBy(() -> CrossAttention.apply(tape, form, q, k, q, 2, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must lie within 6 rows");
    Tensor bias = Tensor.constant(new float[6], 2, 3);
    assertThatThrownBy(() -> CrossAttention.apply(tape, form, q, k, k, 2, bias))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bias (2 × 3) must have 2 rows, each an odd number of 5 values or more");
  }
}
