package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Roofline;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.data.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RooflineChartTest {

  @Test
  void eachSizeIsADotAtItsIntensityAndRate() {
    Study study = Studies.roofed();
    ScalingChart chart = RooflineChart.of(study).get(0);
    assertThat(chart.name()).isEqualTo("roofline-prefill");
    assertThat(chart.sizeName()).isEqualTo("FLOP per byte");
    assertThat(chart.unit().symbol()).isEqualTo("GFLOP/s");
    assertThat(chart.logarithmic()).isTrue();
    Roofline.Load load = study.roofline().orElseThrow().loads().get(0);
    Dot dot = chart.lines().get(0).dots().get(2);
    Sample sample = load.series().points().get(2).sample();
    assertThat(dot.label()).isEqualTo("L = 256");
    assertThat(dot.size()).isEqualTo(load.works().get(2).intensity());
    assertThat(dot.mean())
        .isCloseTo(load.works().get(2).flops() / sample.mean(), within(1e-9 * dot.mean()));
    double slowest = Arrays.stream(sample.forkMeans()).max().orElseThrow();
    assertThat(dot.low())
        .isCloseTo(load.works().get(2).flops() / slowest, within(1e-9 * dot.low()));
    assertThat(dot.forks()).isEqualTo(3);
  }

  @Test
  void theRoofsMeetWhereBytesAreNoLongerShort() {
    ScalingChart chart = RooflineChart.of(Studies.roofed()).get(0);
    assertThat(chart.guides())
        .extracting(ScalingChart.Guide::label)
        .containsExactly("peak 120 GFLOP/s", "cache 70 GB/s", "memory 11 GB/s");
    List<Place> peak = chart.guides().get(0).places();
    List<Place> memory = chart.guides().get(2).places();
    assertThat(memory.get(1).size()).isCloseTo(120 / 11.0, within(1e-9));
    assertThat(memory.get(1).value()).isCloseTo(120, within(1e-9));
    assertThat(memory.get(0).value()).isCloseTo(11 * memory.get(0).size(), within(1e-9));
    assertThat(peak.get(0).size()).isCloseTo(120 / 70.0, within(1e-9));
    double widest =
        chart.lines().stream()
            .flatMap(line -> line.dots().stream())
            .mapToDouble(Dot::size)
            .max()
            .orElseThrow();
    assertThat(peak.get(1).size()).isGreaterThan(widest);
  }

  @Test
  void onlyCellsOfTheMeasuredThreadsAreShown() {
    Study study = Studies.roofed();
    List<Roofline.Load> loads = study.roofline().orElseThrow().loads();
    Roofline.Roof two = new Roofline.Roof(2, 1, 1, OptionalDouble.empty(), "");
    assertThat(RooflineChart.of(study.withRoofline(Optional.of(new Roofline(List.of(two), loads)))))
        .isEmpty();
    assertThat(RooflineChart.of(Studies.models())).isEmpty();
  }

  @Test
  void saysWhatTheMachineWasMeasuredWith() {
    assertThat(RooflineChart.of(Studies.roofed()).get(1).caption())
        .contains("on 1 thread, in a test.", "may lie above the slope of memory");
  }
}
