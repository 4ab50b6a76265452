package dev.ordo.models.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinusoidsTest {

  /** As the reference: all angles first, then sines of even columns and cosines of odd ones. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 33})
  void columnsAreInTheOrderOfTheReference(int width) {
    float[] rows = Sinusoids.rows(40, width);
    for (int p = 0; p < 40; p++) {
      int next = p * width;
      for (int j = 0; j < width; j += 2) {
        assertThat(rows[next++]).isCloseTo((float) Math.sin(angle(p, j, width)), within(1e-6f));
      }
      for (int j = 1; j < width; j += 2) {
        assertThat(rows[next++]).isCloseTo((float) Math.cos(angle(p, j, width)), within(1e-6f));
      }
    }
  }

  private static double angle(int position, int column, int width) {
    return position / Math.pow(10000, 2.0 * (column / 2) / width);
  }
}
