package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("vectors")
class CeilingsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1000})
  void multiplyAddDoesAsManyStepsAsItSays(int steps) {
    double expected = 0;
    int chains = Ceilings.flopsPerStep() / 2 / Ceilings.lanes();
    for (int chain = 0; chain < chains; chain++) {
      double x = 0.5 + chain;
      for (int step = 0; step < steps; step++) {
        x = x * 0.999 + 0.001;
      }
      expected += Ceilings.lanes() * x;
    }
    assertThat((double) Ceilings.multiplyAdd(steps, 0.5f))
        .isCloseTo(expected, within(1e-4 * expected));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 63, 64, 65, 193})
  void sumReadsEveryElement(int length) {
    float[] a = new float[length];
    double expected = 0;
    for (int i = 0; i < length; i++) {
      a[i] = i % 7 - 2;
      expected += a[i];
    }
    assertThat((double) Ceilings.sum(a)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 49})
  void triadWritesEveryElement(int length) {
    float[] a = new float[length];
    float[] b = new float[length];
    float[] c = new float[length];
    float[] expected = new float[length];
    for (int i = 0; i < length; i++) {
      b[i] = i;
      c[i] = 2 - i;
      expected[i] = i + 3f * (2 - i);
    }
    Ceilings.triad(a, b, c, 3);
    assertThat(a).containsExactly(expected);
  }
}
