package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.Roofline;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoofForkTest {

  private static final MemorySizes SMALL = new MemorySizes(32 << 20, 96 << 10);

  @Test
  void tellsARoofForEachNumberOfThreads() throws IOException {
    List<Roofline.Roof> roofs =
        new RoofFork(List.of(1, 2), SMALL, 5000).run(System.getProperty("java.class.path"));

    assertThat(roofs).extracting(Roofline.Roof::threads).containsExactly(1, 2);
    assertThat(roofs)
        .allSatisfy(
            roof -> {
              assertThat(roof.cache()).isPresent();
              assertThat(roof.remark())
                  .contains("floats at once, memory over 33.6 MB, cache over 98.3 kB a thread");
            });
  }

  @Test
  void saysWhatAForkDidNotTell() {
    assertThatThrownBy(() -> new RoofFork(List.of(1), SMALL, 5000).run("no-such.jar"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "a fork must tell the machine's peak on [1] threads, found 0 lines (exit code 1)");
  }
}
