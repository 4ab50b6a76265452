package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IterationNoiseTest {

  private static double[] logs(Iterations iterations, Iterations.Change change, Random random) {
    return Arrays.stream(iterations.draw(change, 0.5, random)).map(Math::log).toArray();
  }

  @ParameterizedTest
  @CsvSource({"NONE, 0", "NONE, 0.4", "DRIFT, 0", "EARLY_STEP, 0.4", "LATE_STEP, 0"})
  void doesNotDependOnWhatTheLevelDoes(Iterations.Change change, double correlation) {
    Random random = new Random(21);
    List<double[]> forks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      forks.add(logs(new Iterations(60, 0.02, correlation, false), change, random));
    }
    IterationNoise noise = IterationNoise.of(forks);

    assertThat(noise.deviation()).isCloseTo(0.02, within(0.0025));
    assertThat(noise.correlation()).isCloseTo(correlation, within(0.1));
  }

  @Test
  void isTheLargerOfOwnAndCommonNoise() {
    Random random = new Random(22);
    double[] quiet = logs(new Iterations(200, 0.01, 0, false), Iterations.Change.NONE, random);
    double[] loud = logs(new Iterations(200, 0.09, 0, false), Iterations.Change.NONE, random);
    IterationNoise common = IterationNoise.of(List.of(quiet, quiet, loud));

    assertThat(IterationNoise.of(quiet, common)).isEqualTo(common);
    assertThat(IterationNoise.of(loud, common).deviation()).isCloseTo(0.09, within(0.02));
  }

  @Test
  void isNeverLessThanATimerResolves() {
    assertThat(IterationNoise.of(List.of(new double[9])).deviation()).isEqualTo(0.002);
    assertThat(IterationNoise.of(List.of()).inflation()).isEqualTo(1);
  }
}
