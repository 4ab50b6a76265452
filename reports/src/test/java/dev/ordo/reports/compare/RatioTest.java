package dev.ordo.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {

  private static final Sample LONG = times(12.1, 11.4, 12.9, 12.3, 11.8);
  private static final Sample SHORT = times(7.2, 6.1, 6.9);

  /**
   * Source: SciPy 1.x, {@code ttest_ind(log(x), log(y), equal_var=False)} and its {@code
   * confidence_interval}, the ends of which are given as printed; degrees of freedom
   * 2.7108194475382956. R's {@code t.test(log(x), log(y))} is the same computation. Tolerance: the
   * quantile of Student's distribution is found to 1e-9.
   */
  @Test
  void agreesWithWelchsTestOfLogarithms() {
    Interval interval = Ratio.of(LONG, SHORT, 0.95).interval().orElseThrow();
    assertThat(Math.log(interval.low())).isCloseTo(0.40555975646809705, within(1e-7));
    assertThat(Math.log(interval.high())).isCloseTo(0.7698774029505489, within(1e-7));
    Interval surer = Ratio.of(LONG, SHORT, 0.99).interval().orElseThrow();
    assertThat(Math.log(surer.low())).isCloseTo(0.23757422062244332, within(1e-7));
    assertThat(Math.log(surer.high())).isCloseTo(0.9378629387962025, within(1e-7));
    assertThat(surer.confidence()).isEqualTo(0.99);
  }

  /**
   * By hand: logarithms 0 and 2 against 1 and 1. Variances 2 and 0, e² = 1, ν = 1, and Student's
   * 97.5 % quantile at one degree of freedom is tan(0.475 π) = 12.7062047.
   */
  @Test
  void takesTheDegreesOfTheSideThatVaries() {
    Ratio ratio = Ratio.of(times(1, Math.exp(2)), times(Math.E, Math.E), 0.95);
    assertThat(ratio.value()).isCloseTo(1, within(1e-12));
    assertThat(Math.log(ratio.interval().orElseThrow().high()))
        .isCloseTo(Math.tan(0.475 * Math.PI), within(1e-6));
  }

  @Test
  void turnsRoundWithItsSamples() {
    Ratio ratio = Ratio.of(LONG, SHORT, 0.9);
    Ratio turned = Ratio.of(SHORT, LONG, 0.9);
    assertThat(turned.value() * ratio.value()).isCloseTo(1, within(1e-12));
    assertThat(turned.interval().orElseThrow().low() * ratio.interval().orElseThrow().high())
        .isCloseTo(1, within(1e-12));
    assertThat(turned.forks()).isEqualTo(3);
    assertThat(turned.otherForks()).isEqualTo(5);
  }

  @Test
  void doesNotDependOnTheUnitOfTimeOrTheOrderOfForks() {
    Ratio micros =
        Ratio.of(times(11.8e3, 12.9e3, 12.3e3, 11.4e3, 12.1e3), times(6.1e3, 7.2e3, 6.9e3), 0.95);
    Ratio nanos = Ratio.of(LONG, SHORT, 0.95);
    assertThat(micros.value()).isCloseTo(nanos.value(), within(1e-12));
    assertThat(micros.interval().orElseThrow().low())
        .isCloseTo(nanos.interval().orElseThrow().low(), within(1e-12));
  }

  @Test
  void countsForksAndNotIterations() {
    Sample iterations =
        new Sample(
            List.of(new double[] {1, 3}, new double[] {3, 5, 7}, new double[] {4}),
            Unit.NANOS_PER_OP);
    assertThat(Ratio.of(iterations, SHORT, 0.95)).isEqualTo(Ratio.of(times(2, 5, 4), SHORT, 0.95));
  }

  @Test
  void saysThatOneForkHasNoInterval() {
    Ratio ratio = Ratio.of(LONG, times(6), 0.95);
    assertThat(ratio.value()).isGreaterThan(1.9);
    assertThat(ratio.interval()).isEmpty();
    assertThat(ratio.limitation()).contains("no interval: one fork on a side");
    assertThat(Ratio.of(times(12), times(6), 0.95).limitation())
        .contains("no interval: one fork each");
    assertThat(Ratio.of(LONG, SHORT, 0.95).limitation()).isEmpty();
  }

  @Test
  void isAPointWithoutNoise() {
    Interval interval = Ratio.of(times(6, 6), times(3, 3, 3), 0.95).interval().orElseThrow();
    assertThat(interval.low()).isEqualTo(interval.high()).isCloseTo(2, within(1e-12));
  }

  @Test
  void rejectsWhatHasNoRatio() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.of(LONG, times(1, 0), 0.95))
        .withMessage("mean (0.0) of fork 1 must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.of(LONG, SHORT, 1))
        .withMessage("confidence (1.0) must be in (0, 1)");
    Sample bytes = new Sample(List.of(new double[] {1}), Unit.BYTES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.of(LONG, bytes, 0.95))
        .withMessage("units (ns/op, B) must be the same");
    assertThat(Ratio.takes(LONG)).isTrue();
    assertThat(Ratio.takes(times(1, 0))).isFalse();
  }

  /** Measured over 4000 draws: 95 ± 0.7 % is what chance allows; Welch errs towards the wide. */
  @ParameterizedTest
  @CsvSource({
    "2, 2, 0.03, 0.03, 94.0, 99.0",
    "3, 3, 0.03, 0.03, 94.0, 98.0",
    "5, 5, 0.03, 0.03, 94.0, 97.0",
    "3, 5, 0.03, 0.15, 93.5, 97.0",
    "5, 2, 0.15, 0.03, 93.5, 97.5",
    "10, 10, 0.1, 0.02, 94.0, 96.5",
  })
  void holdsTheTruthAsOftenAsItSays(
      int forks, int otherForks, double noise, double otherNoise, double least, double most) {
    assertThat(coverage(forks, otherForks, noise, otherNoise, Random::nextGaussian))
        .isBetween(least, most);
  }

  /** Student's t with 3 degrees of freedom: the normal that is assumed, with bad forks. */
  @ParameterizedTest
  @CsvSource({"2, 2", "3, 3", "5, 5", "10, 10"})
  void standsHeavyTails(int forks, int otherForks) {
    assertThat(coverage(forks, otherForks, 0.05, 0.05, RatioTest::heavy)).isBetween(94.0, 99.0);
  }

  /** The values of R's t.test(log(c(2, 2.2, 1.9))). */
  @Test
  void agreesWithStudentsTestOfPairs() {
    Ratio ratio = Ratio.paired(times(20, 44, 5.7), times(10, 20, 3), 0.95);

    assertThat(ratio.value()).isCloseTo(2.029561, within(1e-6));
    Interval interval = ratio.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(1.687102, within(1e-6));
    assertThat(interval.high()).isCloseTo(2.441534, within(1e-6));
  }

  @Test
  void comparesPairsHoweverMuchForksDiffer() {
    Ratio ratio = Ratio.paired(times(20, 400, 3), times(10, 200, 1.5), 0.95);

    assertThat(ratio.value()).isCloseTo(2, within(1e-12));
    assertThat(ratio.interval().orElseThrow().high()).isCloseTo(2, within(1e-12));
  }

  @Test
  void hasNoIntervalFromOnePair() {
    assertThat(Ratio.paired(times(2), times(1), 0.95).interval()).isEmpty();
  }

  @Test
  void rejectsForksThatAreNotPairs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratio.paired(times(1, 2), times(1, 2, 3), 0.95))
        .withMessage("forks (2, 3) must be the same");
  }

  private static double heavy(Random random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double normal = random.nextGaussian();
      squares += normal * normal;
    }
    return random.nextGaussian() / Math.sqrt(squares / 3);
  }

  /** Returns how many of 4000 intervals for a ratio of 1.7 hold it, in percent. */
  private static double coverage(
      int forks, int otherForks, double noise, double otherNoise, ToDoubleFunction<Random> draw) {
    Random random = new Random(17);
    int held = 0;
    for (int i = 0; i < 4000; i++) {
      Ratio ratio =
          Ratio.of(
              times(drawn(1.7, forks, noise, draw, random)),
              times(drawn(1, otherForks, otherNoise, draw, random)),
              0.95);
      held += ratio.interval().orElseThrow().contains(1.7) ? 1 : 0;
    }
    return held / 40.0;
  }

  private static double[] drawn(
      double mean, int forks, double noise, ToDoubleFunction<Random> draw, Random random) {
    double[] values = new double[forks];
    Arrays.setAll(values, i -> mean * Math.exp(noise * draw.applyAsDouble(random)));
    return values;
  }

  private static Sample times(double... means) {
    List<double[]> forks = new ArrayList<>();
    for (double mean : means) {
      forks.add(new double[] {mean});
    }
    return new Sample(forks, Unit.NANOS_PER_OP);
  }
}
