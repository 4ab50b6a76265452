package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Ratio;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.fit.Interval;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SpeedUpChartTest {

  private static final List<String> MODELS = List.of("rnn", "mamba", "transformer-kv");

  @BeforeAll
  static void workWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void drawsOneChartForEachPhaseAndNumberOfThreads() {
    assertThat(SpeedUpChart.of(Studies.parallel(MODELS, 1, 2, 4)))
        .extracting(ScalingChart::name)
        .containsExactly(
            "speed-up-train-2-threads",
            "speed-up-train-4-threads",
            "speed-up-decode-2-threads",
            "speed-up-decode-4-threads");
    assertThat(SpeedUpChart.of(Studies.models())).isEmpty();
  }

  @Test
  void dotsAreRatiosAndBarsTheirIntervals() {
    Study study = Studies.parallel(MODELS, 1, 2);
    SpeedUp speedUp = study.parallelism().get(2);
    ScalingChart chart = SpeedUpChart.of(study).get(0);
    assertThat(chart.title()).isEqualTo("train: speed-up on 2 threads against length");
    assertThat(chart.rules()).containsExactly(1.0, 2.0);
    assertThat(chart.logarithmic()).isFalse();
    ScalingChart.Line line = chart.lines().get(1);
    assertThat(line.subject()).isEqualTo("mamba").isEqualTo(speedUp.subject());
    assertThat(line.dots()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      Ratio ratio = speedUp.places().get(i).ratio();
      Interval interval = ratio.interval().orElseThrow();
      assertThat(line.dots().get(i))
          .isEqualTo(
              new ScalingChart.Dot(
                  speedUp.places().get(i).size(),
                  ratio.value(),
                  interval.low(),
                  interval.high(),
                  ratio.forks()));
      assertThat(line.curve().get(i).value()).isEqualTo(ratio.value());
    }
  }

  @Test
  void saysFromHowManyThreads() {
    ScalingChart chart = SpeedUpChart.of(Studies.parallel(MODELS, 2, 8)).get(0);
    assertThat(chart.title()).isEqualTo("train: speed-up on 8 threads over 2 against length");
    assertThat(chart.rules()).containsExactly(1.0, 4.0);
  }

  @Test
  void oneForkHasNoBar() {
    Study study = Studies.parallel(MODELS, 1, 2);
    SpeedUp known = study.parallelism().get(0);
    SpeedUp lone =
        new SpeedUp(
            known.subject(),
            known.aspect(),
            known.few(),
            known.many(),
            1,
            2,
            List.of(new SpeedUp.Place(64, new Ratio(1.5, Optional.empty(), 1, 1))),
            Optional.empty());
    ScalingChart chart = SpeedUpChart.of(study.withParallelism(List.of(lone))).get(0);
    assertThat(chart.lines().get(0).dots())
        .containsExactly(new ScalingChart.Dot(64, 1.5, 1.5, 1.5, 1));
    assertThat(chart.lines().get(0).curve()).isEmpty();
    assertThat(chart.caption()).doesNotContain("intervals");
    assertThat(chart.svg()).startsWith("<svg").doesNotContain("NaN", "Infinity");
  }

  @Test
  void aWildValueMakesTheAxisLogarithmic() {
    Study study = Studies.parallel(MODELS, 1, 2);
    SpeedUp known = study.parallelism().get(0);
    SpeedUp wild =
        new SpeedUp(
            "mamba",
            known.aspect(),
            known.few(),
            known.many(),
            1,
            2,
            List.of(
                new SpeedUp.Place(64, new Ratio(200, Optional.empty(), 1, 1)),
                new SpeedUp.Place(128, new Ratio(0.9, Optional.empty(), 1, 1))),
            Optional.empty());
    ScalingChart chart = SpeedUpChart.of(study.withParallelism(List.of(known, wild))).get(0);
    assertThat(chart.logarithmic()).isTrue();
    assertThat(chart.caption())
        .endsWith("The value axis is logarithmic, since some values are far off.");
    assertThat(chart.svg()).startsWith("<svg").doesNotContain("NaN", "Infinity");
  }

  @Test
  void costChartsHoldTheLeadingFindingsOnly() {
    assertThat(ScalingChart.of(Studies.parallel(MODELS, 1, 2)).get(0).lines())
        .extracting(ScalingChart.Line::subject)
        .containsExactlyElementsOf(MODELS);
  }

  @Test
  void everyLineIsSeenAlsoAmongTwelve() throws IOException {
    List<String> models = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      models.add("a-model-with-a-name-" + i);
    }
    ScalingChart chart = SpeedUpChart.of(Studies.parallel(models, 1, 2)).get(0);
    assertThat(chart.lines()).hasSize(12);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(chart.png()));
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (ScalingChart.Line line : chart.lines()) {
      int color = chart.style().look(line.subject()).color().getRGB();
      assertThat(Arrays.stream(pixels).filter(pixel -> pixel == color).count()).isGreaterThan(100);
    }
  }
}
