package dev.ordo.harness.sweep;

import dev.ordo.harness.machine.Detectable;
import dev.ordo.harness.machine.Noise;
import dev.ordo.reports.compare.Ratio;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How quiet the machine was during a run: what its controls, the time that was stolen and the load
 * say.
 *
 * @param entries the entries of the journal
 * @param processors the number of processors of the machine
 */
record Quiet(List<Entry> entries, int processors) {

  private static final double CONFIDENCE = 0.95;

  /** The margin of verdicts in reports. */
  private static final double MARGIN = 1.1;

  /** Stolen time in percent, on average, that is worth a sentence. */
  private static final double STOLEN = 1;

  /** What measures takes one processor and its compilers a part of another. */
  private static final double OWN_LOAD = 1.5;

  /** Returns what is to stand among the facts of the run. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    List<Entry.Control> controls = controls();
    if (!controls.isEmpty()) {
      facts.put(
          "controls",
          controls.size()
              + (controls.size() == 1 ? " fork" : " forks")
              + " of fixed arithmetic"
              + sides(controls).map(ratio -> ", A/A " + text(ratio)).orElse("")
              + halves(controls).map(ratio -> ", late over early " + text(ratio)).orElse("")
              + noise(controls)
                  .map(n -> String.format(Locale.ROOT, ", %.1f %% between", 100 * n.between()))
                  .orElse(""));
    }
    range(WatchedForks.STEAL, " %").ifPresent(text -> facts.put("steal", text));
    range(WatchedForks.LOAD, "").ifPresent(text -> facts.put("load", text));
    return facts;
  }

  /** Returns sentences on what makes the run doubtful. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    List<Entry.Control> controls = controls();
    halves(controls)
        .filter(Quiet::excludesOne)
        .ifPresent(
            ratio ->
                notes.add(
                    "The machine drifted: fixed arithmetic took "
                        + text(ratio)
                        + " times as long in the second half of the run as in the first."));
    sides(controls)
        .filter(Quiet::excludesOne)
        .ifPresent(
            ratio ->
                notes.add(
                    "The machine was too noisy for its intervals: two kinds of control forks that"
                        + " do the same differ by a factor of "
                        + text(ratio)
                        + ", which one run in twenty shows by chance."));
    noise(controls)
        .ifPresent(
            noise -> {
              int forks = Math.max(2, usualForks());
              double ratio = Detectable.ratio(noise.between(), forks, 1 - CONFIDENCE, CONFIDENCE);
              if (ratio > MARGIN) {
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "The machine was noisy: forks of fixed arithmetic differ by %.1f %%. At"
                            + " that noise, %d forks on each side find a change of %.0f %% or"
                            + " more; smaller differences in this report may be the machine's.",
                        100 * noise.between(),
                        forks,
                        100 * (ratio - 1)));
              }
            });
    values(WatchedForks.STEAL)
        .average()
        .ifPresent(
            mean -> {
              if (mean > STOLEN) {
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "Other guests of the host took %.1f %% of the processors' time while forks"
                            + " ran.",
                        mean));
              }
            });
    values(WatchedForks.LOAD)
        .average()
        .ifPresent(
            mean -> {
              if (mean > OWN_LOAD + 0.25 * processors) {
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "Other programs ran on this machine: on average %.1f tasks wanted one of"
                            + " %d processors, one or two of them this run's.",
                        mean,
                        processors));
              }
            });
    return notes;
  }

  private List<Entry.Control> controls() {
    return entries.stream()
        .filter(Entry.Control.class::isInstance)
        .map(Entry.Control.class::cast)
        .toList();
  }

  /** Returns A over B: the same work. */
  private static Optional<Ratio> sides(List<Entry.Control> controls) {
    return ratio(
        controls.stream().filter(control -> control.side().equals(Entry.Control.A)).toList(),
        controls.stream().filter(control -> control.side().equals(Entry.Control.B)).toList());
  }

  /** Returns the later ones over the earlier ones. */
  private static Optional<Ratio> halves(List<Entry.Control> controls) {
    int middle = controls.size() / 2;
    return ratio(controls.subList(middle, controls.size()), controls.subList(0, middle));
  }

  private static Optional<Ratio> ratio(List<Entry.Control> above, List<Entry.Control> below) {
    return above.size() < 2 || below.size() < 2
        ? Optional.empty()
        : Optional.of(Ratio.of(sample(above), sample(below), CONFIDENCE));
  }

  private static Sample sample(List<Entry.Control> controls) {
    return new Sample(controls.stream().map(Entry.Control::nanosPerOp).toList(), Unit.NANOS_PER_OP);
  }

  private static Optional<Noise> noise(List<Entry.Control> controls) {
    return controls.size() < 2
        ? Optional.empty()
        : Optional.of(Noise.of(controls.stream().map(Entry.Control::nanosPerOp).toList()));
  }

  private static boolean excludesOne(Ratio ratio) {
    Interval interval = ratio.interval().orElseThrow();
    return interval.low() > 1 || interval.high() < 1;
  }

  private static String text(Ratio ratio) {
    Interval interval = ratio.interval().orElseThrow();
    return String.format(
        Locale.ROOT, "%.2f [%.2f, %.2f]", ratio.value(), interval.low(), interval.high());
  }

  /** Returns the median number of forks that cells got. */
  private int usualForks() {
    int[] counts =
        entries.stream()
            .filter(entry -> entry instanceof Entry.Fork fork && fork.succeeded())
            .collect(Collectors.groupingBy(e -> ((Entry.Fork) e).cell(), Collectors.counting()))
            .values()
            .stream()
            .mapToInt(Long::intValue)
            .sorted()
            .toArray();
    return counts.length == 0 ? 0 : counts[counts.length / 2];
  }

  private DoubleStream values(String metric) {
    return entries.stream()
        .filter(Entry.Fork.class::isInstance)
        .map(entry -> ((Entry.Fork) entry).secondary().get(metric))
        .filter(values -> values != null)
        .flatMapToDouble(values -> Arrays.stream(values.values()));
  }

  private Optional<String> range(String metric, String unit) {
    var statistics = values(metric).summaryStatistics();
    return statistics.getCount() == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%.1f%s on average, %.1f%s at most",
                statistics.getAverage(),
                unit,
                statistics.getMax(),
                unit));
  }
}
