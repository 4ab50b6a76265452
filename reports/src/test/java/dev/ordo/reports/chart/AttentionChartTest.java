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
    return new AttentionChart("model, layer 0, head 1", labels, weights);
  }

  @Test
  void aSquareIsAPositionWhereTheyFit() {
    AttentionChart chart =
        new AttentionChart("t", List.of("a", "b"), new float[] {1, 0, 0.25f, 0.75f});
    assertThat(chart.positionsPerSquare()).isEqualTo(1);
    assertThat(chart.squares()).isEqualTo(2);
    assertThat(chart.square(0, 1)).isZero();
    assertThat(chart.square(1, 0)).isEqualTo(0.25);
  }

  @Test
  void aSquareIsTheMeanOfSeveralPositionsWhereTheyDoNot() {
    int length = 200;
    float[] weights = new float[length * length];
    weights[199] = 0.5f;
    weights[198 + length * 2] = 0.25f;
    AttentionChart chart =
        new AttentionChart("t", IntStream.range(0, length).mapToObj(i -> "x").toList(), weights);
    assertThat(chart.positionsPerSquare()).isEqualTo(3);
    assertThat(chart.squares()).isEqualTo(67);
    // The last column of squares is two positions wide.
    assertThat(chart.square(0, 66)).isEqualTo(0.75 / 6);
    assertThat(chart.square(1, 66)).isZero();
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
    AttentionChart chart = new AttentionChart(bad, List.of(bad), new float[] {1});
    assertThat(chart.svg()).doesNotContain("<script").doesNotContain("\u001b");
  }

  @Test
  void refusesWhatIsNoWeight() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionChart("t", List.of("a"), new float[] {Float.NaN}))
        .withMessage("weight (NaN) must be in 0..1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionChart("t", List.of("a", "b"), new float[3]))
        .withMessageContaining("weights (3) must be labels (2) squared");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionChart("t", List.of(), new float[0]));
  }
}
