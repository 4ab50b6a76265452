package dev.ordo.harness.sweep;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * Why a fork measured nothing.
 *
 * @param kind what sort of failure it is
 * @param reason one sentence without its full stop, for a report
 */
public record Failure(Kind kind, String reason) {

  /** The sorts of failure, in the words of a journal. */
  public enum Kind {
    /** The heap or the machine's memory did not suffice. */
    OUT_OF_MEMORY,
    /** The fork was ended because it took longer than its time limit. */
    TIMED_OUT,
    /** The model threw an exception. */
    THREW,
    /** A result of the model was infinite or not a number. */
    NOT_FINITE,
    /** A signal ended the JVM. */
    KILLED,
    /** The JVM ended by itself, without a result. */
    EXITED,
    /** A file of the fork could not be written. */
    DISK_FULL,
    /** Anything else, and all failures in journals from before there were kinds. */
    OTHER;

    /**
     * Returns whether the same fork might do better a second time: what a signal or a clock ended
     * was perhaps not its own fault, while what a model throws it throws again.
     */
    public boolean transitory() {
      return this == TIMED_OUT || this == KILLED;
    }

    /** Returns the word in a journal, for example {@code out-of-memory}. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Checks the parts and brings the reason into one line. */
  public Failure {
    Objects.requireNonNull(kind, "kind");
    reason = Objects.requireNonNull(reason, "reason").strip().replaceAll("\\s*\\R\\s*", " ");
  }

  @JsonCreator
  static Failure of(@JsonProperty("kind") Kind kind, @JsonProperty("reason") String reason) {
    return new Failure(kind, reason);
  }

  /** Reads the failure of a journal from before there were kinds. */
  @JsonCreator
  static Failure of(String reason) {
    return new Failure(Kind.OTHER, reason);
  }

  /** Returns the reason. */
  @Override
  public String toString() {
    return reason;
  }
}
