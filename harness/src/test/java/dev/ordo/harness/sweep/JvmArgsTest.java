package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmArgsTest {

  @Test
  void hasOneSetWithoutArgumentsWhereNothingIsAskedFor() {
    assertThat(JvmArgs.sets(List.of())).containsExactly(JvmArgs.NONE);
  }

  @Test
  void givesASingleSetNoName() {
    assertThat(JvmArgs.sets(List.of(" -Xmx1g  -Dkey=value ")))
        .containsExactly(new JvmArgs("", List.of("-Xmx1g", "-Dkey=value")));
  }

  @Test
  void callsSeveralSetsByTheirArguments() {
    assertThat(JvmArgs.sets(List.of("", "-XX:+UseG1GC -Xmx1g")))
        .containsExactly(
            new JvmArgs("default", List.of()),
            new JvmArgs("-XX:+UseG1GC -Xmx1g", List.of("-XX:+UseG1GC", "-Xmx1g")));
  }

  @Test
  void takesNames() {
    assertThat(JvmArgs.sets(List.of("c1=-XX:TieredStopAtLevel=1", "c2=")))
        .containsExactly(
            new JvmArgs("c1", List.of("-XX:TieredStopAtLevel=1")), new JvmArgs("c2", List.of()));
    assertThat(JvmArgs.sets(List.of("c1=-Xint"))).extracting(JvmArgs::name).containsExactly("c1");
  }

  @Test
  void rejectsTwoSetsOfOneName() {
    assertThatThrownBy(() -> JvmArgs.sets(List.of("a=-Xint", "a=-Xcomp")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sets of JVM arguments [a, a] must not repeat one");
  }
}
