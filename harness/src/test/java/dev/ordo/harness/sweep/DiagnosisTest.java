package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.RunnerException;

class DiagnosisTest {

  private static Failure of(Throwable cause, String... lines) {
    return of(Optional.empty(), cause, lines);
  }

  private static Failure of(Optional<Duration> limit, Throwable cause, String... lines) {
    Diagnosis diagnosis = new Diagnosis();
    diagnosis.read("ordo: the model threw a.fork.Before: this one");
    diagnosis.begin();
    List.of(lines).forEach(diagnosis::read);
    return diagnosis.of(new RunnerException("Benchmark caught the exception", cause), limit);
  }

  private static Throwable exit(int code) {
    return new IllegalStateException("Forked VM failed with exit code " + code);
  }

  @Test
  void namesTheHeapThatWasTooSmall() {
    Failure failure =
        of(
            exit(3),
            "# Warmup Iteration   1: ordo: heap 67108864",
            "Terminating due to java.lang.OutOfMemoryError: Java heap space");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.OUT_OF_MEMORY);
    assertThat(failure.reason())
        .isEqualTo("out of memory with a heap of at most 67.1 MB: Java heap space");
  }

  @Test
  void leavesTheHeapOutWhereOtherMemoryWasTooSmall() {
    Failure failure =
        of(
            exit(3),
            "# Warmup Iteration   1: ordo: heap 67108864",
            "Terminating due to java.lang.OutOfMemoryError: Metaspace");

    assertThat(failure.reason()).isEqualTo("out of memory: Metaspace");
  }

  @Test
  void recognisesMemoryErrorsThatReachTheModel() {
    assertThat(
            of(
                    new IllegalStateException("whatever"),
                    "ordo: the model threw java.lang.OutOfMemoryError: Cannot reserve 8 bytes")
                .kind())
        .isEqualTo(Failure.Kind.OUT_OF_MEMORY);
  }

  @Test
  void tellsWhatTheModelThrew() {
    assertThat(
            of(
                new IllegalStateException("odd.Thing: no such wheel"),
                "Iteration   3: ordo: the model threw odd.Thing: no such wheel"))
        .isEqualTo(new Failure(Failure.Kind.THREW, "threw Thing: no such wheel"));
    assertThat(of(new IllegalStateException("odd.Thing"), "ordo: the model threw odd.Thing"))
        .isEqualTo(new Failure(Failure.Kind.THREW, "threw Thing"));
  }

  @Test
  void tellsResultsThatAreNotFinite() {
    assertThat(
            of(
                new IllegalStateException("…"),
                "ordo: the model threw dev.ordo.harness.bench.NotFiniteException: returned NaN:"
                    + " result 0 must be finite"))
        .isEqualTo(new Failure(Failure.Kind.NOT_FINITE, "returned NaN: result 0 must be finite"));
  }

  @Test
  void tellsTheTimeLimit() {
    assertThat(of(Optional.of(Duration.ofSeconds(90)), exit(137)))
        .isEqualTo(new Failure(Failure.Kind.TIMED_OUT, "timed out after 90.0 s"));
  }

  @ParameterizedTest
  @CsvSource({
    "137,9 (SIGKILL)",
    "139,11 (SIGSEGV)",
    "134,6 (SIGABRT)",
    "143,15 (SIGTERM)",
    "130,2 (SIGINT)"
  })
  void namesTheSignal(int code, String signal) {
    Failure failure = of(exit(code));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.KILLED);
    assertThat(failure.reason()).startsWith("the JVM was ended by signal " + signal);
  }

  @Test
  void tellsWhyAJvmDidNotStart() {
    assertThat(
            of(
                exit(1),
                "Unrecognized VM option 'NoSuchFlag'",
                "Error: Could not create the Java Virtual Machine."))
        .isEqualTo(
            new Failure(
                Failure.Kind.EXITED,
                "the JVM ended with exit code 1: Unrecognized VM option 'NoSuchFlag'"));
  }

  @Test
  void tellsAFullDisk() {
    assertThat(of(new IOException("No space left on device")).kind())
        .isEqualTo(Failure.Kind.DISK_FULL);
  }

  @Test
  void tellsAJvmThatEndedWithoutAResult() {
    Failure failure =
        of(new IllegalStateException("<failure: VM prematurely exited before JMH had finished>"));

    assertThat(failure)
        .isEqualTo(
            new Failure(Failure.Kind.EXITED, "the JVM ended before it had measured anything"));
  }
}
