package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BiasedAttentionTest {

  private static final int REACH = 3 * Gemm.PANEL + 2;

  private final SplittableRandom random = new SplittableRandom(9);

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,3,0.5", "4,8,1", "2,15,0.2", "2,16,1", "2,17,1", "1,33,0.1", "2,100,0.1"})
  void equalsThePlainLoopsAtEveryLength(int heads, int headWidth, float scale) {
    int d = heads * headWidth;
    int longest = REACH - 1;
    float[] q = Oracle.random(random, longest * d);
    float[] kv = Oracle.random(random, longest * 2 * d);
    float[] table = Oracle.random(random, heads * (2 * REACH - 1));
    DistanceBias bias = new DistanceBias(heads, REACH, table);
    for (int keys = 1; keys <= longest; keys++) {
      BiasedAttention attention = new BiasedAttention(heads, headWidth, keys, scale);
      KeyValues kept = attention.keyValues();
      attention.store(kept, 0, keys, kv, 0, d, 2 * d);
      for (boolean biased : new boolean[] {false, true}) {
        float[] y = new float[longest * d];
        attention.all(kept, keys, biased ? bias : null, 0, longest, q, 0, d, y, 0, d);
        float[] expected =
            plain(q, longest, kv, keys, heads, headWidth, scale, biased ? table : null, false);
        Oracle.assertNear(y, expected, 2e-5f);
        float[] causal = new float[keys * d];
        attention.causal(kept, biased ? bias : null, 0, keys, q, 0, d, causal, 0, d);
        float[] expectedCausal =
            plain(q, keys, kv, keys, heads, headWidth, scale, biased ? table : null, true);
        Oracle.assertNear(causal, expectedCausal, 2e-5f);
      }
    }
  }

  @Test
  void oneAtATimeEqualsAllAtOnceAndForgetsWhatWasOverwritten() {
    int d = 2 * 24;
    int length = REACH - 1;
    float[] q = Oracle.random(random, length * d);
    float[] kv = Oracle.random(random, length * 2 * d);
    float[] table = Oracle.random(random, 2 * (2 * REACH - 1));
    DistanceBias bias = new DistanceBias(2, REACH, table);
    BiasedAttention attention = new BiasedAttention(2, 24, length, 0.3f);
    KeyValues kept = attention.keyValues();
    attention.store(kept, 0, length, Oracle.random(random, kv.length), 0, d, 2 * d);
    float[] y = new float[length * d];
    for (int p = 0; p < length; p++) {
      attention.store(kept, p, 1, kv, p * 2 * d, p * 2 * d + d, 2 * d);
      attention.causal(kept, bias, p, 1, q, p * d, d, y, p * d, d);
    }
    Oracle.assertNear(y, plain(q, length, kv, length, 2, 24, 0.3f, table, true), 2e-5f);
  }

  @Tag(Allocation.TAG)
  @Test
  void tellsTheWeightsWithWhichItMixes() {
    int d = 2 * 24;
    float[] q = Oracle.random(random, d);
    float[] kv = Oracle.random(random, REACH * 2 * d);
    float[] table = Oracle.random(random, 2 * (2 * REACH - 1));
    DistanceBias bias = new DistanceBias(2, REACH, table);
    BiasedAttention attention = new BiasedAttention(2, 24, REACH, 0.3f);
    KeyValues kept = attention.keyValues();
    attention.store(kept, 0, REACH, kv, 0, d, 2 * d);
    for (int keys = 1; keys <= REACH; keys++) {
      for (DistanceBias biased : new DistanceBias[] {null, bias}) {
        float[] y = new float[d];
        attention.all(kept, keys, biased, 3, 1, q, 0, d, y, 0, d);
        float[] weights = new float[2 * keys + 1];
        attention.weights(kept, 0, keys, biased, 3, q, 0, weights, 1);
        attention.weights(kept, 1, keys, biased, 3, q, 0, weights, 1 + keys);
        assertThat(weights[0]).isZero();
        double[] mixed = new double[d];
        for (int j = 0; j < d; j++) {
          for (int k = 0; k < keys; k++) {
            mixed[j] += (double) weights[1 + j / 24 * keys + k] * kv[k * 2 * d + d + j];
          }
        }
        Oracle.assertNear(Oracle.floats(mixed), y, 2e-5f);
      }
    }
    float[] weights = new float[REACH];
    assertThatThrownBy(() -> attention.weights(kept, 2, 1, null, 0, q, 0, weights, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> attention.weights(kept, 0, REACH + 1, null, 0, q, 0, weights, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> attention.weights(kept, 0, 1, bias, REACH, q, 0, weights, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void allocatesNothing() {
    BiasedAttention attention = new BiasedAttention(2, 24, 100, 1);
    DistanceBias bias = new DistanceBias(2, 100, new float[2 * 199]);
    KeyValues kept = attention.keyValues();
    float[] qkv = Oracle.random(random, 100 * 144);
    float[] y = new float[100 * 48];
    Runnable call =
        () -> {
          attention.store(kept, 0, 100, qkv, 48, 96, 144);
          attention.all(kept, 100, bias, 0, 100, qkv, 0, 144, y, 0, 48);
          attention.causal(kept, null, 90, 1, qkv, 0, 144, y, 0, 48);
        };
    assertThat(Allocation.bytesPerCall(call)).isLessThan(100);
  }

  @Test
  void rejectsPositionsThatDoNotFit() {
    BiasedAttention attention = new BiasedAttention(1, 8, 10, 1);
    KeyValues kept = attention.keyValues();
    DistanceBias bias = new DistanceBias(1, 9, new float[17]);
    float[] x = new float[99];
    assertThatThrownBy(() -> attention.store(kept, 8, 3, x, 0, 0, 8))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("positions 8..10 must be in 0..9");
    assertThatThrownBy(() -> attention.all(kept, 11, null, 0, 1, x, 0, 8, x, 0, 8))
        .hasMessage("positions 0..10 must be in 0..9");
    assertThatThrownBy(() -> attention.causal(kept, null, -1, 1, x, 0, 8, x, 0, 8))
        .hasMessage("positions -1..-1 must be in 0..9");
    assertThatThrownBy(() -> attention.causal(kept, bias, 9, 1, x, 0, 8, x, 0, 8))
        .hasMessage("positions 0..9 must be in 0..8");
  }

  @Test
  void rejectsSizesThatDoNotFit() {
    assertThatThrownBy(() -> new BiasedAttention(0, 8, 10, 1)).hasMessageContaining("heads (0)");
    assertThatThrownBy(() -> new BiasedAttention(1, 8, 10, Float.NaN))
        .hasMessageContaining("scale (NaN) must be positive");
    assertThatThrownBy(() -> new BiasedAttention(1 << 10, 1 << 10, 1 << 20, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity (1048576) must be smaller");
    assertThatThrownBy(() -> new DistanceBias(2, 3, new float[9]))
        .hasMessage("table (9 values) must have heads × (2·reach − 1) = 10");
    assertThatThrownBy(() -> new DistanceBias(2, 0, new float[9]))
        .hasMessageContaining("reach (0) must be positive");
  }

  private static float[] plain(
      float[] q,
      int rows,
      float[] kv,
      int keys,
      int heads,
      int headWidth,
      float scale,
      float[] table,
      boolean causal) {
    int d = heads * headWidth;
    double[] y = new double[rows * d];
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < rows; i++) {
        double[] weights = new double[causal ? i + 1 : keys];
        for (int k = 0; k < weights.length; k++) {
          double score = table == null ? 0 : table[h * (2 * REACH - 1) + REACH - 1 + k - i];
          for (int j = h * headWidth; j < (h + 1) * headWidth; j++) {
            score += (double) q[i * d + j] * kv[k * 2 * d + j];
          }
          weights[k] = Math.exp(score * scale);
        }
        double sum = Arrays.stream(weights).sum();
        for (int k = 0; k < weights.length; k++) {
          for (int j = h * headWidth; j < (h + 1) * headWidth; j++) {
            y[i * d + j] += weights[k] / sum * kv[k * 2 * d + d + j];
          }
        }
      }
    }
    return Oracle.floats(y);
  }
}
