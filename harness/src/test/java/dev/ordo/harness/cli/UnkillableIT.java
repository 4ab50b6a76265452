package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where things go wrong. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class UnkillableIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SMALL =
      "--models rnn,s4d --phases decode --lengths 8,16 --shape d=16,layers=1 --forks 3 --budget 5m";

  @TempDir private Path directory;
  private PackagedOrdo ordo;
  private Path run;

  @BeforeEach
  void takesTheDirectory() {
    ordo = new PackagedOrdo(directory);
    run = directory.resolve("run");
  }

  @Test
  void goesOnWhereverItIsKilledAndLeavesNoForkBehind() throws Exception {
    List<String> command = new ArrayList<>(List.of("run", "--out", run.toString()));
    command.addAll(List.of(SMALL.split(" ")));
    Random random = new Random(7);
    String kept = "";
    for (int kill = 0; kill < 3; kill++) {
      Process process = ordo.start(command.toArray(String[]::new));
      awaitForks(process, forks().size() + 1);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
      List<ProcessHandle> forked = process.descendants().toList();
      process.destroyForcibly().waitFor();
      for (ProcessHandle fork : forked) {
        fork.onExit().get(30, TimeUnit.SECONDS);
      }
      String now = journal();
      assertThat(now).startsWith(kept);
      kept = now.substring(0, now.lastIndexOf('\n') + 1);
      command = List.of("run", "--resume", run.toString());
    }

    PackagedOrdo.Finished refused = ordo.run("run", "--resume", run.toString(), "--seed", "4");
    assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err()).contains("--seed must not stand beside --resume").hasLineCount(1);

    PackagedOrdo.Finished finished = ordo.run("run", "--resume", run.toString());

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FINE);
    assertThat(journal()).startsWith(kept);
    Set<String> names = new HashSet<>();
    for (JsonNode fork : forks()) {
      assertThat(names.add(fork.get("round") + " " + fork.get("cell"))).isTrue();
    }
    assertThat(PackagedOrdo.cells(run)).hasSize(2 * 2);
    assertThat(run.resolve("report.md")).content().contains("resumed").contains("3 times");
  }

  @Test
  void makesARowOfEachFailureAndMeasuresTheRest() throws Exception {
    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models faulty --phases prefill --lengths 8..1024 --shape d=16,layers=1 --forks 1"
                + " --budget 8m --fork-timeout 12s",
            "--jvm-args",
            "-Xmx64m",
            "--plugin",
            ordo.plugin("FaultyProvider", faulty()).toString());

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FAILED);
    JsonNode gaps = JSON.readTree(run.resolve("fits.json").toFile()).get("gaps");
    List<String> rows = new ArrayList<>();
    gaps.forEach(gap -> rows.add(gap.get("size").asInt() + " " + gap.get("kind").asText()));
    assertThat(rows)
        .containsExactly(
            "16 threw",
            "32 not-finite",
            "64 out-of-memory",
            "128 timed-out",
            "256 exited",
            "512 killed");
    assertThat(run.resolve("report.md"))
        .content()
        .contains("Oddity: no such wheel", "of at most 64", "after 12.0 s");
    assertThat(run.resolve("report.html")).content().contains("wheel &lt;b&gt;");
    assertThat(PackagedOrdo.cells(run)).hasSize(2);
    assertThat(forks()).hasSize(2 + 4 + 2 * 2);
  }

  @Test
  void refusesASecondRunAndReadsAlong() throws Exception {
    List<String> command = new ArrayList<>(List.of("run", "--out", run.toString()));
    command.addAll(List.of(SMALL.split(" ")));
    Process process = ordo.start(command.toArray(String[]::new));
    awaitForks(process, 2);

    Path beside = Files.createDirectory(directory.resolve("beside"));
    PackagedOrdo other = new PackagedOrdo(beside);
    for (List<String> second :
        List.of(
            List.of("run", "--out", run.toString()),
            List.of("run", "--resume", run.toString()),
            List.of("merge", run.toString(), "--out", beside.resolve("m").toString()))) {
      PackagedOrdo.Finished refused = other.run(second.toArray(String[]::new));
      assertThat(refused.code()).as(refused.toString()).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(refused.err()).contains("a run is going on in " + run).hasLineCount(1);
    }
    PackagedOrdo.Finished read =
        other.run("analyze", run.toString(), "--out", beside.resolve("report").toString());
    assertThat(read.code()).as(read.toString()).isEqualTo(ExitCode.FINE);
    assertThat(beside.resolve("report/report.md")).content().contains("not come to its end");

    assertThat(ordo.finish(process).code()).isEqualTo(ExitCode.FINE);
  }

  @Test
  void keepsWhatItHasWhereTheDiskIsFull() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeThat(succeeds("mount", "-t", "tmpfs", "-o", "size=40k", "ordo-test", disk.toString()))
        .as("only root can make a small disk")
        .isTrue();
    try {
      run = disk.resolve("run");
      PackagedOrdo.Finished finished =
          ordo.measure(run, SMALL.replace("--forks 3", "--forks 60"), "--precision", "1e-9");

      assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.UNWRITABLE);
      assertThat(finished.err().lines().filter(line -> line.startsWith("ordo:")))
          .singleElement()
          .asString()
          .contains("could not be written", "No space left");
      int kept = forks().size();
      assertThat(kept).isPositive();
      assertThat(succeeds("mount", "-o", "remount,size=9m", disk.toString())).isTrue();

      Process process = ordo.start("run", "--resume", run.toString());
      awaitForks(process, kept + 1);
      process.destroyForcibly().waitFor();
    } finally {
      assertThat(succeeds("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void mergesSharesIntoTheWhole() throws Exception {
    List<String> command = new ArrayList<>(List.of("merge"));
    for (int share = 1; share <= 2; share++) {
      Path out = directory.resolve("share" + share);
      PackagedOrdo.Finished finished =
          ordo.measure(out, SMALL.replace("--forks 3", "--forks 1") + " --shard " + share + "/2");
      assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FINE);
      command.add(out.toString());
    }
    PackagedOrdo.Finished half =
        ordo.run("merge", directory.resolve("share1").toString(), "--out", run.toString());
    assertThat(half.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(half.err()).contains("shards 2/2 are missing").hasLineCount(1);

    command.addAll(List.of("--out", run.toString()));
    PackagedOrdo.Finished merged = ordo.run(command.toArray(String[]::new));

    assertThat(merged.code()).as(merged.toString()).isEqualTo(ExitCode.FINE);
    assertThat(PackagedOrdo.cells(run)).hasSize(2 * 2);
    assertThat(ordo.run("analyze", run.toString()).code()).isEqualTo(ExitCode.FINE);
    PackagedOrdo.Finished resumed = ordo.run("run", "--resume", run.toString());
    assertThat(resumed.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(resumed.err()).contains("merged from others");
  }

  private static boolean succeeds(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static String faulty() throws IOException {
    try (InputStream file =
        UnkillableIT.class.getResourceAsStream("/providers/FaultyProvider.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void awaitForks(Process process, int count) throws Exception {
    while (forks().size() < count) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private String journal() throws IOException {
    Path journal = run.resolve("journal.jsonl");
    return Files.exists(journal) ? Files.readString(journal) : "";
  }

  private List<JsonNode> forks() throws IOException {
    List<JsonNode> forks = new ArrayList<>();
    String text = journal();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      if (line.contains("\"type\":\"fork\"")) {
        forks.add(JSON.readTree(line));
      }
    }
    return forks;
  }
}
