package dev.ordo.reports.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.bench.SeriesGenerator.Case;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesGeneratorTest {

  @ParameterizedTest
  @EnumSource(TrueLaw.class)
  void drawsTheSameSeriesForTheSameSeedAlone(TrueLaw law) {
    double[] first = new SeriesGenerator(3).draw(law, Disturbance.PURE, 5).series().means();

    assertThat(new SeriesGenerator(3).draw(law, Disturbance.PURE, 5).series().means())
        .containsExactly(first);
    assertThat(new SeriesGenerator(4).draw(law, Disturbance.PURE, 5).series().means())
        .isNotEqualTo(first);
    assertThat(new SeriesGenerator(3).draw(law, Disturbance.PURE, 6).series().means())
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(TrueLaw.class)
  void followsItsLawUpToNoise(TrueLaw law) {
    for (int index = 0; index < 20; index++) {
      Case drawn = new SeriesGenerator(1).drawClean(law, index);
      drawn
          .series()
          .points()
          .forEach(
              point ->
                  assertThat(
                          point.sample().median() / drawn.law().curve().applyAsDouble(point.size()))
                      .isCloseTo(1, within(0.25)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noiseHasItsLevelWhateverItsTails(boolean heavy) {
    SplittableRandom random = new SplittableRandom(1);
    Noise noise = new Noise(0.1, heavy);
    double[] squares =
        IntStream.range(0, 40_000)
            .mapToDouble(i -> Math.log(Arrays.stream(noise.fork(1, random)).average().orElse(0)))
            .map(log -> log * log)
            .toArray();

    // Fork variance 1 plus (1/3)²/5 of the mean of five iterations.
    double expected = 0.01 * (1 + 1 / 45.0);
    // The fourth moment of Student's t₃ is infinite, so its sample variance converges slowly.
    assertThat(Arrays.stream(squares).average().orElse(0))
        .isCloseTo(expected, within(heavy ? 0.25 * expected : 0.03 * expected));
  }

  @Test
  void stepsRaiseAllSizesFromOneOn() {
    double[] sizes = {16, 32, 64, 128, 256};
    Truth truth = TrueLaw.CONSTANT.draw(sizes, new SplittableRandom(1));
    for (int seed = 0; seed < 50; seed++) {
      double[][] values = new double[sizes.length][2];
      for (double[] cell : values) {
        Arrays.fill(cell, 10);
      }
      Disturbance.CACHE_STEP.disturb(sizes, values, truth, new SplittableRandom(seed));

      assertThat(values[0]).containsExactly(10, 10);
      assertThat(values[4][0]).isBetween(11.0, 15.0);
      double[] first = Arrays.stream(values).mapToDouble(cell -> cell[0]).toArray();
      assertThat(first).isSorted();
      assertThat(Arrays.stream(first).distinct().count()).isEqualTo(2);
    }
  }
}
