package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.Studies;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartJsonTest {

  @Test
  void holdsTheChartsOwnData() {
    ScalingChart chart = ScalingChart.of(Studies.models()).get(0);
    ObjectNode json = ChartJson.of(chart);
    assertThat(json.get("name").textValue()).isEqualTo("scaling-prefill");
    assertThat(json.get("quantity").textValue()).isEqualTo("time per operation");
    assertThat(json.get("dimension").textValue()).isEqualTo("time");
    assertThat(json.get("logarithmic").booleanValue()).isTrue();
    assertThat(json.get("lines")).hasSize(chart.lines().size());
    ScalingChart.Line line = chart.lines().get(1);
    JsonNode written = json.get("lines").get(1);
    assertThat(written.get("subject").textValue()).isEqualTo(line.subject());
    assertThat(written.get("color").textValue()).isEqualTo(chart.style().color(line.subject()));
    assertThat(written.get("dots")).hasSize(line.dots().size());
    ScalingChart.Dot dot = line.dots().get(2);
    JsonNode values = written.get("dots").get(2);
    assertThat(values.get(0).isIntegralNumber()).isTrue();
    assertThat(values.get(0).longValue()).isEqualTo((long) dot.size());
    assertThat(values.get(4).intValue()).isEqualTo(dot.forks());
    double[] expected = {dot.mean(), dot.low(), dot.high()};
    for (int i = 0; i < expected.length; i++) {
      assertThat(values.get(i + 1).doubleValue() / expected[i]).isBetween(1 - 1e-5, 1 + 1e-5);
    }
  }

  @Test
  void thinsCurvesAndKeepsTheirEnds() {
    ScalingChart.Line line = ScalingChart.of(Studies.models()).get(0).lines().get(0);
    JsonNode curve =
        ChartJson.of(ScalingChart.of(Studies.models()).get(0)).get("lines").get(0).get("curve");
    assertThat(line.curve()).hasSizeGreaterThan(200);
    assertThat(curve.size()).isBetween(2 * 90, 2 * 122);
    assertThat(curve.get(0).doubleValue()).isEqualTo(line.curve().get(0).size());
    assertThat(curve.get(curve.size() - 2).doubleValue())
        .isEqualTo(line.curve().get(line.curve().size() - 1).size());
  }

  @Test
  void holdsBandsAndGuides() {
    ScalingChart made = ScalingChart.of(Studies.models()).get(0);
    ScalingChart.Line line =
        made.lines()
            .get(0)
            .withBand(List.of(new ScalingChart.Range(64, 1, 3), new ScalingChart.Range(128, 2, 5)));
    ScalingChart chart =
        new ScalingChart(
            made.name(),
            made.title(),
            made.caption(),
            made.sizeName(),
            made.unit(),
            true,
            List.of(),
            List.of(
                new ScalingChart.Guide(
                    "peak", List.of(new ScalingChart.Place(1, 2), new ScalingChart.Place(3, 4)))),
            List.of(line),
            made.style());
    JsonNode json = ChartJson.of(chart);
    assertThat(json.get("lines").get(0).get("band")).hasToString("[64,1,3,128,2,5]");
    assertThat(json.get("guides")).hasToString("[{\"label\":\"peak\",\"places\":[1,2,3,4]}]");
  }

  @Test
  void marksAndDashesDifferBetweenSubjects() {
    JsonNode lines = ChartJson.of(ScalingChart.of(Studies.models()).get(0)).get("lines");
    assertThat(List.of(0, 1, 2, 3).stream().map(i -> lines.get(i).get("marker").textValue()))
        .doesNotHaveDuplicates();
    assertThat(List.of(0, 1, 2, 3).stream().map(i -> lines.get(i).get("dash").toString()))
        .doesNotHaveDuplicates();
  }

  @Test
  void cleansNames() {
    for (ScalingChart chart : ScalingChart.of(Studies.odd())) {
      assertThat(ChartJson.of(chart).toString()).doesNotContain("\\u001B", "\u202E");
    }
  }

  @Test
  void dotsSayWhichCellTheyAreWhereTheirPlaceDoesNot() {
    ScalingChart roofline = RooflineChart.of(Studies.roofed()).get(0);
    JsonNode dots = ChartJson.of(roofline).get("lines").get(0).get("dots");
    assertThat(dots.get(2).get(5).asText()).isEqualTo("L = 256");
    JsonNode plain = ChartJson.of(ScalingChart.of(Studies.models()).get(0));
    assertThat(plain.get("lines").get(0).get("dots").get(0)).hasSize(5);
  }
}
