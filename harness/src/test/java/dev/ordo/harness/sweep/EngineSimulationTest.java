package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineSimulationTest {

  @ParameterizedTest
  @EnumSource
  void isAsRightAsPlainJmhInATwentiethOfItsTime(SyntheticMachine.Noise noise) {
    EngineSimulation.Law law = EngineSimulation.Law.LINEAR;
    EngineSimulation.Outcome plain = EngineSimulation.of(true, law, noise, 0.1, 0.025, 40);

    EngineSimulation.Outcome engine = EngineSimulation.of(false, law, noise, 0.1, 0.025, 40);

    assertThat(engine.seconds()).isLessThan(plain.seconds() / 20);
    assertThat(engine.error()).isLessThanOrEqualTo(plain.error());
  }
}
