package dev.ordo.harness.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionBuildTest {

  @TempDir private Path folder;

  private Path project;
  private Path log;
  private Repository repository;

  @BeforeEach
  void makeAProjectOfTwoCommits() throws Exception {
    project = Files.createDirectories(folder.resolve("project"));
    log = folder.resolve("build.log");
    git("init", "-q");
    Files.writeString(project.resolve("source.txt"), "old");
    commit("first");
    Files.writeString(project.resolve("source.txt"), "new");
    commit("second");
    Files.writeString(project.resolve("source.txt"), "not committed");
    repository = Repository.of(project);
  }

  @Test
  void buildsEachRevisionFromItsOwnFiles() throws Exception {
    assertThat(build("HEAD~1", "mkdir out && cp source.txt out/it.jar", "out/it.jar"))
        .isEqualTo("old");
    assertThat(build("HEAD", "mkdir out && cp source.txt out/it.jar", "out/it.jar"))
        .isEqualTo("new");
    assertThat(project.resolve("source.txt")).hasContent("not committed");
    assertNothingIsLeft();
  }

  @Test
  void findsAJarWhoseNameDiffers() throws Exception {
    assertThat(build("HEAD", "mkdir out && cp source.txt out/it-2.jar", "out/it-*.jar"))
        .isEqualTo("new");
    assertThatThrownBy(
            () -> build("HEAD", "mkdir out && touch out/it-1.jar out/it-2.jar", "out/it-*.jar"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be one file")
        .hasMessageContaining("[it-1.jar, it-2.jar]");
  }

  @Test
  void saysWhereTheLogOfAFailedBuildIsAndCleansUp() throws Exception {
    assertThatThrownBy(() -> build("HEAD", "echo broken; exit 3", "out/it.jar"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("build of candidate (")
        .hasMessageContaining("failed with exit code 3")
        .hasMessageContaining(log.toString());
    assertThat(log).hasContent("broken");
    assertNothingIsLeft();
  }

  @Test
  void saysThatTheJarIsMissing() throws Exception {
    assertThatThrownBy(() -> build("HEAD", "true", "out/it.jar"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("jar out/it.jar must be one file after the build")
        .hasMessageContaining("found none");
    assertNothingIsLeft();
  }

  @Test
  void rejectsWhatIsNoRevisionOrNoRepository() {
    assertThatThrownBy(() -> repository.commit("base", "no-such-branch"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("base no-such-branch must be a revision of");
    assertThatThrownBy(() -> repository.commit("base", "--all"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("base --all must be a revision");
    assertThatThrownBy(() -> Repository.of(folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be a folder");
    assertThatThrownBy(() -> Repository.of(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be in a git repository");
  }

  @Test
  void rejectsAJarOutsideTheRevision() {
    for (String jar : List.of("../it.jar", "/tmp/it.jar", "")) {
      assertThatThrownBy(() -> new RevisionBuild(repository, "true", jar))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be a path within the revision");
    }
    assertThatThrownBy(() -> new RevisionBuild(repository, " ", "it.jar"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String build(String revision, String command, String jar) throws IOException {
    Path target = folder.resolve("taken.jar");
    Files.deleteIfExists(target);
    new RevisionBuild(repository, command, jar)
        .run("candidate", repository.commit("candidate", revision), target, log);
    return Files.readString(target);
  }

  private void assertNothingIsLeft() {
    assertThat(project.resolve(".git").resolve("worktrees"))
        .satisfiesAnyOf(
            worktrees -> assertThat(worktrees).doesNotExist(),
            worktrees -> assertThat(worktrees).isEmptyDirectory());
  }

  private void commit(String message) throws Exception {
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", message);
  }

  private void git(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
    command.addAll(List.of(args));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
