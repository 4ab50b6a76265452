package dev.ordo.reports.history;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * One run of a history, without its values.
 *
 * @param id what tells it from all others
 * @param time when it was measured
 * @param commit what was measured; absent where nobody knows
 * @param branch the branch of the commit; absent where nobody knows
 * @param host what it was measured on
 */
public record Run(
    String id, Instant time, Optional<Commit> commit, Optional<String> branch, HostIdentity host) {

  /** The order of measuring. */
  public static final Comparator<Run> BY_TIME =
      Comparator.comparing(Run::time).thenComparing(Run::id);

  /** The order of commits, and of measuring within one commit. */
  public static final Comparator<Run> BY_COMMIT =
      Comparator.comparing((Run run) -> run.commit().flatMap(Commit::time).orElse(run.time()))
          .thenComparing(BY_TIME);

  /** Checks that every part is there. */
  public Run {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(branch, "branch");
    Objects.requireNonNull(host, "host");
  }

  /** Returns the short name of the commit, or the time where there is none. */
  public String label() {
    return commit.map(Commit::shortSha).orElseGet(() -> time.toString());
  }

  /**
   * What was measured.
   *
   * @param sha the name of the revision, {@code -dirty} behind it where files were changed
   * @param subject the first line of its message, where it is known
   * @param time when it was committed, where that is known
   */
  public record Commit(String sha, Optional<String> subject, Optional<Instant> time) {

    private static final int SHORT = 10;

    /** Checks that every part is there. */
    public Commit {
      Objects.requireNonNull(sha, "sha");
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(time, "time");
    }

    /** Returns ten characters of the name, and whether files were changed. */
    public String shortSha() {
      int dash = sha.indexOf('-');
      String plain = dash < 0 ? sha : sha.substring(0, dash);
      String rest = dash < 0 ? "" : sha.substring(dash);
      return plain.substring(0, Math.min(SHORT, plain.length())) + rest;
    }
  }
}
