package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoppingSimulationTest {

  @Test
  void holdsTheExponentThoughItsIntervalDecidesWhenToStop() {
    double held = 0;
    double precise = 0;
    int runs = 40;
    for (SyntheticMachine.Noise noise : SyntheticMachine.Noise.values()) {
      for (double between : new double[] {0.03, 0.1}) {
        StoppingSimulation simulation = StoppingSimulation.of(noise, between, 0.05, 20, runs);
        held += simulation.coverage() / 10;
        precise += simulation.precise() / 10;
      }
    }

    assertThat(held).isGreaterThan(0.93);
    assertThat(precise).isGreaterThan(0.9);
  }
}
