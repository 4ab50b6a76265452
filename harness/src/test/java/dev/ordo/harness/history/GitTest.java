package dev.ordo.harness.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.history.Run;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {

  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

  @TempDir private Path folder;

  private Git git(Map<String, String> environment) {
    return new Git(folder, environment);
  }

  @Test
  void takesWhatTheUserSaysFirst() {
    Optional<Run.Commit> commit =
        git(Map.of("GITHUB_SHA", SHA)).commit(Optional.of("abcdef0"), Optional.of(SHA));

    assertThat(commit).map(Run.Commit::sha).contains("abcdef0");
  }

  @Test
  void takesWhatTheRunSaysBeforeTheCiSystem() {
    Git git = git(Map.of("CI_COMMIT_SHA", SHA));

    assertThat(git.commit(Optional.empty(), Optional.of("fedcba9-dirty")).map(Run.Commit::shortSha))
        .contains("fedcba9-dirty");
    assertThat(git.commit(Optional.empty(), Optional.of("not in a git work tree")))
        .map(Run.Commit::sha)
        .contains(SHA);
    assertThat(git.commit(Optional.empty(), Optional.empty()).map(Run.Commit::shortSha))
        .contains("0123456789");
  }

  @Test
  void knowsNothingOutsideOfAWorkTree() {
    assertThat(git(Map.of()).commit(Optional.empty(), Optional.empty())).isEmpty();
    assertThat(git(Map.of()).branch()).isEmpty();
    assertThat(git(Map.of("GITHUB_REF_NAME", "main")).branch()).contains("main");
  }

  @Test
  void rejectsWhatIsNoCommit() {
    for (String text : new String[] {"nonsense", "--output=x", "abc", "a b", "$(id)"}) {
      assertThatThrownBy(() -> git(Map.of()).commit(Optional.of(text), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("--commit (" + text + ") must be a hash");
    }
  }
}
