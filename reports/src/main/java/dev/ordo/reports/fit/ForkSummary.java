package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be known of the forks of a series: how their noise splits, and which of them did not
 * run at one level.
 *
 * @param noise the noise between forks and within them; absent where a part cannot be told
 * @param judged how many forks had iterations enough to judge their course
 * @param labelled those of them whose course is not flat, sizes ascending
 */
public record ForkSummary(Optional<NoiseSplit> noise, int judged, List<Labelled> labelled) {

  private static final int MOST_SIZES = 4;

  /** Nothing known, as of a series that was not fitted. */
  public static final ForkSummary NONE = new ForkSummary(Optional.empty(), 0, List.of());

  /** What is done with a fork. */
  public enum Treatment {
    /** Its value is the mean of its last level. */
    LAST_LEVEL("counted from its last level on"),
    /** It is left out, for its size keeps two steady forks or more. */
    LEFT_OUT("left out"),
    /** It counts as a whole, for without it its size would keep fewer than two steady forks. */
    KEPT("kept, its size having fewer than two steady forks");

    private final String words;

    Treatment(String words) {
      this.words = words;
    }

    /** Returns the treatment as text. */
    public String words() {
      return words;
    }
  }

  /**
   * A fork that did not run at one level.
   *
   * @param size at which size
   * @param fork which fork of that size, counted from 0
   * @param course its course
   * @param treatment what is done with it
   */
  public record Labelled(double size, int fork, Course course, Treatment treatment) {}

  /** Checks the parts. */
  public ForkSummary {
    Objects.requireNonNull(noise, "noise");
    labelled = List.copyOf(labelled);
  }

  /**
   * Returns how many forks have which label, at which sizes, and what is done with them, as clauses
   * without a full stop; empty where no fork has a label.
   */
  public List<String> clauses() {
    List<String> clauses = new ArrayList<>();
    for (Course.Shape shape : Course.Shape.values()) {
      for (Treatment treatment : Treatment.values()) {
        List<Labelled> forks =
            labelled.stream()
                .filter(fork -> fork.course().shape() == shape && fork.treatment() == treatment)
                .toList();
        if (!forks.isEmpty()) {
          clauses.add(clause(shape, treatment, forks));
        }
      }
    }
    return clauses;
  }

  private static String clause(Course.Shape shape, Treatment treatment, List<Labelled> forks) {
    boolean one = forks.size() == 1;
    String does =
        switch (shape) {
          case WARM_UP -> one ? "warms up" : "warm up";
          case SLOW_DOWN -> one ? "becomes slower" : "become slower";
          case DRIFTING -> one ? "drifts" : "drift";
          default -> one ? "never settles" : "never settle";
        };
    String done =
        switch (treatment) {
          case LAST_LEVEL ->
              one ? "counts from its last level on" : "count from their last level on";
          case LEFT_OUT -> one ? "is left out" : "are left out";
          case KEPT -> (one ? "is" : "are") + " kept, as fewer than two steady forks would be left";
        };
    List<String> sizes = forks.stream().map(Labelled::size).distinct().map(Words::size).toList();
    String where = sizes.size() <= MOST_SIZES ? Words.and(sizes) : sizes.size() + " sizes";
    return forks.size() + (one ? " fork " : " forks ") + does + " (at " + where + ") and " + done;
  }
}
