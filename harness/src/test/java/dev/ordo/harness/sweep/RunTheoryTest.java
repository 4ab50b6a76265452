package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Threads;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analyst;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTheoryTest {

  private static final ModelShape SHAPE = ModelShape.DEFAULT;
  private static final RunTheory THEORY =
      new RunTheory(model -> SHAPE, Models.load(RunTheoryTest.class.getClassLoader()));

  @ParameterizedTest
  @CsvSource({
    "QUADRATIC, LOGARITHMIC, L²/log L",
    "QUADRATIC, LINEAR, L",
    "LINEAR, LINEAR, 1",
    "LINEARITHMIC, LINEAR, log L",
    "LINEAR, LINEARITHMIC, 1/log L",
    "CONSTANT, LINEARITHMIC, 1/(L log L)",
    "CUBIC, CONSTANT, L³",
    "QUADRATIC_LOGARITHMIC, CONSTANT, L² log L",
    "CONSTANT, LINEAR, 1/L",
  })
  void dividesOrders(Order above, Order below, String quotient) {
    assertThat(RunTheory.quotient(above, below)).isEqualTo(quotient);
  }

  @Test
  void givesTheSpanAtTheLargestLength() {
    List<Study.Finding> findings = List.of(finding("rnn", "1"), finding("rnn", "2"));
    Cost cost = THEORY.models().get("rnn").cost(SHAPE, Phase.PREFILL).orElseThrow();
    assertThat(THEORY.of(Threads.speedUps(findings, series -> Optional.empty()).get(0)))
        .hasValueSatisfying(
            span -> {
              assertThat(span.order()).isEqualTo("L");
              assertThat(span.parallelism()).isEqualTo("1");
              assertThat(span.steps()).isEqualTo(cost.span().at(256));
              assertThat(span.operations())
                  .isCloseTo(cost.flops().at(256) / cost.span().at(256), within(1e-6));
            });
  }

  @Test
  void givesTheGrowthOfTheState() {
    Study.Finding finding = finding("transformer-kv", "1");
    Footprint footprint =
        new Footprint(
            "transformer-kv",
            "prefill",
            Optional.of(new Footprint.Bytes(finding.series(), finding.analysis())),
            Optional.empty(),
            Optional.empty());
    assertThat(THEORY.of(footprint))
        .hasValueSatisfying(theory -> assertThat(theory.order()).isEqualTo("L"));
  }

  @Test
  void givesOperationsAndBytesOfEachLength() {
    Study.Finding finding = finding("mamba", "2");
    Cost cost = THEORY.models().get("mamba").cost(SHAPE, Phase.PREFILL).orElseThrow();
    assertThat(THEORY.load(finding))
        .hasValueSatisfying(
            load -> {
              assertThat(load.threads()).isEqualTo(2);
              assertThat(load.works()).hasSize(3);
              assertThat(load.works().get(1).flops()).isEqualTo(cost.flops().at(128));
              assertThat(load.works().get(1).bytes()).isEqualTo(cost.bytes().at(128));
            });
  }

  @Test
  void knowsNothingOfOtherModels() {
    assertThat(THEORY.load(finding("unknown", "1"))).isEmpty();
    assertThat(THEORY.of(finding("unknown", "1"))).isEmpty();
  }

  private static Study.Finding finding(String model, String threads) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("model", model);
    params.put("phase", "prefill");
    params.put("threads", threads);
    List<Series.Point> points = new ArrayList<>();
    for (double length = 64; length <= 256; length *= 2) {
      points.add(
          new Series.Point(
              length, new Sample(List.of(new double[] {1e3 * length}), Unit.NANOS_PER_OP)));
    }
    Series series = new Series("b", "avgt", params, 1, "length", points);
    return new Study.Finding(
        model, "prefill", series, Analyst.analyze(series, 1), Optional.empty());
  }
}
