package dev.ordo.reports;

import dev.ordo.reports.compare.Crossing;
import dev.ordo.reports.compare.SpeedUp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Parts of studies: some of one, or several as one. */
public final class StudyParts {

  private StudyParts() {}

  /** Returns the subjects of a study, in the order of its findings. */
  public static List<String> subjects(Study study) {
    return study.findings().stream().map(Study.Finding::subject).distinct().toList();
  }

  /**
   * Returns a study of some subjects and aspects of another one.
   *
   * @param study the whole
   * @param subjects which subjects stay; a crossing stays where both do
   * @param aspects which aspects stay
   */
  public static Study only(Study study, Predicate<String> subjects, Predicate<String> aspects) {
    return study
        .withFindings(
            study.findings().stream()
                .filter(one -> subjects.test(one.subject()) && aspects.test(one.aspect()))
                .toList())
        .withParallelism(
            study.parallelism().stream()
                .filter(one -> subjects.test(one.subject()) && aspects.test(one.aspect()))
                .toList())
        .withMemory(
            study.memory().stream()
                .filter(one -> subjects.test(one.subject()) && aspects.test(one.aspect()))
                .toList())
        .withCrossings(
            study.crossings().stream()
                .filter(one -> subjects.test(one.winner()) && subjects.test(one.loser()))
                .filter(one -> aspects.test(one.aspect()))
                .toList())
        .withRoofline(
            study
                .roofline()
                .map(
                    roofline ->
                        new Roofline(
                            roofline.roofs(),
                            roofline.loads().stream()
                                .filter(one -> subjects.test(one.subject()))
                                .filter(one -> aspects.test(one.aspect()))
                                .toList())));
  }

  /**
   * Returns several studies as one, for charts that show them together. A subject that more than
   * one of them has gets the name of its study behind it, as {@code mamba [run-b]}; others keep
   * theirs.
   *
   * @param studies by names that are unique; at least one
   */
  public static Study together(Map<String, Study> studies) {
    Set<String> seen = new LinkedHashSet<>();
    Set<String> ambiguous = new LinkedHashSet<>();
    for (Study study : studies.values()) {
      for (String subject : subjects(study)) {
        if (!seen.add(subject)) {
          ambiguous.add(subject);
        }
      }
    }
    Study first = studies.values().iterator().next();
    List<Study> renamed = new ArrayList<>();
    studies.forEach(
        (name, study) ->
            renamed.add(
                renamed(
                    study,
                    subject -> ambiguous.contains(subject) ? named(subject, name) : subject)));
    return first
        .withFindings(all(renamed.stream().map(Study::findings)))
        .withParallelism(all(renamed.stream().map(Study::parallelism)))
        .withMemory(all(renamed.stream().map(Study::memory)))
        .withCrossings(all(renamed.stream().map(Study::crossings)))
        .withRoofline(roofline(renamed));
  }

  /** Returns the loads of all studies under the highest roof of each number of threads. */
  private static Optional<Roofline> roofline(List<Study> studies) {
    List<Roofline> all = studies.stream().flatMap(one -> one.roofline().stream()).toList();
    Map<Integer, Roofline.Roof> highest = new TreeMap<>();
    for (Roofline roofline : all) {
      for (Roofline.Roof roof : roofline.roofs()) {
        highest.merge(
            roof.threads(), roof, (one, other) -> one.flops() >= other.flops() ? one : other);
      }
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Roofline(List.copyOf(highest.values()), all(all.stream().map(Roofline::loads))));
  }

  private static <T> List<T> all(Stream<List<T>> parts) {
    return parts.flatMap(List::stream).toList();
  }

  /** Returns a subject with one more word in its brackets. */
  private static String named(String subject, String name) {
    return subject.endsWith("]") && subject.contains(" [")
        ? subject.substring(0, subject.length() - 1) + ", " + name + "]"
        : subject + " [" + name + "]";
  }

  private static Study renamed(Study study, UnaryOperator<String> name) {
    return study
        .withFindings(
            study.findings().stream()
                .map(
                    one ->
                        new Study.Finding(
                            name.apply(one.subject()),
                            one.aspect(),
                            one.series(),
                            one.analysis(),
                            one.theory()))
                .toList())
        .withParallelism(
            study.parallelism().stream()
                .map(
                    one ->
                        new SpeedUp(
                            name.apply(one.subject()),
                            one.aspect(),
                            one.few(),
                            one.many(),
                            one.from(),
                            one.to(),
                            one.places(),
                            one.span()))
                .toList())
        .withMemory(
            study.memory().stream()
                .map(
                    one ->
                        new Footprint(
                            name.apply(one.subject()),
                            one.aspect(),
                            one.kept(),
                            one.allocated(),
                            one.held(),
                            one.theory()))
                .toList())
        .withCrossings(study.crossings().stream().map(one -> renamed(one, name)).toList())
        .withRoofline(
            study
                .roofline()
                .map(
                    roofline ->
                        new Roofline(
                            roofline.roofs(),
                            roofline.loads().stream().map(one -> renamed(one, name)).toList())));
  }

  private static Roofline.Load renamed(Roofline.Load one, UnaryOperator<String> name) {
    return new Roofline.Load(
        name.apply(one.subject()), one.aspect(), one.threads(), one.series(), one.works());
  }

  private static Crossing renamed(Crossing one, UnaryOperator<String> name) {
    return new Crossing(
        one.aspect(),
        name.apply(one.winner()),
        name.apply(one.loser()),
        one.sizeName(),
        one.unit(),
        one.kind(),
        one.size(),
        one.smallest(),
        one.largest(),
        one.upTo(),
        one.ratio(),
        one.reason());
  }

  /**
   * Returns names of studies that are as short as they can be and differ: as many of the last parts
   * of each path as it takes, and a number where paths are equal.
   *
   * @param paths the parts of each path, first to last
   */
  public static List<String> names(List<List<String>> paths) {
    int most = paths.stream().mapToInt(List::size).max().orElse(1);
    for (int parts = 1; parts <= most; parts++) {
      List<String> names = new ArrayList<>();
      for (List<String> path : paths) {
        names.add(String.join("/", path.subList(Math.max(0, path.size() - parts), path.size())));
      }
      if (Set.copyOf(names).size() == names.size()) {
        return names;
      }
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (List<String> path : paths) {
      String last = path.get(path.size() - 1);
      int count = counts.merge(last, 1, Integer::sum);
      names.add(last + (count == 1 ? "" : "#" + count));
    }
    return names;
  }
}
