package dev.ordo.reports.fit;

import dev.ordo.reports.compare.Setting;
import dev.ordo.reports.compare.Threads;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Short names for series that are unique within one file. */
final class Labels {

  private static final String MODEL = "model";
  private static final String PHASE = "phase";
  private static final Set<String> COUNTS = Set.of(Threads.PARAM, Setting.BATCH);

  private final String metric;
  private final Map<String, String> shortNames;
  private final Set<String> varying = new LinkedHashSet<>();
  private final boolean severalModes;
  private final boolean severalThreads;
  private final boolean severalUnits;
  private final boolean severalSizes;
  private final Set<String> everywhere = new LinkedHashSet<>();

  Labels(List<Series> all, String metric) {
    this.metric = metric;
    shortNames = shortNames(all.stream().map(Series::benchmark).distinct().toList());
    severalModes = all.stream().map(Series::mode).distinct().count() > 1;
    severalThreads = all.stream().map(Series::threads).distinct().count() > 1;
    severalUnits = all.stream().map(Labels::unit).distinct().count() > 1;
    severalSizes = all.stream().map(Series::sizeName).distinct().count() > 1;
    Map<String, Set<String>> values = new LinkedHashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Series series : all) {
      series
          .params()
          .forEach(
              (name, value) -> {
                values.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(value);
                counts.merge(name, 1, Integer::sum);
              });
    }
    values.forEach(
        (name, distinct) -> {
          boolean common = counts.get(name) == all.size();
          if (common) {
            everywhere.add(name);
          }
          if (distinct.size() > 1 || !common) {
            varying.add(name);
          }
        });
  }

  /** Returns the model, or the benchmark's short name, with what else tells series apart. */
  String subject(Series series) {
    Map<String, String> params = series.params();
    String model = params.get(MODEL);
    String benchmark = shortNames.get(series.benchmark());
    StringBuilder label = new StringBuilder(model == null ? benchmark : model);
    if (model != null && shortNames.size() > 1) {
      label.append(' ').append(benchmark);
    }
    List<String> others = new ArrayList<>();
    params.forEach(
        (name, value) -> {
          // One thread and one row are what everybody expects; only more are worth a word.
          boolean alone = COUNTS.contains(name) && value.equals("1") && everywhere.contains(name);
          if (varying.contains(name) && !name.equals(MODEL) && !name.equals(PHASE) && !alone) {
            others.add(name + "=" + value);
          }
        });
    if (severalModes) {
      others.add(series.mode());
    }
    if (severalThreads) {
      others.add("threads=" + series.threads());
    }
    if (severalSizes) {
      others.add("over " + series.sizeName());
    }
    if (severalUnits) {
      others.add(unit(series));
    }
    return others.isEmpty() ? label.toString() : label + " [" + String.join(", ", others) + "]";
  }

  /** Returns the phase, and the metric unless it is the time of a phase. */
  String aspect(Series series) {
    String phase = series.params().get(PHASE);
    if (phase == null) {
      return metric;
    }
    return metric.equals(Measurements.TIME) ? phase : phase + " " + metric;
  }

  /** Maps each benchmark to class and method, and as many packages as tell it from the others. */
  private static Map<String, String> shortNames(List<String> benchmarks) {
    Map<String, Integer> tails = new HashMap<>();
    for (String benchmark : benchmarks) {
      for (int dot = -1; ; dot = benchmark.indexOf('.', dot + 1)) {
        tails.merge(benchmark.substring(dot + 1), 1, Integer::sum);
        if (benchmark.indexOf('.', dot + 1) < 0) {
          break;
        }
      }
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (String benchmark : benchmarks) {
      String name = benchmark;
      for (int dot = benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1);
          dot >= 0;
          dot = benchmark.lastIndexOf('.', dot - 1)) {
        String tail = benchmark.substring(dot + 1);
        if (tails.get(tail) == 1) {
          name = tail;
          break;
        }
      }
      names.put(benchmark, name);
    }
    return names;
  }

  private static String unit(Series series) {
    return series.points().get(0).sample().unit().symbol();
  }
}
