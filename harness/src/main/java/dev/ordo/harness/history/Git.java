package dev.ordo.harness.history;

import dev.ordo.reports.history.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What git and the CI system know of the code that was measured.
 *
 * @param directory where git is asked
 * @param environment the environment's variables
 */
record Git(Path directory, Map<String, String> environment) {

  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{7,64}(-dirty)?");
  private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_@][\\w./@{}^~-]{0,199}");
  private static final List<String> COMMIT_VARIABLES = List.of("GITHUB_SHA", "CI_COMMIT_SHA");
  private static final List<String> BRANCH_VARIABLES =
      List.of("GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_COMMIT_REF_NAME");
  private static final int SECONDS = 10;

  /** Checks that both parts are there. */
  Git {
    Objects.requireNonNull(directory, "directory");
    environment = Map.copyOf(environment);
  }

  /**
   * Returns the commit that was measured: the given one, else the one that the run itself names,
   * else the one that the CI system names, else the one that is checked out.
   *
   * @param given what the user says: a hash, or a revision of the work tree
   * @param measured what the run says
   * @throws IllegalArgumentException if what the user says is neither
   */
  Optional<Run.Commit> commit(Optional<String> given, Optional<String> measured) {
    if (given.isPresent()) {
      return Optional.of(given(given.get()));
    }
    Optional<String> named =
        Stream.concat(measured.stream(), COMMIT_VARIABLES.stream().map(environment::get))
            .filter(Objects::nonNull)
            .map(String::strip)
            .filter(text -> HASH.matcher(text).matches())
            .findFirst();
    if (named.isPresent()) {
      return named.map(this::described);
    }
    return ask("describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
        .filter(text -> HASH.matcher(text).matches())
        .map(this::described);
  }

  private Run.Commit given(String text) {
    if (REVISION.matcher(text).matches()) {
      Optional<String> hash = ask("rev-parse", "--verify", "--quiet", text + "^{commit}");
      if (hash.isPresent() || HASH.matcher(text).matches()) {
        return described(hash.orElse(text));
      }
    }
    throw new IllegalArgumentException(
        "--commit (" + text + ") must be a hash of 7 to 64 hexadecimal digits, or a revision here");
  }

  /** Returns a commit with subject and time, where git knows it. */
  private Run.Commit described(String sha) {
    String plain = sha.replaceFirst("-dirty$", "");
    List<String> lines =
        ask("show", "-s", "--format=%cI%n%s", plain, "--")
            .map(t -> t.lines().toList())
            .orElse(List.of());
    Optional<Instant> time = Optional.empty();
    try {
      time = lines.stream().findFirst().map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      // A git that writes times otherwise: the commit is known all the same.
      lines = List.of();
    }
    return new Run.Commit(sha, lines.stream().skip(1).findFirst(), time);
  }

  /** Returns the branch that the CI system names, else the one that is checked out. */
  Optional<String> branch() {
    Optional<String> named =
        BRANCH_VARIABLES.stream()
            .map(environment::get)
            .filter(text -> text != null && !text.isBlank())
            .findFirst();
    return named.or(() -> ask("symbolic-ref", "--quiet", "--short", "HEAD"));
  }

  /** Asks git; nothing where there is no git, no work tree or no answer. */
  private Optional<String> ask(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      try (InputStream out = process.getInputStream()) {
        String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        boolean fine = process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        return fine && !text.isEmpty() ? Optional.of(text) : Optional.empty();
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      // There is no git here; a history without commits is one of times.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
