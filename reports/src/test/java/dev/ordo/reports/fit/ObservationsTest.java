package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObservationsTest {

  private static Observations of(double[][]... cells) {
    return Observations.of(
        Grown.series(Grown.doublings(8, cells.length), List.of(cells), Unit.NANOS_PER_OP));
  }

  @Test
  void poolsTheVarianceBetweenForks() {
    Observations data =
        of(
            new double[][] {{Math.exp(1)}, {Math.exp(3)}},
            new double[][] {{Math.exp(5)}, {Math.exp(5)}});

    assertThat(data.logs()).containsExactly(new double[] {2, 5}, within(1e-12));
    assertThat(data.forkDegrees()).isEqualTo(2);
    assertThat(data.forkVariance()).isCloseTo(1, within(1e-12));
    assertThat(data.pool())
        .containsExactly(new double[] {-Math.sqrt(2), 0, 0, Math.sqrt(2)}, within(1e-12));
  }

  @Test
  void takesIterationsOfOneForkTogether() {
    Observations data = of(new double[][] {{90, 110}}, new double[][] {{200}});

    assertThat(data.forkDegrees()).isZero();
    assertThat(Math.exp(data.logs()[0])).isCloseTo(100, within(1e-9));
    assertThat(data.pool()).isEmpty();
  }

  @Test
  void leavesOutAForkThatStandsFarOff() {
    Random random = new Random(4);
    List<double[][]> cells = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double[][] forks = new double[4][1];
      for (double[] fork : forks) {
        fork[0] = 1000 * Math.exp(0.01 * random.nextGaussian());
      }
      cells.add(forks);
    }
    cells.get(2)[1][0] = 2000;

    Observations data =
        Observations.of(Grown.series(Grown.doublings(8, 6), cells, Unit.NANOS_PER_OP));

    assertThat(data.excludedSizes()).containsExactly(32.0);
    assertThat(Math.exp(data.logs()[2])).isCloseTo(1000, within(20.0));
  }

  @Test
  void keepsAllForksOfHonestNoise() {
    Random random = new Random(6);
    int excluded = 0;
    for (int repetition = 0; repetition < 200; repetition++) {
      excluded +=
          Observations.of(Grown.series(n -> n, Grown.doublings(8, 7), 5, 0.05, random))
              .excludedSizes()
              .size();
    }
    assertThat(excluded).isLessThan(5);
  }

  @Test
  void rejectsZero() {
    assertThatThrownBy(() -> of(new double[][] {{0}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value (0.0) at size 8.0 must be positive");
  }
}
