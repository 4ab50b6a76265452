package dev.ordo.reports.document;

import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.history.ChangePoint;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.Track;
import dev.ordo.reports.history.TrendFinding;
import dev.ordo.reports.history.TrendKey;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a history says, in words that the table, the page and charts share. */
final class HistoryWords {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
  private static final int SUBJECT_COLUMNS = 60;
  private static final int MOST_HOSTS = 6;

  private final HistoryStudy study;
  private final TrendLabels labels;

  HistoryWords(HistoryStudy study) {
    this.study = study;
    this.labels = new TrendLabels(study.history().trends());
  }

  /** One change with what it belongs to. */
  record Located(TrendFinding finding, Track track, ChangePoint change) {

    /** Returns the place of the first run after it in the list of runs. */
    int run() {
      return track.run(change.first());
    }
  }

  /**
   * The changes that came with one run.
   *
   * @param heading the commit, or the time where it is not known
   * @param range which runs it lies between
   * @param changes one sentence for each cell or exponent
   */
  public record Group(String heading, String range, List<String> changes) {

    /** Copies the list. */
    public Group {
      changes = List.copyOf(changes);
    }
  }

  String label(TrendKey key) {
    return labels.of(key);
  }

  /** Returns the track of the latest run of a trend. */
  static Track latest(TrendFinding finding) {
    return finding.tracks().stream()
        .max(Comparator.comparingInt(track -> track.run(track.count() - 1)))
        .orElseThrow();
  }

  /** Returns the level of the last stretch of a track. */
  static String level(TrendKey key, Track track) {
    int[] bounds = track.bounds();
    double level = track.level(bounds[bounds.length - 2], track.count());
    return key.isExponent() ? Figures.exponent(level) : Figures.value(level, key.unit());
  }

  /** Returns the last change of a track in a few words; nothing where there is none. */
  static String lastChange(TrendKey key, Track track) {
    if (track.changes().isEmpty()) {
      return "";
    }
    ChangePoint last = track.changes().get(track.changes().size() - 1);
    return effect(key, last) + (last.worse() ? " worse" : " better");
  }

  /** Returns the size of a change: {@code +12 %}, {@code ×2.41} or {@code +0.31}. */
  static String effect(TrendKey key, ChangePoint change) {
    double effect = change.effect().value();
    if (!change.relative()) {
      return signed(key, effect);
    }
    return effect >= 2 || effect <= 0.5 ? "×" + Figures.factor(effect) : percent(effect);
  }

  private static String percent(double factor) {
    double percent = (factor - 1) * 100;
    return String.format(Locale.ROOT, Math.abs(percent) < 99.5 ? "%+.1f %%" : "%+.0f %%", percent);
  }

  private static String signed(TrendKey key, double difference) {
    if (key.isExponent()) {
      return String.format(Locale.ROOT, "%+.2f", difference);
    }
    String text = Figures.value(difference, key.unit());
    return difference > 0 ? "+" + text : text;
  }

  private static String interval(TrendKey key, ChangePoint change) {
    Interval effect = change.effect();
    if (!change.relative()) {
      return "[" + signed(key, effect.low()) + ", " + signed(key, effect.high()) + "]";
    }
    boolean factors = effect.value() >= 2 || effect.value() <= 0.5;
    return factors
        ? Figures.factors(effect)
        : "[" + percent(effect.low()) + ", " + percent(effect.high()) + "]";
  }

  /** Returns all changes, in the order of runs, those of one run and host together. */
  List<Group> groups() {
    Map<Integer, List<Located>> runs = new LinkedHashMap<>();
    located().stream()
        .sorted(Comparator.comparingInt(Located::run))
        .forEach(one -> runs.computeIfAbsent(one.run(), none -> new ArrayList<>()).add(one));
    List<Group> groups = new ArrayList<>();
    runs.forEach((run, changes) -> groups.add(group(run, changes)));
    return groups;
  }

  List<Located> located() {
    List<Located> all = new ArrayList<>();
    for (TrendFinding finding : study.findings()) {
      for (Track track : finding.tracks()) {
        track.changes().forEach(change -> all.add(new Located(finding, track, change)));
      }
    }
    return all;
  }

  private Group group(int place, List<Located> changes) {
    Run run = study.history().runs().get(place);
    // Tracks of one host may lack runs: the range is as narrow as the best of them says.
    int before =
        changes.stream()
            .mapToInt(one -> one.track().run(one.change().first() - 1))
            .max()
            .orElseThrow();
    String host = study.history().hosts().size() > 1 ? ", on host " + run.host().key() : "";
    return new Group(
        described(run),
        "last run before: " + described(study.history().runs().get(before)) + host,
        changes.stream().map(this::sentence).toList());
  }

  /** Returns a run as {@code 3f2a1b0c9d "Subject" (2026-11-03, main)}. */
  static String described(Run run) {
    String subject =
        run.commit()
            .flatMap(Run.Commit::subject)
            .map(text -> " \"" + Text.head(Text.clean(text), SUBJECT_COLUMNS) + "\"")
            .orElse("");
    String branch = run.branch().map(text -> ", " + Text.clean(text)).orElse("");
    return run.commit().map(c -> Text.clean(c.shortSha())).orElse("run of")
        + subject
        + " ("
        + (run.commit().isPresent() ? day(run) : run.time().toString())
        + branch
        + ")";
  }

  static String day(Run run) {
    return DAY.format(run.time());
  }

  private String sentence(Located one) {
    TrendKey key = one.finding().trend().key();
    ChangePoint change = one.change();
    int candidates = change.latest() - change.earliest() + 1;
    Run first = study.history().runs().get(one.track().run(change.earliest()));
    Run last = study.history().runs().get(one.track().run(change.latest()));
    return label(key)
        + ": "
        + effect(key, change)
        + " "
        + interval(key, change)
        + (change.worse() ? ", worse" : ", better")
        + "; "
        + probability(change.probability())
        + " ("
        + probability(change.adjusted())
        + " adjusted)"
        + (candidates == 1
            ? ""
            : "; may be any of "
                + candidates
                + " runs from "
                + brief(first)
                + " to "
                + brief(last));
  }

  private static String brief(Run run) {
    return Text.clean(run.commit().map(Run.Commit::shortSha).orElseGet(() -> day(run)));
  }

  static String probability(double p) {
    if (p < 1e-4) {
      return "p < 0.0001";
    }
    return "p = " + String.format(Locale.ROOT, p < 0.001 ? "%.4f" : "%.3f", p);
  }

  /** Returns how much there is, how changes are claimed, and what was left out. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    int runs = study.history().runs().size();
    List<HostKeyed> hosts = hosts();
    long cells = study.findings().stream().filter(f -> !f.trend().key().isExponent()).count();
    long exponents = study.findings().size() - cells;
    sentences.add(
        count(runs, "run")
            + (runs > 1
                ? " from "
                    + day(study.history().runs().get(0))
                    + " to "
                    + day(study.history().runs().get(runs - 1))
                : " of " + day(study.history().runs().get(0)))
            + " on "
            + count(hosts.size(), "host")
            + ": "
            + count(cells, "cell")
            + (exponents > 0 ? " and " + count(exponents, "exponent") : "")
            + ", "
            + (study.changeCount() == 0 ? "no change" : count(study.changeCount(), "change"))
            + ".");
    if (study.tests() == 0) {
      sentences.add(
          "Too few runs to find a change: a host needs at least 6 of a cell, 3 on each side.");
    } else {
      sentences.add(
          "Of all changes called, at most "
              + Figures.percent(study.options().alpha())
              + " are expected to be false (Benjamini–Hochberg over "
              + count(study.tests(), "test")
              + "); a change counts from "
              + Figures.percent(study.options().margin())
              + " on, of an exponent from "
              + Figures.exponent(study.options().margin())
              + ", and needs 3 runs behind it.");
    }
    if (hosts.size() > 1) {
      sentences.add(
          "Only runs of one host are compared with each other; levels and trends are those of the"
              + " latest host.");
      for (HostKeyed host : hosts.subList(0, Math.min(MOST_HOSTS, hosts.size()))) {
        sentences.add("Host " + host.text() + ".");
      }
      if (hosts.size() > MOST_HOSTS) {
        sentences.add("And " + (hosts.size() - MOST_HOSTS) + " more hosts.");
      }
    }
    study.history().notes().forEach(note -> sentences.add(Text.clean(note)));
    return sentences;
  }

  private record HostKeyed(String text) {}

  private List<HostKeyed> hosts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    study.history().runs().forEach(run -> counts.merge(run.host().key(), 1, Integer::sum));
    return study.history().hosts().stream()
        .map(
            host ->
                new HostKeyed(
                    Text.clean(host.key() + ", " + count(counts.get(host.key()), "run") + ": ")
                        + Text.clean(host.description())))
        .toList();
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
