package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Splitting work over threads must not change a single bit.
 *
 * <p>The optimising compiler is left out: exponentials and sums across lanes round differently
 * before and after it is done with a method, and when that is differs from run to run.
 */
class ThreadsTest {

  @Test
  void everyKernelGivesTheSameForEveryNumberOfThreads() throws IOException, InterruptedException {
    List<String> args = ManagementFactory.getRuntimeMXBean().getInputArguments();
    List<String> one = digests("kernels", 1, args);
    assertThat(one).hasSizeGreaterThan(30);
    assertThat(digests("kernels", 2, args)).isEqualTo(one);
    assertThat(digests("kernels", 3, args)).isEqualTo(one);
  }

  /** Without vectors, whose interpretation is slow: the same in a JVM that has none. */
  @Tag("vectorless")
  @Test
  void everyModelGivesTheSameForEveryNumberOfThreads() throws IOException, InterruptedException {
    List<String> one = digests("models", 1, List.of());
    assertThat(one).hasSizeGreaterThan(3);
    assertThat(digests("models", 3, List.of())).isEqualTo(one);
  }

  private static List<String> digests(String what, int threads, List<String> args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(args);
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-D" + Workers.PROPERTY + "=" + threads);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Digests.class.getName(), what));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines().toList();
  }
}
