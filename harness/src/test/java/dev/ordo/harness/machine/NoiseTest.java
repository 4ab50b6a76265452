package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoiseTest {

  @Test
  void tellsNoiseBetweenForksFromThatWithin() {
    Random random = new Random(1);
    List<double[]> forks = new ArrayList<>();
    for (int fork = 0; fork < 400; fork++) {
      double level = Math.exp(0.05 * random.nextGaussian());
      double[] values = new double[6];
      for (int i = 0; i < values.length; i++) {
        values[i] = level * Math.exp(0.02 * random.nextGaussian());
      }
      forks.add(values);
    }

    Noise noise = Noise.of(forks);

    assertThat(noise.within()).isCloseTo(0.02, within(0.002));
    assertThat(noise.between()).isCloseTo(Math.sqrt(0.0025 + 0.0004 / 6), within(0.006));
    assertThat(noise.forks()).isEqualTo(400);
  }

  @Test
  void hasNoneWhereAllTimesAreTheSame() {
    assertThat(Noise.of(List.of(new double[] {3, 3}, new double[] {3, 3})))
        .isEqualTo(new Noise(0, 0, 2));
  }

  @Test
  void doesNotDependOnTheUnit() {
    Noise small = Noise.of(List.of(new double[] {1, 1.1}, new double[] {1.2, 1.3}));
    Noise large = Noise.of(List.of(new double[] {1e6, 1.1e6}, new double[] {1.2e6, 1.3e6}));

    assertThat(large.between()).isCloseTo(small.between(), within(1e-12));
    assertThat(large.within()).isCloseTo(small.within(), within(1e-12));
  }

  @Test
  void rejectsTooFew() {
    assertThatThrownBy(() -> Noise.of(List.of(new double[] {1, 2})))
        .hasMessage("forks (1) must be at least 2");
    assertThatThrownBy(() -> Noise.of(List.of(new double[] {1}, new double[] {1})))
        .hasMessage("iterations (1) must be at least 2");
  }
}
