package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import dev.ordo.models.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SsdTest {

  private final SplittableRandom random = new SplittableRandom(5);

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 3 * Lanes.COUNT + 1);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void equalsThePlainLoopAtEveryHeadWidth(int width) {
    if (width > 0) {
      check(2, width, 1, 6, 8, 11);
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void equalsThePlainLoopAtEveryNumberOfSteps(int steps) {
    check(2, 5, 2, 4, 64, steps);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 1, 5",
    "4, 2, 18, 3, 17",
    "6, 3, 16, 37, 100",
    "8, 8, 2, 33, 65",
    "4, 1, 70, 64, 130",
    "3, 1, 300, 64, 70"
  })
  void equalsThePlainLoopAtEverySize(int heads, int groups, int states, int chunk, int steps) {
    check(heads, 9, groups, states, chunk, steps);
  }

  private void check(int heads, int width, int groups, int states, int chunk, int steps) {
    float[] logA = Oracle.random(random, heads);
    float[] skip = Oracle.random(random, heads);
    int inner = heads * width;
    int row = inner + 2 * groups * states;
    float[] xbc = Oracle.random(random, steps * row);
    float[] dt = Oracle.random(random, steps * heads);
    for (int i = 0; i < dt.length; i++) {
      dt[i] = Math.abs(dt[i]) * (i % 7 == 0 ? 20 : i % 3 == 0 ? 1 : 0.03f);
    }

    double[] state = new double[inner * states];
    double[] expected = new double[steps * inner];
    for (int t = 0; t < steps; t++) {
      for (int c = 0; c < inner; c++) {
        int h = c / width;
        double step = dt[t * heads + h];
        double a = Math.exp(-Math.exp(logA[h]) * step);
        double x = xbc[t * row + c];
        double sum = skip[h] * x;
        for (int n = 0; n < states; n++) {
          int b = t * row + inner + h / (heads / groups) * states + n;
          int i = c * states + n;
          state[i] = a * state[i] + step * x * xbc[b];
          sum += state[i] * xbc[b + groups * states];
        }
        expected[t * inner + c] = sum;
      }
    }

    Ssd ssd = new Ssd(logA, skip, width, groups, states, chunk);
    Ssd.Workspace work = ssd.workspace();
    float[] whole = new float[steps * inner];
    float[] to = new float[ssd.stateSize()];
    ssd.apply(xbc, dt, steps, whole, to, to, work);
    Golden.assertClose(whole, Oracle.floats(expected), 5e-6);

    // The first half at once into a fresh state, the rest by the recurrence.
    int half = steps / 2;
    float[] mixed = new float[steps * inner];
    float[] from = new float[ssd.stateSize()];
    float[] next = new float[ssd.stateSize()];
    if (half > 0) {
      ssd.apply(xbc, dt, half, mixed, from, next, work);
      assertThat(from).containsOnly(0);
      from = next;
    }
    for (int t = half; t < steps; t++) {
      float[] before = from.clone();
      next = new float[from.length];
      float[] y = new float[inner];
      ssd.step(
          Arrays.copyOfRange(xbc, t * row, (t + 1) * row),
          Arrays.copyOfRange(dt, t * heads, (t + 1) * heads),
          y,
          from,
          next,
          work);
      assertThat(from).isEqualTo(before);
      System.arraycopy(y, 0, mixed, t * inner, inner);
      from = next;
    }
    Golden.assertClose(mixed, Oracle.floats(expected), 5e-6);
    Golden.assertClose(from, to, 5e-6);
  }

  @Test
  void anEndlessStepForgetsTheStateAndStaysFinite() {
    Ssd ssd = new Ssd(new float[1], new float[1], 3, 1, 2, 4);
    float[] state = new float[ssd.stateSize()];
    Arrays.fill(state, 1e30f);
    float[] xbc = {0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1};
    float[] y = new float[6];
    ssd.apply(xbc, new float[] {1e20f, 1e20f}, 2, y, state, state, ssd.workspace());
    assertThat(y).containsOnly(0);
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    Ssd ssd = new Ssd(new float[2], new float[2], 2 * Lanes.COUNT, 1, 16, 16);
    int row = 4 * Lanes.COUNT + 32;
    float[] xbc = Oracle.random(random, 40 * row);
    float[] dt = new float[80];
    float[] y = new float[40 * 4 * Lanes.COUNT];
    float[] state = new float[ssd.stateSize()];
    Ssd.Workspace work = ssd.workspace();
    assertThat(Allocation.bytesPerCall(() -> ssd.apply(xbc, dt, 40, y, state, state, work)))
        .isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> ssd.step(xbc, dt, y, state, state, work)))
        .isLessThan(100);
  }

  @Test
  void rejectsWhatDoesNotFit() {
    assertThatThrownBy(() -> new Ssd(new float[2], new float[3], 1, 1, 2, 1))
        .hasMessage("logA (2 values) must have as many as there are heads, 3");
    assertThatThrownBy(() -> new Ssd(new float[3], new float[3], 1, 2, 2, 1))
        .hasMessage("groups (2) must divide heads (3)");
    assertThatThrownBy(() -> new Ssd(new float[1], new float[1], 1, 1, 3, 1))
        .hasMessage("states (3) must be even");
    assertThatThrownBy(() -> new Ssd(new float[1], new float[1], 0, 1, 2, 1))
        .hasMessage("headWidth (0) must be positive");
    assertThatThrownBy(() -> new Ssd(new float[1], new float[1], 1, 1, 2, 0))
        .hasMessage("chunk (0) must be positive");
  }
}
