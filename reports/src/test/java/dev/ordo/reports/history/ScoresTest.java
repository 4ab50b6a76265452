package dev.ordo.reports.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoresTest {

  @Test
  void drawsInWhatIsFarOff() {
    double[] scores = Scores.of(new double[] {9, 10, 11, 10, 9, 11, 10, 5000});

    assertThat(scores[7]).isEqualTo(4);
    assertThat(scores[1]).isZero();
    assertThat(scores[0]).isEqualTo(-scores[2], within(1e-12));
  }

  @Test
  void leavesValuesWhereMostAreEqual() {
    assertThat(Scores.of(new double[] {5, 5, 5, 5, 1000})).containsExactly(0, 0, 0, 0, 995);
  }

  @Test
  void ignoresTheUnit() {
    double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
    double[] other = java.util.Arrays.stream(values).map(v -> 1e6 * v + 7).toArray();

    assertThat(Scores.of(other)).containsExactly(Scores.of(values), within(1e-9));
  }

  @Test
  void takesTheMiddleOfTwo() {
    assertThat(Scores.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    assertThat(Scores.median(new double[] {9, 1, 2})).isEqualTo(2);
  }
}
