package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of a model measured in pairs by the packaged program, with real forks. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AbIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONE_CELL = "--phases decode --lengths 256 --shape d=16,layers=1";

  @TempDir private Path directory;
  private PackagedOrdo ordo;
  private Path run;

  @BeforeEach
  void takesTheDirectory() {
    ordo = new PackagedOrdo(directory);
    run = directory.resolve("run");
  }

  @Test
  void callsAModelRegressedThatDoesItsWorkTwentyTimes() throws Exception {
    Path base = jar("base.jar", 1);
    Path slow = jar("slow.jar", 20);

    Path junit = directory.resolve("ab.xml");

    PackagedOrdo.Finished finished = ab(base, slow, "--budget 60s --forks 4 --junit " + junit);

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(finished.out()).contains("ema.decode@256", "regressed");
    assertThat(junit).content().contains("cost of ema.decode@256", "<failure type=\"regressed\"");
    JsonNode report = JSON.readTree(run.resolve("ab.json").toFile());
    assertThat(report.get("outcome").asText()).isEqualTo("regressed");
    JsonNode cell = report.get("cells").get(0);
    assertThat(cell.get("ratio").asDouble()).isGreaterThan(2);
    assertThat(cell.get("again").size()).isGreaterThanOrEqualTo(3);
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("charts").resolve("ratio.png")).isNotEmptyFile();
    for (String arm : List.of("base", "candidate")) {
      JsonNode results = JSON.readTree(run.resolve(arm).resolve("jmh-result.json").toFile());
      assertThat(results).hasSize(1);
    }
  }

  @Test
  void buildsRevisionsAndSaysThatTheyAreTheSame() throws Exception {
    Path project = project();

    PackagedOrdo.Finished finished =
        ab(
            "HEAD",
            "main",
            project,
            "cp plugin.jar built.jar",
            "--budget 20s --forks 3" + " --inconclusive pass");

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FINE);
    assertThat(finished.out()).contains("the same commit: any difference is chance");
    assertThat(finished.err()).contains("building base HEAD (");
    assertNoWorktrees(project);
  }

  @Test
  void takesTheWorktreeAwayOnCtrlC() throws Exception {
    Path project = project();
    Process process =
        ordo.start(arguments("HEAD", "main", project, "touch started; sleep 100", "--budget 20s"));
    while (!Files.exists(run.resolve("build-base.log"))) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }

    PackagedOrdo.Finished finished = interrupted(process);

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(finished.out()).contains("stopped before anything was measured");
    assertNoWorktrees(project);
  }

  @Test
  void keepsWhatWasMeasuredOnCtrlC() throws Exception {
    Path base = jar("base.jar", 1);
    Process process = ordo.start(arguments(base, base, "--budget 60s"));
    while (forks() < 3) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }

    PackagedOrdo.Finished finished = interrupted(process);

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(finished.out()).contains("stopped; what was measured is in " + run);
    assertThat(run.resolve("report.md")).content().contains("the same: any difference is chance");
    Files.delete(run.resolve("report.md"));
    assertThat(ordo.run("analyze", run.toString()).code()).isEqualTo(ExitCode.FINE);
    assertThat(run.resolve("report.md")).isNotEmptyFile();
  }

  @Test
  void saysInOneLineThatABuildFailed() throws Exception {
    Path project = project();

    PackagedOrdo.Finished finished = ab("HEAD", "main", project, "exit 4", "--budget 20s");

    assertThat(finished.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(finished.err())
        .contains("build of base (")
        .contains("failed with exit code 4")
        .contains(run.resolve("build-base.log").toString());
    assertNoWorktrees(project);
  }

  private PackagedOrdo.Finished ab(Path base, Path candidate, String more) throws Exception {
    return ordo.run(arguments(base, candidate, more));
  }

  private PackagedOrdo.Finished ab(
      String base, String candidate, Path project, String build, String more) throws Exception {
    return ordo.run(arguments(base, candidate, project, build, more));
  }

  private String[] arguments(Object base, Object candidate, String more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "ab",
                "--out",
                run.toString(),
                "--base",
                base.toString(),
                "--candidate",
                candidate.toString()));
    arguments.addAll(List.of((ONE_CELL + " " + more).split(" ")));
    return arguments.toArray(String[]::new);
  }

  private String[] arguments(
      String base, String candidate, Path project, String build, String more) {
    List<String> arguments = new ArrayList<>(List.of(arguments(base, candidate, more)));
    arguments.addAll(List.of("--repo", project.toString(), "--build", build, "--jar", "built.jar"));
    return arguments.toArray(String[]::new);
  }

  private PackagedOrdo.Finished interrupted(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    return ordo.finish(process);
  }

  private long forks() throws IOException {
    Path journal = run.resolve("journal.jsonl");
    if (!Files.exists(journal)) {
      return 0;
    }
    return Files.readString(journal).lines().filter(l -> l.contains("\"paired\"")).count();
  }

  /** Packs a moving average that does each step so many times. */
  private Path jar(String name, int times) throws IOException {
    String source =
        Files.readString(Path.of("../docs/examples/EmaProvider.java"))
            .replace(
                "next[token] += 0.1f;",
                "for (int r = 1; r < "
                    + times
                    + "; r++)"
                    + " for (int i = 0; i < next.length; i++) next[i] = 0.9f * now[i] + 1e-9f * r;"
                    + " next[token] += 0.1f;");
    return Files.move(ordo.plugin("EmaProvider", source), directory.resolve(name));
  }

  /** A project whose build has little to do: its plug-in is in it. */
  private Path project() throws Exception {
    Path project = Files.createDirectories(directory.resolve("project"));
    Files.move(jar("plugin-of-project.jar", 1), project.resolve("plugin.jar"));
    git(project, "init", "-q", "-b", "main");
    git(project, "add", ".");
    git(project, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "it");
    return project;
  }

  private static void git(Path project, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
    command.addAll(List.of(args));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static void assertNoWorktrees(Path project) {
    assertThat(project.resolve(".git").resolve("worktrees"))
        .satisfiesAnyOf(
            worktrees -> assertThat(worktrees).doesNotExist(),
            worktrees -> assertThat(worktrees).isEmptyDirectory());
  }
}
