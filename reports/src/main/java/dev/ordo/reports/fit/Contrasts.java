package dev.ordo.reports.fit;

import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Contrast;
import dev.ordo.reports.compare.Ratio;
import dev.ordo.reports.compare.Setting;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The findings of one study that differ in one dimension of the setting alone. */
public final class Contrasts {

  private Contrasts() {}

  /**
   * Returns how each finding compares with the first one that differs from it in nothing but a
   * dimension, dimension by dimension; of times alone.
   */
  public static List<Contrast> of(List<Study.Finding> findings) {
    List<Contrast> contrasts = new ArrayList<>();
    for (String dimension : Setting.DIMENSIONS) {
      List<Study.Finding> having =
          findings.stream()
              .filter(finding -> finding.series().params().containsKey(dimension))
              .toList();
      List<Series> without =
          having.stream().map(finding -> without(dimension, finding.series())).toList();
      Labels labels = new Labels(without, "");
      Map<List<Object>, Study.Finding> firsts = new LinkedHashMap<>();
      for (int i = 0; i < having.size(); i++) {
        Study.Finding finding = having.get(i);
        Series work = without.get(i);
        List<Object> key =
            List.of(
                work.benchmark(),
                work.mode(),
                work.params(),
                work.threads(),
                work.sizeName(),
                finding.aspect());
        Study.Finding first = firsts.putIfAbsent(key, finding);
        if (first != null) {
          between(dimension, labels.subject(work), first, finding).ifPresent(contrasts::add);
        }
      }
    }
    return List.copyOf(contrasts);
  }

  private static Series without(String dimension, Series series) {
    Map<String, String> params = new LinkedHashMap<>(series.params());
    params.remove(dimension);
    return series.withParams(params);
  }

  private static Optional<Contrast> between(
      String dimension, String subject, Study.Finding base, Study.Finding other) {
    String from = base.series().params().get(dimension);
    String to = other.series().params().get(dimension);
    Optional<Double> rows = rows(dimension, from, to);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Map<Double, Sample> samples = new HashMap<>();
    base.series().points().forEach(point -> samples.put(point.size(), point.sample()));
    List<Contrast.Place> places = new ArrayList<>();
    for (Series.Point point : other.series().points()) {
      Sample below = samples.get(point.size());
      if (below != null && comparable(point.sample(), below)) {
        Ratio ratio = Ratio.of(point.sample(), below, Contrast.CONFIDENCE);
        places.add(new Contrast.Place(point.size(), ratio.times(1 / rows.get())));
      }
    }
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Contrast(
                dimension, from, to, subject, base.aspect(), base.series().sizeName(), places));
  }

  /** Returns how many times as many rows the other one does; nothing where they are no numbers. */
  private static Optional<Double> rows(String dimension, String from, String to) {
    if (!dimension.equals(Setting.BATCH)) {
      return Optional.of(1.0);
    }
    String number = "[1-9]\\d{0,8}";
    return from.matches(number) && to.matches(number)
        ? Optional.of((double) Integer.parseInt(to) / Integer.parseInt(from))
        : Optional.empty();
  }

  private static boolean comparable(Sample above, Sample below) {
    return above.unit().dimension() == Unit.Dimension.TIME
        && above.unit().equals(below.unit())
        && Ratio.takes(above)
        && Ratio.takes(below);
  }
}
