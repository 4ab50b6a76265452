package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class AttentionChartTest {

  private static AttentionChart causal(int length) {
    float[] weights = new float[length * length];
    for (int i = 0; i < length; i++) {
      float sum = 0;
      for (int j = 0; j <= i; j++) {
        weights[i * length + j] = (float) Math.exp(-0.2 * (i - j) + (j % 7 == 0 ? 2 : 0));
        sum += weights[i * length + j];
      }
      for (int j = 0; j <= i; j++) {
        weights[i * length + j] /= sum;
      }
    }
    List<String> labels =
        IntStream.range(0, length).mapToObj(i -> String.valueOf((char) ('a' + i % 26))).toList();
    return new AttentionChart("attention", "model, layer 0, head 1", labels, labels, weights);
  }

  private static List<String> labels(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x").toList();
  }

  @Test
  void aCellIsAPositionWhereTheyFit() {
    List<String> labels = List.of("a", "b");
    AttentionChart chart =
        new AttentionChart("attention", "t", labels, labels, new float[] {1, 0, 0.25f, 0.75f});
    assertThat(chart.rowsPerCell()).isEqualTo(1);
    assertThat(chart.columnsPerCell()).isEqualTo(1);
    assertThat(chart.rows()).isEqualTo(2);
    assertThat(chart.columns()).isEqualTo(2);
    assertThat(chart.cell(0, 1)).isZero();
    assertThat(chart.cell(1, 0)).isEqualTo(0.25);
  }

  @Test
  void aCellIsTheMeanOfSeveralPositionsWhereTheyDoNot() {
    int length = 200;
    float[] weights = new float[length * length];
    weights[199] = 0.5f;
    weights[198 + length * 2] = 0.25f;
    AttentionChart chart =
        new AttentionChart("attention", "t", labels(length), labels(length), weights);
    assertThat(chart.rowsPerCell()).isEqualTo(3);
    assertThat(chart.columnsPerCell()).isEqualTo(3);
    assertThat(chart.columns()).isEqualTo(67);
    // The last column of cells is two positions wide.
    assertThat(chart.cell(0, 66)).isEqualTo(0.75 / 6);
    assertThat(chart.cell(1, 66)).isZero();
  }

  @Test
  void rowsAndColumnsMayDiffer() {
    float[] weights = new float[3 * 200];
    weights[2 * 200 + 4] = 0.5f;
    AttentionChart chart =
        new AttentionChart("attention", "t", List.of("who", "looks", "here"), labels(200), weights);
    assertThat(chart.rowsPerCell()).isEqualTo(1);
    assertThat(chart.columnsPerCell()).isEqualTo(3);
    assertThat(chart.rows()).isEqualTo(3);
    assertThat(chart.columns()).isEqualTo(67);
    assertThat(chart.cell(2, 1)).isEqualTo(0.5 / 3);
    assertThat(chart.cell(1, 2)).isZero();
    assertThat(chart.svg()).contains("Heat map of 3 by 200 attention weights");
  }

  @Test
  void drawsPictures() throws Exception {
    assertThat(ImageIO.read(new ByteArrayInputStream(causal(24).png())).getWidth())
        .isGreaterThan(1000);
    assertThat(causal(24).svg()).startsWith("<svg").contains("model, layer 0, head 1");
    assertThat(causal(1).svg()).startsWith("<svg");
  }

  @Test
  void hostileLabelsAreText() {
    String bad = "<script>alert(1)</script>\u001b[31m";
    AttentionChart chart =
        new AttentionChart("attention", bad, List.of(bad), List.of(bad), new float[] {1});
    assertThat(chart.svg()).doesNotContain("<script").doesNotContain("\u001b");
  }

  @Test
  void refusesWhatIsNoWeight() {
    List<String> one = List.of("a");
    List<String> two = List.of("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionChart("attention", "t", one, one, new float[] {Float.NaN}))
        .withMessage("weight (NaN) must be in 0..1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionChart("attention", "t", two, one, new float[3]))
        .withMessage("weights (3) must be rows (2) × columns (1), and at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionChart("attention", "t", one, List.of(), new float[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionChart("attention", "t", List.of(), one, new float[0]));
  }
}
