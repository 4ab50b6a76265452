package dev.ordo.reports.compare;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much faster the same work is on more threads, at each size that was measured with both.
 *
 * @param subject whose work it is: the subject of the finding on fewer threads
 * @param aspect of what: its aspect
 * @param few the series on fewer threads
 * @param many the series on more threads
 * @param from the fewer threads
 * @param to the more threads
 * @param places the sizes that both have, ascending, at least one
 * @param span what theory says of the parallelism, where it is known
 */
public record SpeedUp(
    String subject,
    String aspect,
    Series few,
    Series many,
    int from,
    int to,
    List<Place> places,
    Optional<Span> span) {

  /**
   * The metric of a series on several threads that holds the time of the same work on one thread,
   * measured in the same forks.
   */
  public static final String ONE_THREAD = "time.one.thread";

  /** The confidence of the intervals. */
  public static final double CONFIDENCE = 0.95;

  /** Copies the places. */
  public SpeedUp {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(aspect, "aspect");
    Objects.requireNonNull(few, "few");
    Objects.requireNonNull(many, "many");
    Objects.requireNonNull(span, "span");
    places = List.copyOf(places);
    if (places.isEmpty()) {
      throw new IllegalArgumentException("a speed-up needs at least one size");
    }
    if (from < 1 || to <= from) {
      throw new IllegalArgumentException(
          "threads (" + from + ", " + to + ") must be positive and ascend");
    }
  }

  /**
   * The speed-up at one size.
   *
   * @param size where
   * @param ratio the time on fewer threads over the time on more
   */
  public record Place(double size, Ratio ratio) {

    /** Returns what the interval says. */
    public Verdict verdict() {
      return Verdict.of(ratio);
    }
  }

  /**
   * What theory says of the parallelism in some work.
   *
   * @param order the asymptotic order of the span, the longest chain of steps that need each other,
   *     for example {@code log L}
   * @param steps the span in steps at the largest size that both series have
   * @param parallelism the order of the operation count over that of the span: how many processors
   *     could have work, for example {@code L²/log L}
   * @param operations the operation count over the span, at that size
   */
  public record Span(String order, double steps, String parallelism, double operations) {

    /** Checks that every part is there. */
    public Span {
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(parallelism, "parallelism");
    }
  }

  /** What an interval of a speed-up says. */
  public enum Verdict {
    /** By 10 % or more. */
    FASTER("faster"),
    /** Not by 10 %, neither faster nor slower, or less than that. */
    NO_FASTER("no faster"),
    /** Slower by 10 % or more. */
    SLOWER("slower"),
    /** The interval holds both, or there is none. */
    CANNOT_TELL("cannot tell");

    /** A change that is too small to be called one. */
    public static final double MARGIN = 1.1;

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** Returns the verdict as it is written in a table. */
    public String word() {
      return word;
    }

    /** Returns the verdict of a ratio of times, the old over the new. */
    public static Verdict of(Ratio ratio) {
      return ratio
          .interval()
          .map(
              interval -> {
                if (interval.low() > MARGIN) {
                  return FASTER;
                }
                if (interval.high() < 1 / MARGIN) {
                  return SLOWER;
                }
                return interval.high() < MARGIN ? NO_FASTER : CANNOT_TELL;
              })
          .orElse(CANNOT_TELL);
    }
  }

  /**
   * Returns the speed-up from one series to the other at the sizes that both have; empty if there
   * are none, or if the series are not of times.
   *
   * <p>Where the forks of {@code many} did the same work on one thread too, each is compared with
   * itself; else its forks are compared with those of {@code few}.
   *
   * @param subject whose work it is
   * @param aspect of what
   * @param few the series on fewer threads
   * @param many the series on more threads
   * @param oneThread what the forks of {@code many} took on one thread, if they were asked
   * @param from the fewer threads
   * @param to the more threads
   */
  public static Optional<SpeedUp> between(
      String subject,
      String aspect,
      Series few,
      Series many,
      Optional<Series> oneThread,
      int from,
      int to) {
    Map<Double, Sample> others = samples(many);
    Map<Double, Sample> repeated =
        from == 1 ? oneThread.map(SpeedUp::samples).orElse(Map.of()) : Map.of();
    List<Place> places = new ArrayList<>();
    for (Series.Point point : few.points()) {
      Sample other = others.get(point.size());
      Sample same = repeated.get(point.size());
      if (same != null && comparable(same, other) && same.forkCount() == other.forkCount()) {
        places.add(new Place(point.size(), Ratio.paired(same, other, CONFIDENCE)));
      } else if (comparable(point.sample(), other)) {
        places.add(new Place(point.size(), Ratio.of(point.sample(), other, CONFIDENCE)));
      }
    }
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(new SpeedUp(subject, aspect, few, many, from, to, places, Optional.empty()));
  }

  private static Map<Double, Sample> samples(Series series) {
    Map<Double, Sample> samples = new TreeMap<>();
    series.points().forEach(point -> samples.put(point.size(), point.sample()));
    return samples;
  }

  private static boolean comparable(Sample sample, Sample other) {
    return other != null
        && sample.unit().dimension() == Unit.Dimension.TIME
        && sample.unit().equals(other.unit())
        && Ratio.takes(sample)
        && Ratio.takes(other);
  }

  /** Returns the same speed-up with other theory. */
  public SpeedUp withSpan(Optional<Span> otherSpan) {
    return new SpeedUp(subject, aspect, few, many, from, to, places, otherSpan);
  }

  /** Returns the speed-up at the largest size that both series have. */
  public Place largest() {
    return places.get(places.size() - 1);
  }
}
