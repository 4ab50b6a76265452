package dev.ordo.harness.gate;

import dev.ordo.reports.compare.Setting;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a series is called in patterns and in what is printed.
 *
 * <p>A series with the parameters {@code model} and {@code phase} is called {@code model.phase}.
 * Any other has the full name of its benchmark, and each end of it after a dot: {@code
 * org.acme.Sort.quick}, {@code acme.Sort.quick}, {@code Sort.quick}, {@code quick}. All of these
 * may have the other parameters behind them, in the order of the file: {@code
 * Sort.quick[type=int,order=random]}. JMH's threads, where there are several, stand among them as
 * {@code threads=4}, and a mode other than average time as {@code mode=thrpt}; a parameter {@code
 * threads} of 1 is left out, and of Ordo's own runs a {@code batch} of 1.
 *
 * @param names without parameters, the longest first
 * @param shown the name that is printed, without parameters
 * @param params the other parameters, {@code a=1,b=2}; may be empty
 */
record SeriesName(List<String> names, String shown, String params) {

  private static final String THREADS = "threads";

  /** Copies the names. */
  SeriesName {
    names = List.copyOf(names);
  }

  static SeriesName of(Series series) {
    return of(series.benchmark(), series.mode(), series.threads(), series.params());
  }

  /**
   * Names something measured.
   *
   * @param params all parameters but the size
   */
  static SeriesName of(String benchmark, String mode, int threads, Map<String, String> params) {
    String model = params.get("model");
    String phase = params.get("phase");
    boolean builtIn = model != null && phase != null;
    List<String> others = new ArrayList<>();
    params.forEach(
        (name, value) -> {
          boolean named = builtIn && (name.equals("model") || name.equals("phase"));
          boolean counts = name.equals(THREADS) || (builtIn && name.equals(Setting.BATCH));
          if (!named && !(counts && value.equals("1"))) {
            others.add(name + "=" + value);
          }
        });
    if (threads > 1) {
      others.add(THREADS + "=" + threads);
    }
    if (!mode.equals("avgt") && !mode.isEmpty()) {
      others.add("mode=" + mode);
    }
    List<String> tails = tails(benchmark);
    Set<String> names = new LinkedHashSet<>(tails);
    String shown = tails.size() < 2 ? tails.get(0) : tails.get(tails.size() - 2);
    if (builtIn) {
      names = new LinkedHashSet<>(List.of(model + "." + phase));
      shown = model + "." + phase;
    }
    return new SeriesName(List.copyOf(names), Text.clean(shown), String.join(",", others));
  }

  /** Returns what is printed. */
  String text() {
    return params.isEmpty() ? shown : shown + "[" + Text.clean(params) + "]";
  }

  /** Returns the same, called by its whole name. */
  SeriesName whole() {
    return new SeriesName(names, Text.clean(names.get(0)), params);
  }

  private static List<String> tails(String benchmark) {
    List<String> tails = new ArrayList<>(List.of(benchmark));
    for (int dot = benchmark.indexOf('.'); dot >= 0; dot = benchmark.indexOf('.', dot + 1)) {
      if (dot + 1 < benchmark.length()) {
        tails.add(benchmark.substring(dot + 1));
      }
    }
    return tails;
  }
}
