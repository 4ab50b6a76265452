package dev.ordo.reports.compare;

import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/** The findings of one file that differ in the parameter {@code threads} alone. */
public final class Threads {

  /** The name of the parameter. */
  public static final String PARAM = "threads";

  private Threads() {}

  /** Returns the number of threads that a series names as its parameter, if it does. */
  public static OptionalInt of(Series series) {
    String text = series.params().getOrDefault(PARAM, "");
    // Nine digits fit an int; anything else is no number of threads.
    return text.matches("[1-9]\\d{0,8}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /**
   * Returns the speed-up of each finding that another one repeats on fewer threads, compared with
   * the one on the fewest; in the order of the findings on the fewest, threads ascending.
   *
   * @param oneThread gives what the forks of a series took for the same work on one thread
   */
  public static List<SpeedUp> speedUps(
      List<Study.Finding> findings, Function<Series, Optional<Series>> oneThread) {
    Map<Work, TreeMap<Integer, Study.Finding>> works = new LinkedHashMap<>();
    for (Study.Finding finding : findings) {
      of(finding.series())
          .ifPresent(
              threads ->
                  works
                      .computeIfAbsent(Work.of(finding), work -> new TreeMap<>())
                      .putIfAbsent(threads, finding));
    }
    List<SpeedUp> speedUps = new ArrayList<>();
    for (TreeMap<Integer, Study.Finding> work : works.values()) {
      int from = work.firstKey();
      Study.Finding few = work.firstEntry().getValue();
      work.tailMap(from, false)
          .forEach(
              (to, many) ->
                  SpeedUp.between(
                          few.subject(),
                          few.aspect(),
                          few.series(),
                          many.series(),
                          oneThread.apply(many.series()),
                          from,
                          to)
                      .ifPresent(speedUps::add));
    }
    return List.copyOf(speedUps);
  }

  /** What a series measures, whatever the threads. */
  private record Work(
      String benchmark,
      String mode,
      Map<String, String> params,
      int benchmarkThreads,
      String sizeName,
      String aspect) {

    static Work of(Study.Finding finding) {
      Series series = finding.series();
      Map<String, String> params = new LinkedHashMap<>(series.params());
      params.remove(PARAM);
      return new Work(
          series.benchmark(),
          series.mode(),
          params,
          series.threads(),
          series.sizeName(),
          finding.aspect());
    }
  }
}
