package dev.ordo.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForkRunnerTest {

  @Test
  void dealsIterationsToContendersInTurns() {
    double[] values = {1, 10, 2, 20, 3, 30};

    assertThat(ForkRunner.turns(values, 0, 2)).containsExactly(1, 2, 3);
    assertThat(ForkRunner.turns(values, 1, 2)).containsExactly(10, 20, 30);
    assertThat(ForkRunner.turns(values, 0, 1)).isEqualTo(values);
  }

  @Test
  void hasNoTurnsOfAReferenceThatIsNotThere() {
    assertThat(ForkRunner.turns(new double[] {1, 2}, -1, 2)).isEmpty();
  }
}
