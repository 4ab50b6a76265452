package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseTest {

  @ParameterizedTest
  @EnumSource(Phase.class)
  void isFoundByItsIdInAnyCase(Phase phase) {
    assertThat(Phase.of(phase.id())).isEqualTo(phase);
    assertThat(Phase.of(" " + phase.name() + " ")).isEqualTo(phase);
  }

  @Test
  void anUnknownPhaseNamesTheKnownOnes() {
    assertThatThrownBy(() -> Phase.of(" dream "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "unknown phase 'dream'; known phases: train, prefill, decode, generate");
  }
}
