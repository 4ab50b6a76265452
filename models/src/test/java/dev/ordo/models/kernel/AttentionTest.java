package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {

  private final SplittableRandom random = new SplittableRandom(9);

  @ParameterizedTest
  @CsvSource({"1,1", "2,3", "4,8", "2,15", "2,16", "2,17", "1,32", "3,33", "1,64", "2,100"})
  void equalsThePlainLoopsAtEveryLength(int heads, int headWidth) {
    int d = heads * headWidth;
    int longest = 3 * Gemm.PANEL + 1;
    float[] qkv = Oracle.random(random, longest * 3 * d);
    float[] expected = plain(qkv, longest, heads, headWidth);
    for (int length = 1; length <= longest; length++) {
      Attention attention = new Attention(heads, headWidth, length);
      Attention.KeyValues kept = attention.keyValues();
      attention.store(kept, 0, length, qkv, d, 2 * d, 3 * d);
      float[] y = new float[length * d];
      attention.apply(kept, 0, length, qkv, 0, 3 * d, y, 0, d);
      assertThat(y).containsExactly(Arrays.copyOf(expected, length * d), within(1e-5f));
    }
  }

  @Test
  void oneAtATimeEqualsAllAtOnceAndForgetsWhatWasOverwritten() {
    int heads = 2;
    int d = 2 * 24;
    int length = 3 * Gemm.PANEL + 1;
    float[] qkv = Oracle.random(random, length * 3 * d);
    float[] expected = plain(qkv, length, heads, 24);
    Attention attention = new Attention(heads, 24, length);
    Attention.KeyValues kept = attention.keyValues();
    attention.store(kept, 0, length, Oracle.random(random, qkv.length), d, 2 * d, 3 * d);
    float[] y = new float[length * d];
    for (int p = 0; p < length; p++) {
      int row = p * 3 * d;
      attention.store(kept, p, 1, qkv, row + d, row + 2 * d, 3 * d);
      attention.apply(kept, p, 1, qkv, row, 3 * d, y, p * d, d);
    }
    assertThat(y).containsExactly(expected, within(1e-5f));
  }

  @Test
  void allocatesNothing() {
    Attention attention = new Attention(2, 24, 100);
    Attention.KeyValues kept = attention.keyValues();
    float[] qkv = Oracle.random(random, 100 * 144);
    float[] y = new float[100 * 48];
    Runnable all =
        () -> {
          attention.store(kept, 0, 100, qkv, 48, 96, 144);
          attention.apply(kept, 0, 100, qkv, 0, 144, y, 0, 48);
        };
    assertThat(Allocation.bytesPerCall(all)).isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> attention.apply(kept, 90, 1, qkv, 0, 144, y, 0, 48)))
        .isLessThan(100);
  }

  @Test
  void rejectsPositionsThatDoNotFit() {
    Attention attention = new Attention(1, 8, 10);
    Attention.KeyValues kept = attention.keyValues();
    assertThatThrownBy(() -> attention.store(kept, 8, 3, new float[99], 0, 0, 8))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("positions 8..10 must be in 0..9");
    assertThatThrownBy(() -> attention.apply(kept, -1, 1, new float[9], 0, 8, new float[9], 0, 8))
        .hasMessage("positions -1..-1 must be in 0..9");
  }

  @Test
  void rejectsSizesThatDoNotFit() {
    assertThatThrownBy(() -> new Attention(0, 8, 10)).hasMessageContaining("heads (0)");
    assertThatThrownBy(() -> new Attention(1 << 10, 1 << 10, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity (1048576) must be smaller");
  }

  private static float[] plain(float[] qkv, int length, int heads, int headWidth) {
    int d = heads * headWidth;
    double[] y = new double[length * d];
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < length; i++) {
        double[] weights = new double[i + 1];
        double sum = 0;
        for (int k = 0; k <= i; k++) {
          double score = 0;
          for (int j = 0; j < headWidth; j++) {
            int column = h * headWidth + j;
            score += (double) qkv[i * 3 * d + column] * qkv[k * 3 * d + d + column];
          }
          weights[k] = Math.exp(score / Math.sqrt(headWidth));
          sum += weights[k];
        }
        for (int k = 0; k <= i; k++) {
          for (int j = 0; j < headWidth; j++) {
            int column = h * headWidth + j;
            y[i * d + column] += weights[k] / sum * qkv[k * 3 * d + 2 * d + column];
          }
        }
      }
    }
    return Oracle.floats(y);
  }
}
