package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilingTest {

  @TempDir private Path directory;

  @Test
  void takesProfilersThatRunHere() {
    assertThatCode(() -> new Profiling(List.of("gc", "stack:lines=3"))).doesNotThrowAnyException();
  }

  @Test
  void rejectsProfilersThatAreUnknownInOneLine() {
    assertThatThrownBy(() -> new Profiling(List.of("nonsense")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("profiler (nonsense) must be one that runs here: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void rejectsAProfilerTwice() {
    assertThatThrownBy(() -> new Profiling(List.of("stack", "stack:lines=3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("profiler list [stack, stack] must not repeat an element");
  }

  @Test
  void rejectsProfilersWithoutTheirLibrary() {
    assertThatThrownBy(() -> new Profiling(List.of("async:libPath=/no/such.so")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("profiler (async:libPath=/no/such.so) must be one that runs here")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void namesFilesByCells() {
    assertThat(Profiling.name(new Cell("rnn", Phase.DECODE, 8, 2, 4, "17 (/opt/a b)", "-Xint")))
        .isEqualTo("rnn-decode-8-2-4-17_opt_a_b_--Xint");
  }

  @Test
  void listsWhatProfilersWrote() throws IOException {
    assertThat(Profiling.profiles(new RunDirectory(directory))).isEmpty();

    Files.createDirectories(directory.resolve("profiles/jfr-x"));
    Files.writeString(directory.resolve("profiles/stack-x.txt"), "");

    assertThat(Profiling.profiles(new RunDirectory(directory)))
        .containsExactly("profiles/jfr-x/", "profiles/stack-x.txt");
  }
}
