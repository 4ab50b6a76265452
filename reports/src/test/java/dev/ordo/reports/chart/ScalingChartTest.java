package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Fit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ScalingChartTest {

  @BeforeAll
  static void workWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void drawsOneChartForEachAspect() {
    List<ScalingChart> charts = ScalingChart.of(Studies.models());
    assertThat(charts)
        .extracting(ScalingChart::name)
        .containsExactly("scaling-prefill", "scaling-decode", "scaling-generate");
    assertThat(charts)
        .extracting(ScalingChart::title)
        .first()
        .isEqualTo("prefill: time per operation against length");
    assertThat(charts).allMatch(ScalingChart::logarithmic);
    assertThat(charts).allMatch(chart -> chart.lines().size() == 5);
  }

  @Test
  void dotsAreMeansAndBarsTheRangeOfForkMeans() {
    Sample sample =
        new Sample(
            List.of(new double[] {9, 11}, new double[] {14}, new double[] {12}), Unit.NANOS_PER_OP);
    Series series = new Series("b", "avgt", Map.of(), 1, "n", List.of(new Series.Point(8, sample)));
    Study study =
        new Study(
            "",
            List.of(new Study.Finding("s", "time", series, Studies.nothing(), Optional.empty())),
            Map.of(),
            List.of());
    ScalingChart chart = ScalingChart.of(study).get(0);
    assertThat(chart.lines().get(0).dots()).containsExactly(new ScalingChart.Dot(8, 12, 10, 14, 3));
    assertThat(chart.caption()).contains("lowest to the highest fork mean");
  }

  @Test
  void curvesAreTheBestFitOverTheMeasuredSizesOnly() {
    Study study = Studies.models();
    Study.Finding finding = study.findings().get(0);
    Fit best = finding.analysis().best().orElseThrow();
    List<ScalingChart.Place> curve = ScalingChart.of(study).get(0).lines().get(0).curve();
    assertThat(curve.get(0).size()).isEqualTo(64);
    assertThat(curve.get(curve.size() - 1).size()).isEqualTo(4096);
    assertThat(curve).hasSizeGreaterThan(100);
    assertThat(curve).allMatch(place -> place.value() == best.at(place.size()));
  }

  @Test
  void missingCellsStayMissing() {
    ScalingChart decode = ScalingChart.of(Studies.models()).get(1);
    ScalingChart.Line s4d = decode.lines().get(3);
    assertThat(s4d.subject()).isEqualTo("s4d");
    assertThat(s4d.dots())
        .extracting(ScalingChart.Dot::size)
        .containsExactly(64.0, 128.0, 256.0, 1024.0, 2048.0, 4096.0);
  }

  @Test
  void onePointHasNoCurve() {
    ScalingChart.Line line = ScalingChart.of(Studies.odd()).get(0).lines().get(3);
    assertThat(line.dots()).hasSize(1);
    assertThat(line.curve()).isEmpty();
  }

  @Test
  void zerosGoToALinearAxisAndTheOtherChartSaysSo() {
    List<ScalingChart> memory =
        ScalingChart.of(Studies.odd()).stream()
            .filter(chart -> chart.unit().equals(Unit.BYTES_PER_OP))
            .toList();
    assertThat(memory).hasSize(2);
    ScalingChart linear = memory.get(0);
    ScalingChart logarithmic = memory.get(1);
    assertThat(linear.logarithmic()).isFalse();
    assertThat(linear.caption()).contains("linear");
    assertThat(linear.title()).endsWith(", linear axis");
    assertThat(linear.lines()).extracting(ScalingChart.Line::subject).containsExactly("zeros");
    assertThat(logarithmic.logarithmic()).isTrue();
    assertThat(logarithmic.caption()).endsWith("a logarithmic axis has no zero: zeros.");
    assertThat(logarithmic.name()).isNotEqualTo(linear.name());
  }

  @Test
  void manySeriesAreSpreadOverSeveralCharts() {
    List<ScalingChart> charts = ScalingChart.of(Studies.many(30));
    assertThat(charts).extracting(chart -> chart.lines().size()).containsExactly(10, 10, 10);
    assertThat(charts.get(1).title()).endsWith("(2/3)");
    assertThat(charts).extracting(ScalingChart::name).doesNotHaveDuplicates();
  }

  @Test
  void unitsAndSizeParametersAreNotMixed() {
    Series time = Studies.plain("n", Unit.NANOS_PER_OP, 1, 1, 2, 2);
    Series bytes = Studies.plain("n", Unit.BYTES_PER_OP, 1, 1, 2, 2);
    Series other = Studies.plain("m", Unit.NANOS_PER_OP, 1, 1, 2, 2);
    List<Study.Finding> findings =
        List.of(time, bytes, other).stream()
            .map(series -> new Study.Finding("s", "a", series, Studies.nothing(), Optional.empty()))
            .toList();
    assertThat(ScalingChart.of(new Study("", findings, Map.of(), List.of()))).hasSize(3);
  }

  @Test
  void nothingMeasuredMakesNoChart() {
    assertThat(ScalingChart.of(Studies.empty())).isEmpty();
    Series none = new Series("b", "avgt", Map.of(), 1, "n", List.of());
    Study.Finding finding = new Study.Finding("s", "a", none, Studies.nothing(), Optional.empty());
    assertThat(ScalingChart.of(new Study("", List.of(finding), Map.of(), List.of()))).isEmpty();
  }

  @Test
  void svgIsWellFormedAndNamesItself() throws Exception {
    for (ScalingChart chart : ScalingChart.of(Studies.odd())) {
      String svg = chart.svg();
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
      Element root = document.getDocumentElement();
      assertThat(root.getTagName()).isEqualTo("svg");
      assertThat(root.getAttribute("role")).isEqualTo("img");
      assertThat(root.getElementsByTagName("title").item(0).getTextContent())
          .isEqualTo(chart.title());
      assertThat(root.getElementsByTagName("desc").item(0).getTextContent())
          .isEqualTo(chart.caption());
      assertThat(svg).doesNotContain("<!DOCTYPE", "NaN", "Infinity", "href");
      assertThat(root.getElementsByTagName("clipPath").item(0).getAttributes())
          .satisfies(a -> assertThat(a.getNamedItem("id").getNodeValue()).startsWith(chart.name()));
    }
  }

  @Test
  void pngIsLargeAndNotBlank() throws IOException {
    for (Study study : List.of(Studies.odd(), Studies.single(), Studies.many(12))) {
      for (ScalingChart chart : ScalingChart.of(study)) {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(chart.png()));
        assertThat(image.getWidth()).isEqualTo(1800);
        assertThat(image.getHeight()).isEqualTo(1120);
        int[] pixels = image.getRGB(0, 0, 1800, 1120, null, 0, 1800);
        for (ScalingChart.Line line : chart.lines()) {
          int color = chart.style().look(line.subject()).color().getRGB();
          assertThat(Arrays.stream(pixels).filter(pixel -> pixel == color).count())
              .isGreaterThan(40);
        }
      }
    }
  }

  @Test
  void theSameStudyGivesTheSamePictures() {
    ScalingChart one = ScalingChart.of(Studies.models()).get(1);
    ScalingChart other = ScalingChart.of(Studies.models()).get(1);
    assertThat(one.svg()).isEqualTo(other.svg());
    assertThat(one.png()).isEqualTo(other.png());
  }

  @Test
  void drawsExtremes() {
    double[][] extremes = {
      {1, 1e-9, 2, 1e12}, {1, 5, 2, 5}, {3, 7}, {1e-3, 1, 1e9, 2}, {1, 0}, {1, -3, 2, 4},
    };
    for (double[] values : extremes) {
      Study.Finding finding =
          new Study.Finding(
              " ",
              "",
              Studies.plain("", Unit.NANOS_PER_OP, values),
              Studies.nothing(),
              Optional.empty());
      Study study = new Study("", List.of(finding), Map.of(), List.of());
      assertThat(ScalingChart.of(study).get(0).svg()).startsWith("<svg").endsWith("</svg>");
    }
  }
}
