package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are shell scripts")
class CommandForksTest {

  private static final ForkPlan PLAN = new ForkPlan(1, 3, 5);

  @TempDir private Path directory;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private CommandForks forks(String script) throws IOException {
    Path file = Files.writeString(directory.resolve("bench.sh"), script);
    return new CommandForks(
        new Sweep(
            List.of("mine"),
            List.of(Phase.PREFILL),
            List.of(16),
            Dimensions.plain(List.of(2), List.of()),
            Sweep.same(ModelShape.DEFAULT, List.of("mine")),
            7,
            Duration.ofMinutes(1),
            1,
            0.05,
            List.of(),
            Optional.empty(),
            List.of(Guest.command("mine", "sh '" + file + "'"))),
        new PrintStream(log, true, StandardCharsets.UTF_8),
        Duration.ofMillis(1500));
  }

  private static Entry.Fork run(CommandForks forks, int length) {
    return forks.run(3, new Cell("mine", Phase.PREFILL, length, 2), PLAN);
  }

  private static String answering(String answer) {
    return "while read phase length; do " + answer + "; done";
  }

  @Test
  void takesTheAnswersAsTheTimesOfOperations() throws IOException {
    Entry.Fork fork = run(forks(answering("echo $((length * 1000))")), 64);

    assertThat(fork.failure()).isNull();
    assertThat(fork.nanosPerOp()).hasSize(3).containsOnly(64_000);
    assertThat(fork.steady()).isTrue();
    assertThat(fork.round()).isEqualTo(3);
    assertThat(fork.plan()).isEqualTo(PLAN);
    assertThat(fork.jvm().path()).isEqualTo("sh");
  }

  @Test
  void tellsThreadsAndSeedAndKeepsWhatGoesToStandardError() throws IOException {
    Entry.Fork fork =
        run(
            forks(
                "echo started >&2; "
                    + answering("echo \"$ORDO_THREADS$ORDO_SEED.${ORDO_BATCH}5e1 \"")),
            16);

    assertThat(fork.nanosPerOp()).containsOnly(271.5);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("mine prefill L=16", "started");
  }

  @Test
  void measuresEachForkInAFreshProcess() throws IOException {
    CommandForks forks = forks("echo $$ >&2; " + answering("echo 5"));

    run(forks, 16);
    run(forks, 16);

    assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.matches("\\d+")))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void askesLongOperationsNoMoreThanNeeded() throws IOException {
    Entry.Fork fork = run(forks(answering("sleep 0.3; echo 300000000")), 16);

    assertThat(fork.failure()).isNull();
    assertThat(fork.plan().iterations()).isEqualTo(1);
    assertThat(fork.plan().warmups()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo hello | found 'hello'",
        "echo -5 | found '-5'",
        "echo 0 | found '0'",
        "echo NaN | found 'NaN'",
        "echo inf | found 'inf'",
        "echo 1e999 | found '1e999'",
        "echo 0x10 | found '0x10'",
        "echo | found ''",
        "exit 3 | found that the command ended with exit code 3",
        "echo no such GPU >&2; exit 1 | ended with exit code 1; its last words: no such GPU",
        "exec >&-; sleep 30 | found that the command closed its output",
        "sleep 30 | within 1 s, found none (does the command flush its output?)",
        "kill -9 $$ | ended with exit code 137"
      })
  void failsWithWhatWasExpectedAndFound(String answer, String found) throws IOException {
    Entry.Fork fork = run(forks(answering(answer)), 64);

    assertThat(fork.failure().reason())
        .startsWith("expected a positive number of nanoseconds in answer to 'prefill 64'")
        .contains(found);
    assertThat(fork.nanosPerOp()).isEmpty();
    assertThat(fork.succeeded()).isFalse();
    assertThat(ProcessHandle.current().descendants().toList())
        .noneMatch(child -> child.info().commandLine().orElse("").contains(directory.toString()));
  }

  @Test
  void failsWhereTheCommandEndsHalfWay() throws IOException {
    Entry.Fork fork = run(forks("for i in 1 2 3; do read line; echo 7; done"), 64);

    assertThat(fork.failure().reason()).contains("ended with exit code 0");
  }

  @Test
  void failsWhereNobodyAsked() throws IOException {
    assertThat(run(forks("echo ready; " + answering("echo 7")), 64).failure().reason())
        .satisfiesAnyOf(
            failure -> assertThat(failure).contains("found the line 'ready'"),
            failure -> assertThat(failure).contains("found 'ready'"));
    assertThat(run(forks("yes"), 64).failure().reason()).contains("'y'");
  }

  @Test
  void failsWhereTheCommandCannotBeStarted() throws IOException {
    CommandForks forks = forks("exit 0");
    Files.delete(directory.resolve("bench.sh"));

    assertThat(run(forks, 64).failure().reason()).contains("ended with exit code", "bench.sh");
  }

  @Test
  void knowsWhatACommandDoesNotDo() throws IOException {
    CommandForks forks = forks(answering("[ $length -lt 100 ] && echo 7 || echo UNSUPPORTED"));

    assertThat(run(forks, 64).succeeded()).isTrue();
    assertThat(run(forks, 128).failure().reason()).contains("'prefill 128' with unsupported");

    assertThat(forks.lacks(new Cell("mine", Phase.PREFILL, 64, 2))).isFalse();
    assertThat(forks.lacks(new Cell("mine", Phase.PREFILL, 128, 2))).isTrue();
    assertThat(forks.lacks(new Cell("mine", Phase.PREFILL, 128, 1))).isFalse();
    assertThat(forks.lacks(new Cell("mine", Phase.PREFILL, 256, 2))).isTrue();
    assertThat(forks.lacks(new Cell("mine", Phase.DECODE, 256, 2))).isFalse();
  }
}
