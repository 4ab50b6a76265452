package dev.ordo.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.SpeedUp.Verdict;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadsTest {

  @Test
  void dividesTheTimeOnOneThreadByThatOnMore() {
    List<SpeedUp> speedUps =
        alone(
            List.of(
                finding("mamba", "train", "1", 64, 100, 128, 200, 256, 400),
                finding("mamba", "train", "2", 64, 100, 128, 125),
                finding("mamba", "train", "4", 64, 50, 128, 50)));
    assertThat(speedUps).extracting(SpeedUp::to).containsExactly(2, 4);
    SpeedUp two = speedUps.get(0);
    assertThat(two.from()).isEqualTo(1);
    assertThat(two.subject()).isEqualTo("mamba");
    assertThat(two.aspect()).isEqualTo("train");
    assertThat(two.places()).extracting(SpeedUp.Place::size).containsExactly(64.0, 128.0);
    assertThat(two.largest().ratio().value()).isCloseTo(1.6, within(1e-12));
    assertThat(speedUps.get(1).largest().ratio().value()).isCloseTo(4, within(1e-12));
  }

  @Test
  void comparesNothingButTheSameWork() {
    assertThat(
            alone(
                List.of(
                    finding("mamba", "train", "1", 64, 100),
                    finding("mamba", "decode", "2", 64, 100),
                    finding("rnn", "train", "2", 64, 100))))
        .isEmpty();
  }

  @Test
  void needsASizeThatBothHave() {
    assertThat(
            alone(
                List.of(
                    finding("mamba", "train", "1", 64, 100),
                    finding("mamba", "train", "2", 128, 100))))
        .isEmpty();
  }

  @Test
  void comparesForksWithThemselvesWhereTheyRepeatTheWorkOnOneThread() {
    List<Study.Finding> findings =
        List.of(
            finding("mamba", "train", "1", 64, 100, 128, 200),
            finding("mamba", "train", "2", 64, 100, 128, 125));
    Series repeated = finding("mamba", "train", "2", 128, 250).series();

    SpeedUp speedUp =
        Threads.speedUps(
                findings,
                series ->
                    Threads.of(series).getAsInt() == 2 ? Optional.of(repeated) : Optional.empty())
            .get(0);

    assertThat(speedUp.places().get(0).ratio().value()).isCloseTo(1, within(1e-12));
    assertThat(speedUp.largest().ratio().value()).isCloseTo(2, within(1e-12));
  }

  @Test
  void comparesForksWithThoseOnFewerThreadsIfThatIsMoreThanOne() {
    SpeedUp speedUp =
        Threads.speedUps(
                List.of(
                    finding("mamba", "train", "2", 64, 100),
                    finding("mamba", "train", "4", 64, 50)),
                series -> Optional.of(finding("mamba", "train", "4", 64, 190).series()))
            .get(0);

    assertThat(speedUp.largest().ratio().value()).isCloseTo(2, within(1e-12));
  }

  private static List<SpeedUp> alone(List<Study.Finding> findings) {
    return Threads.speedUps(findings, series -> Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"two", "0", "-1", "1e3", "''", "99999999999"})
  void takesOnlyWholeNumbersForThreads(String text) {
    assertThat(Threads.of(finding("m", "p", text, 1, 1).series())).isEmpty();
  }

  @Test
  void leavesRepetitionsOnMoreThreadsOutOfTheSummary() {
    List<Study.Finding> findings =
        List.of(
            finding("mamba", "train", "1", 64, 100),
            finding("mamba", "train", "2", 64, 50),
            finding("rnn", "train", "2", 64, 50));
    Study study = new Study("", findings, Map.of(), List.of()).withParallelism(alone(findings));
    assertThat(study.leading()).containsExactly(findings.get(0), findings.get(2));
  }

  @ParameterizedTest
  @CsvSource({
    "1.11, 1.90, FASTER",
    "1.05, 1.90, CANNOT_TELL",
    "0.95, 1.05, NO_FASTER",
    "1.01, 1.09, NO_FASTER",
    "0.50, 1.09, NO_FASTER",
    "0.50, 0.90, SLOWER",
    "0.50, 2.00, CANNOT_TELL",
  })
  void judgesByTheWholeInterval(double low, double high, Verdict verdict) {
    Interval interval = new Interval(Math.sqrt(low * high), low, high, 0.95);
    assertThat(Verdict.of(new Ratio(interval.value(), Optional.of(interval), 3, 3)))
        .isEqualTo(verdict);
  }

  @Test
  void doesNotJudgeWithoutAnInterval() {
    assertThat(Verdict.of(new Ratio(2, Optional.empty(), 1, 1))).isEqualTo(Verdict.CANNOT_TELL);
  }

  private static Study.Finding finding(
      String model, String phase, String threads, double... sizesAndTimes) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("model", model);
    params.put("phase", phase);
    params.put("threads", threads);
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < sizesAndTimes.length; i += 2) {
      double time = sizesAndTimes[i + 1];
      points.add(
          new Series.Point(
              sizesAndTimes[i],
              new Sample(List.of(new double[] {time}, new double[] {time}), Unit.NANOS_PER_OP)));
    }
    Series series = new Series("b", "avgt", params, 1, "length", points);
    return new Study.Finding(model, phase, series, Studies.nothing(), Optional.empty());
  }
}
