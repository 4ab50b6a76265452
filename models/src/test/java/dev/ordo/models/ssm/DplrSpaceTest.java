package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DplrSpaceTest {

  private static float[] kernel(DplrSpace space, SpaceOptions options, int capacity, int steps) {
    float[] kernel = new float[steps * options.width()];
    space.kernelMaker(capacity, new KernelScratch(options, capacity)).make(steps, kernel);
    return kernel;
  }

  private static float[] dense(SpaceValues values, int steps, int attuned) {
    int width = values.options().width();
    float[] kernel = new float[steps * width];
    for (int c = 0; c < width; c++) {
      double[] channel = new DenseSpace(values, c).kernel(steps, attuned);
      for (int t = 0; t < steps; t++) {
        kernel[t * width + c] = (float) channel[t];
      }
    }
    return kernel;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 1, true",
    "3, 4, 3, true",
    "6, 4, 2, true",
    "5, 8, 1, true",
    "17, 6, 17, false"
  })
  void kernelsOfAllLengthsEqualThoseOfDenseMatrices(
      int width, int states, int copies, boolean tied) {
    SpaceOptions options = Spaces.options(width, states, true, copies, tied, true);
    SpaceValues values = new Spaces(options, 7).values();
    DplrSpace space = new DplrSpace(values, 0);
    for (int steps : new int[] {1, 2, 3, 4, 5, 8, 9, 31, 64, 100}) {
      Golden.assertClose(kernel(space, options, 128, steps), dense(values, steps, 0), 2e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "24", "64", "1000"})
  void theOriginalOutputFollowsFromTheAttunedOne(int attuned) {
    SpaceOptions options = Spaces.options(3, 6, true, 3, true, true);
    SpaceValues values = new Spaces(options, 8).values();
    Golden.assertClose(
        kernel(new DplrSpace(values, attuned), options, 50, 50), dense(values, 50, attuned), 5e-6);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "7", "24", "64", "75"})
  void anyNumberOfPointsGivesTheSameKernel(int points) {
    SpaceOptions options = Spaces.options(18, 6, true, 18, true, true);
    SpaceValues values = new Spaces(options, 9).values();
    double[][] attuned = new DplrSpace(values, 0).attunedTo(points);
    float[] kernel = new float[points * 18];
    new DplrKernel(points, 3).make(values, attuned[0], attuned[1], points, kernel);
    Golden.assertClose(kernel, dense(values, points, 0), 2e-6);
  }

  @Test
  void stepsAndLastStatesFollowTheDenseRecurrence() {
    SpaceOptions options = Spaces.options(19, 6, true, 19, true, true);
    SpaceValues values = new Spaces(options, 10).values();
    DplrSpace space = new DplrSpace(values, 0);
    int steps = 40;
    float[] u = new float[steps * 19];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < u.length; i++) {
      u[i] = (float) (2 * random.nextDouble() - 1);
    }
    float[] expected = new float[u.length];
    float[] kernel = dense(values, steps, 0);
    for (int i = 0; i < u.length; i++) {
      for (int t = 0; t <= i / 19; t++) {
        expected[i] += kernel[t * 19 + i % 19] * u[i - t * 19];
      }
    }
    float[] re = new float[space.recurrence().stateSize()];
    float[] im = new float[space.recurrence().stateSize()];
    float[] stepped = new float[u.length];
    for (int t = 0; t < steps; t++) {
      float[] row = Arrays.copyOfRange(u, t * 19, (t + 1) * 19);
      space.recurrence().step(row, row, re, im, re, im);
      System.arraycopy(row, 0, stepped, t * 19, 19);
    }
    Golden.assertClose(stepped, expected, 5e-6);
    float[] lastRe = new float[re.length];
    float[] lastIm = new float[re.length];
    space.recurrence().finalState(u, steps, lastRe, lastIm);
    Golden.assertClose(lastRe, re, 5e-6);
    Golden.assertClose(lastIm, im, 5e-6);
  }

  @Test
  void rejectsAnAttunedOutputThatTellsNothing() {
    SpaceOptions options = Spaces.options(1, 2, true, 1, true, true);
    Spaces spaces = new Spaces(options, 1);
    // Without decay, frequency and low-rank term the transition is 1.
    SpaceValues values = spaces.values();
    values.aRe[0] = 0;
    values.aIm[0] = 0;
    values.pRe[0] = 0;
    values.pIm[0] = 0;
    assertThatThrownBy(() -> new DplrSpace(values, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 − Āᴸ must have an inverse");
  }

  @Test
  void levelsAreThoseOfTheNextPowerOfTwo() {
    assertThat(IntStream.of(1, 2, 3, 4, 5, 8, 9, 1 << 20).map(DplrSpace::level))
        .containsExactly(0, 1, 2, 2, 3, 3, 4, 20);
  }
}
