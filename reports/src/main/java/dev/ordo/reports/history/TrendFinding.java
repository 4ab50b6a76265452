package dev.ordo.reports.history;

import java.util.List;
import java.util.Objects;

/**
 * A trend and what is said about it.
 *
 * @param trend the values over all runs
 * @param tracks one for each host, in the order of their first runs
 */
public record TrendFinding(Trend trend, List<Track> tracks) {

  /** Copies the list. */
  public TrendFinding {
    Objects.requireNonNull(trend, "trend");
    tracks = List.copyOf(tracks);
  }

  /** Returns the number of changes on all hosts. */
  public int changeCount() {
    return tracks.stream().mapToInt(track -> track.changes().size()).sum();
  }
}
