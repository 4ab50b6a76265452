package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import dev.ordo.models.kernel.Attention.Kind;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionTest {

  private final SplittableRandom random = new SplittableRandom(9);

  static Stream<Arguments> kindsAndSizes() {
    int[][] sizes = {
      {1, 1, 1},
      {2, 2, 3},
      {4, 4, 8},
      {2, 2, 15},
      {2, 1, 16},
      {2, 2, 17},
      {1, 1, 32},
      {3, 1, 33},
      {6, 2, 24},
      {1, 1, 64},
      {8, 2, 5},
      {2, 2, 100}
    };
    return Arrays.stream(Kind.values())
        .flatMap(kind -> Arrays.stream(sizes).map(s -> Arguments.of(kind, s[0], s[1], s[2])));
  }

  @ParameterizedTest
  @MethodSource("kindsAndSizes")
  void equalsThePlainLoopsAtEveryLength(Kind kind, int heads, int groups, int headWidth) {
    int d = heads * headWidth;
    int kv = groups * headWidth;
    int stride = d + 2 * kv;
    int longest = 3 * Gemm.PANEL + 1;
    float[] qkv = Oracle.random(random, longest * stride);
    float[] expected = plain(qkv, longest, heads, groups, headWidth);
    for (int length = 1; length <= longest; length++) {
      Attention attention = new Attention(kind, heads, groups, headWidth, length);
      KeyValues kept = attention.keyValues();
      attention.store(kept, 0, length, qkv, d, d + kv, stride);
      float[] y = new float[length * d];
      attention.apply(kept, 0, length, qkv, 0, stride, y, 0, d);
      Oracle.assertNear(y, Arrays.copyOf(expected, length * d), 1e-5f);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void equalsThePlainLoopsOverManyTilesFromAnyPosition(Kind kind) {
    int d = 4 * 8;
    int kv = 2 * 8;
    int length = 2 * Tiles.KEYS + Tiles.QUERIES + 5;
    float[] qkv = Oracle.random(random, length * (d + 2 * kv));
    // Large and growing scores: the running maximum has to move in every tile.
    for (int i = 0; i < qkv.length; i++) {
      qkv[i] *= 1 + 2f * i / qkv.length;
    }
    float[] expected = plain(qkv, length, 4, 2, 8);
    Attention attention = new Attention(kind, 4, 2, 8, length);
    KeyValues kept = attention.keyValues();
    attention.store(kept, 0, length, qkv, d, d + kv, d + 2 * kv);
    for (int position : new int[] {0, 1, 63, Tiles.KEYS - 1, Tiles.KEYS, length - 1}) {
      float[] y = new float[(length - position) * d];
      for (int row = position; row < length; row++) {
        System.arraycopy(qkv, row * (d + 2 * kv), y, (row - position) * d, d);
      }
      attention.apply(kept, position, length - position, y, 0, d, y, 0, d);
      float[] rest = Arrays.copyOfRange(expected, position * d, length * d);
      Oracle.assertNear(y, rest, 3e-5f);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theWeightsOfAHeadMixItsValues(Kind kind) {
    int length = Tiles.KEYS + 40;
    int heads = 4;
    int w = 3;
    int stride = (heads + 2 * 2) * w;
    float[] qkv = Oracle.random(random, length * stride);
    Attention attention = new Attention(kind, heads, 2, w, length);
    KeyValues kept = attention.keyValues();
    attention.store(kept, 0, length, qkv, heads * w, (heads + 2) * w, stride);
    float[] y = new float[length * heads * w];
    attention.apply(kept, 0, length, qkv, 0, stride, y, 0, heads * w);
    int position = 7;
    int rows = length - position;
    for (int h = 0; h < heads; h++) {
      float[] weights = attention.weights(kept, h, position, rows, qkv, position * stride, stride);
      assertThat(weights).hasSize(rows * length);
      for (int r = 0; r < rows; r++) {
        double sum = 0;
        double[] mixed = new double[w];
        for (int k = 0; k < length; k++) {
          float weight = weights[r * length + k];
          assertThat(weight > 0).isEqualTo(k <= position + r);
          sum += weight;
          for (int j = 0; j < w; j++) {
            mixed[j] += weight * qkv[k * stride + (heads + 2 + h / 2) * w + j];
          }
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        for (int j = 0; j < w; j++) {
          float actual = y[(position + r) * heads * w + h * w + j];
          assertThat((double) actual).isCloseTo(mixed[j], within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FULL_MATRIX,2", "FULL_MATRIX,1", "TILED,6", "TILED,3", "TILED,2", "TILED,1"})
  void oneAtATimeEqualsAllAtOnceAndForgetsWhatWasOverwritten(Kind kind, int groups) {
    int d = 6 * 24;
    int kv = groups * 24;
    int stride = d + 2 * kv;
    int length = Tiles.KEYS + 3 * Gemm.PANEL + 1;
    float[] qkv = Oracle.random(random, length * stride);
    float[] expected = plain(qkv, length, 6, groups, 24);
    Attention attention = new Attention(kind, 6, groups, 24, length);
    KeyValues kept = attention.keyValues();
    attention.store(kept, 0, length, Oracle.random(random, qkv.length), d, d + kv, stride);
    float[] y = new float[length * d];
    for (int p = 0; p < length; p++) {
      int row = p * stride;
      attention.store(kept, p, 1, qkv, row + d, row + d + kv, stride);
      attention.apply(kept, p, 1, qkv, row, stride, y, p * d, d);
    }
    Oracle.assertNear(y, expected, 1e-5f);
  }

  @Tag(Allocation.TAG)
  @ParameterizedTest
  @EnumSource(Kind.class)
  void allocatesNothing(Kind kind) {
    Attention attention = new Attention(kind, 2, 2, 24, 100);
    KeyValues kept = attention.keyValues();
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
    Attention attention = new Attention(Kind.TILED, 1, 1, 8, 10);
    KeyValues kept = attention.keyValues();
    assertThatThrownBy(() -> attention.store(kept, 8, 3, new float[99], 0, 0, 8))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("positions 8..10 must be in 0..9");
    assertThatThrownBy(() -> attention.apply(kept, -1, 1, new float[9], 0, 8, new float[9], 0, 8))
        .hasMessage("positions -1..-1 must be in 0..9");
  }

  @Test
  void rejectsSizesThatDoNotFit() {
    assertThatThrownBy(() -> new Attention(Kind.TILED, 0, 1, 8, 10))
        .hasMessageContaining("heads (0)");
    assertThatThrownBy(() -> new Attention(Kind.TILED, 1 << 10, 1 << 10, 1 << 10, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity (1048576) must be smaller");
    new Attention(Kind.TILED, 1, 1, 1, 50_000);
    assertThatThrownBy(() -> new Attention(Kind.FULL_MATRIX, 1, 1, 1, 50_000))
        .hasMessageContaining("capacity (50000) must be smaller");
    assertThatThrownBy(() -> new Attention(Kind.TILED, 4, 3, 8, 10))
        .hasMessage("keyValueHeads (3) must divide heads (4)");
  }

  @Test
  void rejectsAHeadThatThereIsNot() {
    Attention attention = new Attention(Kind.TILED, 2, 2, 8, 4);
    assertThatThrownBy(
            () -> attention.weights(attention.keyValues(), 2, 0, 1, new float[16], 0, 16))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("head (2) must be in 0..1");
  }

  /** Rows of {@code qkv} are queries of all heads, then keys, then values of all groups. */
  private static float[] plain(float[] qkv, int length, int heads, int groups, int headWidth) {
    int d = heads * headWidth;
    int stride = (heads + 2 * groups) * headWidth;
    double[] y = new double[length * d];
    for (int h = 0; h < heads; h++) {
      int key = d + h / (heads / groups) * headWidth;
      int value = key + groups * headWidth;
      for (int i = 0; i < length; i++) {
        double[] weights = new double[i + 1];
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k <= i; k++) {
          for (int j = 0; j < headWidth; j++) {
            weights[k] += (double) qkv[i * stride + h * headWidth + j] * qkv[k * stride + key + j];
          }
          weights[k] /= Math.sqrt(headWidth);
          max = Math.max(max, weights[k]);
        }
        double sum = 0;
        for (int k = 0; k <= i; k++) {
          weights[k] = Math.exp(weights[k] - max);
          sum += weights[k];
        }
        for (int k = 0; k <= i; k++) {
          for (int j = 0; j < headWidth; j++) {
            y[i * d + h * headWidth + j] += weights[k] / sum * qkv[k * stride + value + j];
          }
        }
      }
    }
    return Oracle.floats(y);
  }
}
