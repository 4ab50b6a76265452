package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Range;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FittedBandTest {

  @Test
  void holdsTheTrueLawAboutAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(7);
    int held = 0;
    int all = 0;
    for (int trial = 0; trial < 200; trial++) {
      DoubleUnaryOperator law = trial % 2 == 0 ? n -> 400 + 3 * n : n -> 20 * n + 0.01 * n * n;
      for (Range range : FittedBand.of(finding(series(law, 4, 0.03, random)))) {
        double truth = law.applyAsDouble(range.size());
        held += range.low() <= truth && truth <= range.high() ? 1 : 0;
        all++;
      }
    }
    assertThat(all).isEqualTo(200 * 25);
    assertThat((double) held / all).isBetween(0.92, 0.99);
  }

  @Test
  void isNarrowerWithMoreForks() {
    DoubleUnaryOperator law = n -> 400 + 3 * n;
    SplittableRandom random = new SplittableRandom(3);
    List<Range> few = FittedBand.of(finding(series(law, 3, 0.03, random)));
    List<Range> many = FittedBand.of(finding(series(law, 48, 0.03, random)));
    for (int i = 0; i < few.size(); i++) {
      assertThat(many.get(i).high() / many.get(i).low())
          .isLessThan(few.get(i).high() / few.get(i).low());
    }
  }

  @Test
  void holdsTheDrawnCurveAndEndsWithTheMeasuredRange() {
    for (Study.Finding finding : Studies.models().findings().subList(0, 10)) {
      Fit best = finding.analysis().best().orElseThrow();
      List<Range> band = FittedBand.of(finding);
      assertThat(band).hasSize(25);
      assertThat(band.get(24).size()).isEqualTo(4096);
      assertThat(band)
          .allSatisfy(
              range -> assertThat(best.at(range.size())).isBetween(range.low(), range.high()));
    }
  }

  @Test
  void beginsBeyondAPlaceOfChange() {
    SplittableRandom random = new SplittableRandom(11);
    Study.Finding finding =
        finding(series(n -> n < 1000 ? 3 * n : 9 * n * n / 1000, 6, 0.01, random));
    Regime regime = finding.analysis().regime().orElseThrow();
    assertThat(FittedBand.of(finding)).first().extracting(Range::size).isEqualTo(regime.from());
  }

  @Test
  void aLawOfWhichHardlyAnythingIsKnownHasNone() {
    SplittableRandom random = new SplittableRandom(5);
    Study.Finding finding = finding(series(n -> n, 2, 4, random));
    assertThat(finding.analysis().best()).isPresent();
    assertThat(FittedBand.of(finding)).isEmpty();
  }

  @Test
  void countedBytesAndSingleSizesHaveNone() {
    SplittableRandom random = new SplittableRandom(1);
    List<Series.Point> counted = new ArrayList<>();
    for (int n = 64; n <= 4096; n *= 2) {
      Sample sample = new Sample(List.of(new double[] {8 * n}), Unit.BYTES);
      counted.add(new Series.Point(n, sample));
    }
    assertThat(FittedBand.of(finding(new Series("b", "avgt", Map.of(), 1, "n", counted))))
        .isEmpty();
    Series whole = series(n -> n, 3, 0.01, random);
    Series single = new Series("b", "avgt", Map.of(), 1, "n", List.of(whole.points().get(0)));
    assertThat(FittedBand.of(finding(single))).isEmpty();
  }

  @Test
  void theChartHasTheBandAndSaysWhatItIs() {
    Study study = Studies.models();
    ScalingChart chart = ScalingChart.of(study).get(0);
    assertThat(chart.lines()).allSatisfy(line -> assertThat(line.band()).hasSize(25));
    assertThat(chart.lines().get(0).band()).isEqualTo(FittedBand.of(study.findings().get(0)));
    assertThat(chart.caption()).contains("the bands about them 95 % intervals of these laws");
  }

  private static Study.Finding finding(Series series) {
    Analysis analysis = Analyst.analyze(series, 5);
    return new Study.Finding("s", "a", series, analysis, Optional.empty());
  }

  private static Series series(
      DoubleUnaryOperator law, int forks, double noise, SplittableRandom random) {
    List<Series.Point> points = new ArrayList<>();
    for (int n = 64; n <= 8192; n *= 2) {
      List<double[]> values = new ArrayList<>();
      for (int fork = 0; fork < forks; fork++) {
        values.add(new double[] {law.applyAsDouble(n) * Math.exp(noise * random.nextGaussian())});
      }
      points.add(new Series.Point(n, new Sample(values, Unit.NANOS_PER_OP)));
    }
    return new Series("b", "avgt", Map.of(), 1, "n", points);
  }
}
