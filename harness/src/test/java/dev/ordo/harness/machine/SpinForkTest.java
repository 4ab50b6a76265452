package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpinForkTest {

  @Test
  void tellsTheTimeOfEachIteration() throws IOException {
    double[] nanos = new SpinFork(3, 1).run(System.getProperty("java.class.path"));

    assertThat(nanos).hasSize(3);
    assertThat(Arrays.stream(nanos).min().orElseThrow()).isPositive();
  }

  @Test
  void saysWhatAForkDidNotTell() {
    assertThatThrownBy(() -> new SpinFork(3, 1).run("no-such.jar"))
        .isInstanceOf(IOException.class)
        .hasMessage("a fork of arithmetic must tell 3 times, found 0 (exit code 1)");
  }
}
