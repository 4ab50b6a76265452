package dev.ordo.reports.compare;

import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.SampledCurves;
import dev.ordo.reports.fit.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The crossings between all series of a study that share aspect, size parameter and unit.
 *
 * <p>Each series gets 999 curves that it might have had ({@link SampledCurves}); the r-th of one is
 * laid over the r-th of the other, and the size is sought from which one stays below the other up
 * to {@value #REACH} times the range. Intervals are quantiles over the curves at 95 %.
 */
public final class Crossings {

  /** How many times the largest common size is looked at. */
  public static final double REACH = 4;

  /** So many subjects of one aspect are compared with each other; more are left out. */
  public static final int MOST_SUBJECTS = 20;

  private static final int RESAMPLES = 999;

  private Crossings() {}

  /** What is compared with each other. */
  private record Group(String aspect, String sizeName, Unit unit) {}

  /** One series with its curves. */
  private record Contender(String subject, Series series, Optional<SampledCurves> curves) {

    double smallest() {
      return series.points().get(0).size();
    }

    double largest() {
      return series.points().get(series.points().size() - 1).size();
    }
  }

  /**
   * Returns the crossing of every pair of findings with the same aspect, size parameter and unit,
   * in the order of the findings.
   *
   * @param seed fixes the resampling
   */
  public static List<Crossing> of(List<Study.Finding> findings, long seed) {
    List<Crossing> crossings = new ArrayList<>();
    groups(findings)
        .forEach(
            (group, members) -> {
              if (members.size() >= 2 && members.size() <= MOST_SUBJECTS) {
                crossings.addAll(pairs(group, members, seed));
              }
            });
    return List.copyOf(crossings);
  }

  /** Returns a sentence for each aspect with too many subjects to be compared. */
  public static List<String> notes(List<Study.Finding> findings) {
    List<String> notes = new ArrayList<>();
    groups(findings)
        .forEach(
            (group, members) -> {
              if (members.size() > MOST_SUBJECTS) {
                notes.add(
                    "Crossovers between the "
                        + members.size()
                        + " series of "
                        + group.aspect()
                        + " are not sought: at most "
                        + MOST_SUBJECTS
                        + " are compared with each other.");
              }
            });
    return notes;
  }

  private static Map<Group, List<Study.Finding>> groups(List<Study.Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.series().points().size() > 1)
        .collect(
            Collectors.groupingBy(
                finding ->
                    new Group(
                        finding.aspect(),
                        finding.series().sizeName(),
                        finding.series().points().get(0).sample().unit()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static List<Crossing> pairs(Group group, List<Study.Finding> members, long seed) {
    List<Contender> contenders =
        members.parallelStream().map(finding -> contender(finding, seed)).toList();
    List<int[]> indices = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      for (int j = i + 1; j < contenders.size(); j++) {
        indices.add(new int[] {i, j});
      }
    }
    return indices.parallelStream()
        .map(pair -> pair(group, contenders.get(pair[0]), contenders.get(pair[1])))
        .toList();
  }

  private static Contender contender(Study.Finding finding, long seed) {
    Series series = finding.series();
    return new Contender(
        finding.subject(),
        series,
        SampledCurves.of(series, finding.analysis(), RESAMPLES, Seeds.of(seed, series)));
  }

  private static Crossing pair(Group group, Contender one, Contender other) {
    double smallest = Math.max(one.smallest(), other.smallest());
    double largest = Math.min(one.largest(), other.largest());
    if (!(smallest < largest)) {
      return untold(group, one, other, smallest, largest, "they have no range of sizes in common");
    }
    for (Contender contender : List.of(one, other)) {
      if (contender.curves().isEmpty()) {
        String reason = "the noise of " + contender.subject() + " is unknown";
        return untold(group, one, other, smallest, largest, reason);
      }
    }
    Overlay overlay =
        Overlay.of(one.curves().get(), other.curves().get(), smallest, largest, REACH);
    Overlay.Outcome outcome = overlay.outcome();
    boolean first = outcome.firstIsLower();
    return new Crossing(
        group.aspect(),
        first ? one.subject() : other.subject(),
        first ? other.subject() : one.subject(),
        group.sizeName(),
        group.unit(),
        outcome.kind(),
        outcome.size(),
        smallest,
        largest,
        outcome.upTo(),
        Optional.of(outcome.ratio()),
        outcome.reason());
  }

  private static Crossing untold(
      Group group, Contender one, Contender other, double smallest, double largest, String reason) {
    return new Crossing(
        group.aspect(),
        one.subject(),
        other.subject(),
        group.sizeName(),
        group.unit(),
        Crossing.Kind.CANNOT_TELL,
        Optional.empty(),
        smallest,
        largest,
        largest,
        Optional.empty(),
        Optional.of(reason));
  }
}
