package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed at random moments, with the journal and the campaign of a real one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KillIT {

  private static final int KILLS = 50;

  @TempDir private Path directory;

  @Test
  void losesNoForkAndCountsNoneTwiceWhereverItIsKilled() throws Exception {
    Path run = directory.resolve("run");
    Random random = new Random(20261123);
    byte[] kept = {};
    int amidstForks = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start(run);
      if (kill % 2 == 0) {
        awaitForks(run, 2 + random.nextInt(20), process);
        TimeUnit.MICROSECONDS.sleep(random.nextInt(8_000));
      } else {
        TimeUnit.MICROSECONDS.sleep(random.nextInt(1_000_000));
      }
      process.destroyForcibly();
      assertThat(process.waitFor()).as("kill %s: %s", kill, errors()).isEqualTo(128 + 9);
      byte[] now = RunDirectory.isRun(run) ? whole(run) : new byte[0];
      assertThat(Arrays.copyOf(now, kept.length)).isEqualTo(kept);
      assertThat(forks(now)).isGreaterThanOrEqualTo(witnessed(run));
      amidstForks += forks(now) > forks(kept) ? 1 : 0;
      kept = now;
    }
    assertThat(amidstForks).isGreaterThanOrEqualTo(KILLS / 2);

    assertThat(start(run).waitFor()).as(errors()).isZero();

    Path unkilled = directory.resolve("unkilled");
    SyntheticRun.measure(unkilled, 0);
    assertThat(forkNames(run)).doesNotHaveDuplicates().isEqualTo(forkNames(unkilled));
    assertThat(run.resolve(JmhFile.FILE)).hasSameBinaryContentAs(unkilled.resolve(JmhFile.FILE));
    assertThat(Journal.read(run)).last().isInstanceOf(Entry.End.class);
  }

  private Process start(Path run) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SyntheticRun.class.getName(),
            run.toString(),
            "4")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(new File(directory.toFile(), "errors"))
        .start();
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("errors"));
  }

  /** Waits until the run has begun some more forks. */
  private static void awaitForks(Path run, int more, Process process) throws Exception {
    long enough = witnessed(run) + more;
    while (witnessed(run) < enough) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Returns the journal without a last line that was cut off. */
  private static byte[] whole(Path run) throws IOException {
    byte[] bytes = Files.readAllBytes(run.resolve(Journal.FILE));
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  private static long forks(byte[] journal) {
    return new String(journal, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\"type\":\"fork\""))
        .count();
  }

  /** Returns how many forks the run itself took to be on disk. */
  private static long witnessed(Path run) throws IOException {
    Path witness = run.resolve(SyntheticRun.WITNESS);
    if (!Files.exists(witness)) {
      return 0;
    }
    String text = Files.readString(witness);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .mapToLong(Long::parseLong)
        .max()
        .orElse(0);
  }

  private static List<String> forkNames(Path run) throws IOException {
    return Journal.read(run).stream()
        .filter(Entry.Fork.class::isInstance)
        .map(Entry.Fork.class::cast)
        .map(fork -> fork.round() + " " + fork.cell())
        .toList();
  }
}
