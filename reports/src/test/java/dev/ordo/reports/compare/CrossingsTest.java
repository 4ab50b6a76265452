package dev.ordo.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class CrossingsTest {

  private static final List<Double> SIZES = List.of(64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0);

  private static Study.Finding finding(
      String subject, List<Double> sizes, DoubleUnaryOperator curve) {
    Series series =
        Studies.series(
            "B." + subject,
            Map.of("model", subject),
            "length",
            sizes,
            curve,
            new Random(subject.hashCode()),
            0.02);
    return finding(subject, series);
  }

  private static Study.Finding finding(String subject, Series series) {
    return new Study.Finding(
        subject, "prefill", series, Analyst.analyze(series, 1), Optional.empty());
  }

  private static Crossing only(Study.Finding... findings) {
    List<Crossing> crossings = Crossings.of(List.of(findings), 1);
    assertThat(crossings).hasSize(1);
    return crossings.get(0);
  }

  @Test
  void findsWhereTheFlatterSeriesOvertakes() {
    Crossing crossing =
        only(
            finding("transformer", SIZES, n -> 10 * n * n), finding("mamba", SIZES, n -> 4000 * n));

    assertThat(crossing.kind()).isEqualTo(Crossing.Kind.OVERTAKES);
    assertThat(crossing.size().orElseThrow().value()).isCloseTo(400, within(25.0));
    assertThat(crossing.size().orElseThrow().contains(400)).isTrue();
    assertThat(crossing.beyondRange()).isTrue();
    assertThat(crossing.significantAtLargest()).isTrue();
    assertThat(crossing.sentence())
        .matches("mamba is faster than transformer from L = \\d+ \\[\\d+, \\d+] on");
  }

  @Test
  void saysWhenTheCrossingLiesBeyondTheRange() {
    Crossing crossing =
        only(finding("transformer", SIZES, n -> n * n), finding("mamba", SIZES, n -> 4000 * n));

    assertThat(crossing.winner()).isEqualTo("mamba");
    assertThat(crossing.insideRange()).isFalse();
    assertThat(crossing.size().orElseThrow().contains(4000)).isTrue();
    assertThat(crossing.sentence()).endsWith(" on, beyond the measured range");
  }

  @Test
  void saysWhenNobodyOvertakesWithinFourTimesTheRange() {
    Crossing crossing =
        only(finding("rnn", SIZES, n -> 1000 * n), finding("mamba", SIZES, n -> 3000 * n));

    assertThat(crossing.kind()).isEqualTo(Crossing.Kind.THROUGHOUT);
    assertThat(crossing.sentence())
        .isEqualTo(
            "rnn is faster than mamba at every size; mamba does not overtake within 4× of the"
                + " range");
    assertThat(crossing.ratio().orElseThrow().contains(3)).isTrue();
  }

  @Test
  void cannotTellWhatDoesNotDiffer() {
    Crossing crossing =
        only(finding("one", SIZES, n -> 1000 * n), finding("other", SIZES, n -> 1000 * n));

    assertThat(crossing.kind()).isEqualTo(Crossing.Kind.CANNOT_TELL);
    assertThat(crossing.sentence())
        .startsWith("cannot tell which of")
        .contains("at 2048 the ratio of")
        .endsWith("is not significant");
  }

  @Test
  void cannotTellWithoutACommonRange() {
    Crossing crossing =
        only(
            finding("one", List.of(1.0, 2.0, 4.0, 8.0), n -> n),
            finding("other", List.of(16.0, 32.0, 64.0, 128.0), n -> n));

    assertThat(crossing.reason()).contains("they have no range of sizes in common");
  }

  @Test
  void cannotTellWhatIsZero() {
    Series zero = Studies.plain("length", Unit.NANOS_PER_OP, 64, 0, 128, 0, 256, 0, 512, 0);

    assertThat(only(finding("zero", zero), finding("one", SIZES, n -> n)).reason())
        .contains("the noise of zero is unknown");
  }

  @Test
  void isTheSameWhateverTheOrder() {
    Study.Finding transformer = finding("transformer", SIZES, n -> 10 * n * n);
    Study.Finding mamba = finding("mamba", SIZES, n -> 4000 * n);
    Crossing crossing = only(transformer, mamba);
    Crossing turned = only(mamba, transformer);

    assertThat(turned.size().orElseThrow().low())
        .isCloseTo(crossing.size().orElseThrow().low(), within(1e-9));
    assertThat(turned.winner()).isEqualTo(crossing.winner());
  }

  @Test
  void leavesOutCrowdsAndSaysSo() {
    List<Study.Finding> many = new ArrayList<>();
    Study.Finding one = finding("one", SIZES, n -> n);
    for (int i = 0; i <= Crossings.MOST_SUBJECTS; i++) {
      many.add(one);
    }

    assertThat(Crossings.of(many, 1)).isEmpty();
    assertThat(Crossings.notes(many))
        .containsExactly(
            "Crossovers between the 21 series of prefill are not sought: at most 20 are compared"
                + " with each other.");
  }
}
