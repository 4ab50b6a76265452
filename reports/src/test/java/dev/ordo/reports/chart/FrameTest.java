package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.text.Figures;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameTest {

  @BeforeAll
  static void workWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  static Stream<Sheet> sheets() {
    return Stream.of(
        Sheet.SCREEN,
        Sheet.paper(Sheet.Width.ONE),
        Sheet.paper(Sheet.Width.TWO),
        Sheet.slides(Sheet.Width.ONE),
        Sheet.slides(Sheet.Width.TWO));
  }

  /** Checks that all texts lie on the sheet, and none on another one. */
  static void assertClear(List<Label> labels, int width, int height) {
    List<Label> seen = labels.stream().filter(label -> !label.text().isEmpty()).toList();
    for (int i = 0; i < seen.size(); i++) {
      Rectangle2D box = seen.get(i).outline().getBounds2D();
      assertThat(new Rectangle(width, height).contains(box)).as(seen.get(i).text()).isTrue();
      for (int j = 0; j < i; j++) {
        Rectangle2D other = seen.get(j).outline().getBounds2D();
        assertThat(box.intersects(other))
            .as("'" + seen.get(i).text() + "' on '" + seen.get(j).text() + "'")
            .isFalse();
      }
    }
  }

  private static void assertClear(Frame frame) {
    assertClear(frame.labels(), frame.width(), frame.height());
    assertThat(frame.plot().width).isGreaterThan(frame.width() / 3);
    assertThat(frame.plot().height).isGreaterThan(frame.height() / 4);
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void noTextTouchesAnotherOrLeavesTheSheet(Sheet sheet) {
    for (Study study :
        List.of(Studies.models(), Studies.odd(), Studies.many(12), Studies.single())) {
      List<ScalingChart> charts = new ArrayList<>(ScalingChart.of(study));
      charts.addAll(ExponentChart.of(study));
      charts.addAll(PhaseChart.tpot(study));
      charts.addAll(PhaseChart.throughput(study));
      for (ScalingChart chart : charts) {
        assertClear(new ScalingPlot(chart, sheet).frame());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void neitherDoesOneOfSpeedUpsMemoryAndRooflines(Sheet sheet) {
    Study parallel = Studies.parallel(List.of("transformer", "mamba", "rnn"), 1, 2);
    List<ScalingChart> charts = new ArrayList<>(SpeedUpChart.of(parallel));
    charts.addAll(MemoryChart.of(parallel));
    charts.addAll(RooflineChart.of(Studies.roofed()));
    assertThat(charts).hasSizeGreaterThan(3);
    for (ScalingChart chart : charts) {
      assertClear(new ScalingPlot(chart, sheet).frame());
    }
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void noLabelOfAHeatMapTouchesAnother(Sheet sheet) {
    for (int length : new int[] {1, 7, 300}) {
      List<String> labels = IntStream.range(0, length).mapToObj(i -> "word" + i).toList();
      float[] weights = new float[length * length];
      weights[length - 1] = 0.3f;
      AttentionChart chart = new AttentionChart("a", "a head of a model", labels, labels, weights);

      assertClear(new AttentionPlot(chart, sheet).frame());
    }
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void longNamesAreCutAndLegendsFit(Sheet sheet) {
    String name = "com.example.collections.ConcurrentSkipListMapBenchmark.putAllWithContention";
    for (int count : new int[] {1, 5, 12}) {
      List<String> names = IntStream.range(0, count).mapToObj(i -> i + name).toList();
      Style style = Style.of(names);
      List<Legend.Key> keys =
          names.stream().map(one -> new Legend.Key(one, style.look(one), true)).toList();
      Axis across = Axis.octaves(name + name, new LogAxis(1, 1 << 30), Figures::size);
      Axis up = Axis.logarithmic(name, new LogAxis(1e-9, 1e12), tick -> tick + " furlongs");

      assertClear(new Frame(sheet, name + name, across, up, keys));
    }
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void lettersAreNeverTooSmallToRead(Sheet sheet) {
    boolean print = sheet.medium() == Sheet.Medium.PAPER;

    assertThat(sheet.letters() * sheet.points()).isGreaterThanOrEqualTo(print ? 6.99 : 9);
  }

  @Test
  void ticksThinOutInsteadOfTouching() {
    Sheet narrow = Sheet.paper(Sheet.Width.ONE);
    Axis up = Axis.linear("", 0, 1, String::valueOf);
    Axis few = Axis.octaves("n", new LogAxis(60, 1100), Figures::size);
    Axis many = Axis.octaves("n", new LogAxis(1, 1 << 29), Figures::size);

    assertThat(new Frame(narrow, "", few, up, List.of()).acrossTicks())
        .extracting(Axis.Tick::label)
        .containsExactly("64", "128", "256", "512", "1024");
    assertThat(new Frame(narrow, "", many, up, List.of()).acrossTicks()).hasSizeBetween(3, 8);
  }

  @Test
  void aLegendBelowMakesAPaperHigherAndNotThePlotLower() {
    Sheet narrow = Sheet.paper(Sheet.Width.ONE);
    ScalingChart few = ScalingChart.of(Studies.many(2)).get(0);
    ScalingChart many = ScalingChart.of(Studies.many(12)).get(0);
    Frame small = new ScalingPlot(few, narrow).frame();
    Frame large = new ScalingPlot(many, narrow).frame();

    assertThat(large.height()).isGreaterThan(small.height());
    assertThat(large.plot().height).isCloseTo(small.plot().height, within(2));
  }

  private static org.assertj.core.data.Offset<Integer> within(int units) {
    return org.assertj.core.data.Offset.offset(units);
  }
}
