package dev.ordo.reports.claim;

import dev.ordo.reports.Gap;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Threads;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How one series of a study is named by a person: {@code mamba.decode}, and its settings. */
public final class SeriesName {

  private static final int MOST_NEAREST = 3;
  private static final String MODEL = "model";

  private SeriesName() {}

  /**
   * Finds a series.
   *
   * <p>A name is subject and aspect with a dot between, the subject with or without its settings in
   * brackets, in any case; the subject alone where it has one aspect. Where several series are left
   * they are told apart by settings; without any, the one that stands in the summary is meant.
   *
   * @param study where to look
   * @param name the name
   * @param settings parameters that the series must have, name → value; may be empty
   * @throws IllegalArgumentException if no series or more than one is meant; the message is one
   *     line that names those that are near
   */
  public static Study.Finding find(Study study, String name, Map<String, String> settings) {
    Map<String, Set<String>> aspects = new HashMap<>();
    for (Study.Finding finding : study.findings()) {
      aspects.computeIfAbsent(base(finding), key -> new HashSet<>()).add(finding.aspect());
    }
    List<Study.Finding> named =
        study.findings().stream()
            .filter(finding -> isNamed(finding, name, aspects.get(base(finding)).size() == 1))
            .toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException(unknown(study, name));
    }
    List<Study.Finding> meant =
        named.stream()
            .filter(
                finding ->
                    settings.entrySet().stream()
                        .allMatch(one -> one.getValue().equals(value(finding, one.getKey()))))
            .toList();
    if (meant.isEmpty()) {
      throw new IllegalArgumentException(
          Text.clean(name)
              + " was not measured with "
              + written(settings)
              + ": "
              + had(named, settings));
    }
    if (meant.size() == 1) {
      return meant.get(0);
    }
    List<Study.Finding> leading = study.leading().stream().filter(meant::contains).toList();
    if (leading.size() == 1) {
      return leading.get(0);
    }
    throw new IllegalArgumentException(
        Text.clean(name)
            + " must be one series, there are "
            + meant.size()
            + ": add "
            + differences(meant));
  }

  private static boolean isNamed(Study.Finding finding, String name, boolean alone) {
    for (String subject : List.of(finding.subject(), base(finding))) {
      if (name.equalsIgnoreCase(subject + "." + finding.aspect())
          || (alone && name.equalsIgnoreCase(subject))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the subject without its settings. */
  private static String base(Study.Finding finding) {
    String model = finding.series().params().get(MODEL);
    if (model != null && finding.subject().startsWith(model + " [")) {
      return model;
    }
    int bracket = finding.subject().indexOf(" [");
    return bracket > 0 && finding.subject().endsWith("]")
        ? finding.subject().substring(0, bracket)
        : finding.subject();
  }

  private static String value(Study.Finding finding, String setting) {
    Series series = finding.series();
    String value = series.params().get(setting);
    if (value != null) {
      return value;
    }
    return switch (setting) {
      case Threads.PARAM -> Integer.toString(series.threads());
      case "mode" -> series.mode();
      default -> null;
    };
  }

  /** Returns the settings in which series differ, with their values. */
  private static String differences(List<Study.Finding> findings) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (Study.Finding finding : findings) {
      Map<String, String> all = new LinkedHashMap<>(finding.series().params());
      all.putIfAbsent(Threads.PARAM, Integer.toString(finding.series().threads()));
      all.put("mode", finding.series().mode());
      all.forEach(
          (key, value) -> values.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(value));
    }
    List<String> parts = new ArrayList<>();
    values.forEach(
        (key, distinct) -> {
          if (distinct.size() > 1) {
            parts.add(
                distinct.stream()
                    .map(value -> Text.clean(key + "=" + value))
                    .collect(Collectors.joining(" or ")));
          }
        });
    return parts.isEmpty() ? "no setting that tells them apart" : String.join(", ", parts);
  }

  private static String written(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(one -> Text.clean(one.getKey() + "=" + one.getValue()))
        .collect(Collectors.joining(" and "));
  }

  /** Returns which values the asked settings have. */
  private static String had(List<Study.Finding> named, Map<String, String> settings) {
    List<String> parts = new ArrayList<>();
    for (String setting : settings.keySet()) {
      Set<String> values = new LinkedHashSet<>();
      for (Study.Finding finding : named) {
        Optional.ofNullable(value(finding, setting)).ifPresent(values::add);
      }
      parts.add(
          Text.clean(
              values.isEmpty()
                  ? "it has no setting " + setting
                  : setting + " is " + String.join(" or ", values)));
    }
    return String.join(", ", parts);
  }

  private static String unknown(Study study, String name) {
    Optional<Gap> gap =
        study.gaps().stream()
            .filter(one -> name.equalsIgnoreCase(one.subject() + "." + one.aspect()))
            .filter(one -> one.measured() == 0)
            .findFirst();
    if (gap.isPresent()) {
      return Text.clean(name) + " was not measured: " + Text.clean(gap.get().reason());
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    String nearest =
        study.findings().stream()
            .map(finding -> base(finding) + "." + finding.aspect())
            .distinct()
            .sorted(
                Comparator.comparingInt(known -> distance(wanted, known.toLowerCase(Locale.ROOT))))
            .limit(MOST_NEAREST)
            .map(Text::clean)
            .collect(Collectors.joining(", "));
    return "unknown series '" + Text.clean(name) + "'; nearest: " + nearest;
  }

  /** Returns how many characters to insert, delete or exchange (Levenshtein 1966). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
