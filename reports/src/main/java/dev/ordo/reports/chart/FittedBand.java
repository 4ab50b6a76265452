package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Range;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.SampledCurves;
import dev.ordo.reports.fit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The pointwise 95 % interval of a fitted law: at each size 95 of 100 laws lie in it that would
 * have been fitted to other forks.
 *
 * <p>The laws are {@value #RESAMPLES} of {@link SampledCurves#ofLaws}; the ends are their quantiles
 * at each of {@value #PLACES} sizes. Where they are anywhere more than a factor of {@value #PARTED}
 * apart, hardly anything is known of the law, and the band would hide all others: there is none.
 * Beyond a place of change that was found the law is another: the band begins there.
 */
final class FittedBand {

  private static final int RESAMPLES = 199;
  private static final int PLACES = 25;
  private static final double OUTSIDE = 0.025;
  private static final double PARTED = 10;
  private static final long SEED = 1;

  private FittedBand() {}

  /** Returns the band of a finding over its measured range; empty where nothing tells it. */
  static List<Range> of(Study.Finding finding) {
    Analysis analysis = finding.analysis();
    double[] measured = finding.series().sizes();
    if (measured.length < 2 || analysis.best().isEmpty()) {
      return List.of();
    }
    double from =
        analysis.regime().map(regime -> Math.max(regime.from(), measured[0])).orElse(measured[0]);
    double to = measured[measured.length - 1];
    long seed = Seeds.of(SEED, finding.series());
    Optional<SampledCurves> curves =
        from < to
            ? SampledCurves.ofLaws(finding.series(), analysis, RESAMPLES, seed)
            : Optional.empty();
    return curves.map(drawn -> band(drawn, analysis.best().get(), from, to)).orElse(List.of());
  }

  private static List<Range> band(SampledCurves curves, Fit best, double from, double to) {
    double[] sizes = new double[PLACES];
    for (int k = 0; k < PLACES; k++) {
      sizes[k] = k == PLACES - 1 ? to : from * Math.pow(to / from, k / (PLACES - 1.0));
    }
    double[][] logs = curves.logsAt(sizes);
    List<Range> band = new ArrayList<>();
    for (int k = 0; k < PLACES; k++) {
      int place = k;
      double[] ascending =
          Arrays.stream(logs).skip(1).mapToDouble(log -> Math.exp(log[place])).sorted().toArray();
      double value = best.at(sizes[k]);
      // A law whose coefficient is at its bound, zero, can lie just outside of all others.
      double low = Math.min(value, quantile(ascending, OUTSIDE));
      double high = Math.max(value, quantile(ascending, 1 - OUTSIDE));
      if (low >= 0 && Double.isFinite(high)) {
        band.add(new Range(sizes[k], low, high));
      }
    }
    boolean parted = band.stream().anyMatch(range -> range.high() > PARTED * range.low());
    return parted ? List.of() : band;
  }

  private static double quantile(double[] ascending, double level) {
    return ascending[(int) Math.round(level * (ascending.length + 1)) - 1];
  }
}
