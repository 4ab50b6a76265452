package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import dev.ordo.models.Golden;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FftTest {

  /** Beside the largest value; rounding errors grow as log n. */
  private static final double TOLERANCE = 1e-6;

  private final SplittableRandom random = new SplittableRandom(9);
  private final Fft fft = new Fft(4096);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048})
  void equalsThePlainSumInEveryColumn(int n) {
    float[] re = Oracle.random(random, n * Fft.COLUMNS);
    float[] im = Oracle.random(random, n * Fft.COLUMNS);
    float[] expectedRe = new float[re.length];
    float[] expectedIm = new float[re.length];
    for (int column = 0; column < Fft.COLUMNS; column++) {
      for (int r = 0; r < n; r++) {
        int k = n == 1 ? 0 : Integer.reverse(r) >>> (32 - Integer.numberOfTrailingZeros(n));
        double sumRe = 0;
        double sumIm = 0;
        for (int j = 0; j < n; j++) {
          double angle = -2 * Math.PI * ((long) j * k % n) / n;
          double xr = re[j * Fft.COLUMNS + column];
          double xi = im[j * Fft.COLUMNS + column];
          sumRe += xr * Math.cos(angle) - xi * Math.sin(angle);
          sumIm += xr * Math.sin(angle) + xi * Math.cos(angle);
        }
        expectedRe[r * Fft.COLUMNS + column] = (float) sumRe;
        expectedIm[r * Fft.COLUMNS + column] = (float) sumIm;
      }
    }
    fft.forward(re, im, n);
    Golden.assertClose(re, expectedRe, TOLERANCE);
    Golden.assertClose(im, expectedIm, TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096})
  void inverseUndoesForwardTimesTheLength(int n) {
    float[] re = Oracle.random(random, n * Fft.COLUMNS);
    float[] im = Oracle.random(random, n * Fft.COLUMNS);
    float[] expectedRe = re.clone();
    float[] expectedIm = im.clone();
    fft.forward(re, im, n);
    fft.inverse(re, im, n);
    for (int i = 0; i < re.length; i++) {
      re[i] /= n;
      im[i] /= n;
    }
    Golden.assertClose(re, expectedRe, TOLERANCE);
    Golden.assertClose(im, expectedIm, TOLERANCE);
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    float[] re = new float[1024 * Fft.COLUMNS];
    float[] im = new float[1024 * Fft.COLUMNS];
    assertThat(
            Allocation.bytesPerCall(
                () -> {
                  fft.forward(re, im, 1024);
                  fft.inverse(re, im, 1024);
                }))
        .isLessThan(100);
  }

  @Test
  void countsTheOperationsOfItsPasses() {
    assertThat(Operations.fft(1)).isZero();
    // Two complex additions.
    assertThat(Operations.fft(2)).isEqualTo(4);
    // Eight complex additions.
    assertThat(Operations.fft(4)).isEqualTo(16);
    // Two butterflies with their products, then four transforms of two points.
    assertThat(Operations.fft(8)).isEqualTo(2 * 34 + 4 * 4);
    assertThat(Operations.fft(16)).isEqualTo(4 * 34 + 4 * 16);
  }

  @Test
  void rejectsLengthsThatAreNotPowersOfTwoOrTooLong() {
    float[] x = new float[16 * Fft.COLUMNS];
    assertThatThrownBy(() -> new Fft(12)).hasMessage("longest (12) must be a power of two");
    assertThatThrownBy(() -> new Fft(0)).hasMessage("longest (0) must be a power of two");
    assertThatThrownBy(() -> fft.forward(x, x, 3)).hasMessage("n (3) must be a power of two");
    assertThatThrownBy(() -> new Fft(4).inverse(x, x, 8)).hasMessage("n (8) must be at most 4");
  }
}
