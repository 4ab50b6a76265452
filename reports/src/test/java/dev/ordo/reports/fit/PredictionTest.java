package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionTest {

  private static final double[] SIZES = Grown.doublings(64, 8);
  private static final double LARGEST = 8192;

  private static Series series(DoubleUnaryOperator curve, double noise) {
    return Grown.series(curve, SIZES, 3, noise, new SplittableRandom(5));
  }

  private static Prediction at(Series series, double size) {
    return Prediction.of(series, List.of(size)).get(0);
  }

  private static double width(Prediction prediction) {
    Interval value = prediction.value().orElseThrow();
    return value.high() / value.low();
  }

  @Test
  void followsTheLawFarBeyondTheRange() {
    Prediction prediction = at(series(n -> 500 + 3 * n * n, 0.01), 100 * LARGEST);
    double truth = 3 * Math.pow(100 * LARGEST, 2);
    assertThat(prediction.value().orElseThrow().value()).isCloseTo(truth, within(0.05 * truth));
    assertThat(prediction.value().orElseThrow().contains(truth)).isTrue();
    assertThat(prediction.value().orElseThrow().confidence()).isEqualTo(0.95);
    assertThat(prediction.law()).isEqualTo("a + b·n²");
    assertThat(prediction.weight()).isBetween(0.3, 1.0);
    assertThat(prediction.distance()).isEqualTo(100);
    assertThat(prediction.reason()).isEmpty();
    assertThat(prediction.parted()).isFalse();
  }

  @Test
  void growsWithTheDistanceOnEitherSide() {
    Series series = series(n -> 7 * n, 0.02);
    double last = width(at(series, 1000));
    for (double factor : new double[] {2, 4, 16, 256, 4096}) {
      double width = width(at(series, factor * LARGEST));
      assertThat(width).as("×%s", factor).isGreaterThan(last);
      last = width;
    }
    assertThat(width(at(series, 1))).isGreaterThan(width(at(series, 32)));
    assertThat(at(series, 16).distance()).isEqualTo(4);
    assertThat(at(series, 100).distance()).isEqualTo(1);
  }

  @Test
  void noiseMakesItWider() {
    DoubleUnaryOperator curve = n -> 7 * n * Math.log(n);
    double last = 1;
    for (double noise : new double[] {0.005, 0.03, 0.15}) {
      double width = width(at(series(curve, noise), 4 * LARGEST));
      assertThat(width).isGreaterThan(last);
      last = width;
    }
  }

  @Test
  void holdsAllLawsThatTheDataLeaves() {
    // Four noisy sizes over a factor of 8 tell n from n log n as little as anything.
    Series series =
        Grown.series(
            n -> 7 * n * Math.log(n), Grown.doublings(1024, 4), 2, 0.05, new SplittableRandom(1));
    Interval value = at(series, 1e6).value().orElseThrow();
    double last = series.means()[3];
    assertThat(value.contains(last * 1e6 / 8192)).isTrue();
    assertThat(value.contains(last * 1e6 * Math.log(1e6) / (8192 * Math.log(8192)))).isTrue();
  }

  @Test
  void saysWhereTheLawsPart() {
    Series series =
        Grown.series(n -> 1000, Grown.doublings(1, 4), 2, 0.10, new SplittableRandom(1));
    Prediction far = at(series, 1e6);
    assertThat(far.value()).isPresent();
    assertThat(far.parted()).isTrue();
    assertThat(at(series, 8).parted()).isFalse();
  }

  @Test
  void aHiddenQuadraticPartIsNotExcluded() {
    // The quadratic part is 3 % at the largest size, which the noise hides.
    double crossover = 30 * LARGEST;
    Interval value =
        at(series(n -> 5 * n * (1 + n / crossover), 0.05), 64 * LARGEST).value().orElseThrow();
    double truth = 5 * 64 * LARGEST * (1 + 64 * LARGEST / crossover);
    assertThat(value.contains(truth)).isTrue();
  }

  @Test
  void aStepInTheRangeGoesOn() {
    Prediction prediction = at(series(n -> 5 * n * (n >= 1024 ? 1.4 : 1), 0.01), 4 * LARGEST);
    double truth = 5 * 1.4 * 4 * LARGEST;
    assertThat(prediction.value().orElseThrow().contains(truth)).isTrue();
    assertThat(prediction.value().orElseThrow().value()).isCloseTo(truth, within(0.1 * truth));
  }

  @Test
  void oneBadSizeIsPassedOver() {
    Prediction prediction = at(series(n -> 5 * n * (n == 1024 ? 1.8 : 1), 0.01), 4 * LARGEST);
    double truth = 5 * 4 * LARGEST;
    assertThat(prediction.value().orElseThrow().value()).isCloseTo(truth, within(0.1 * truth));
    assertThat(prediction.value().orElseThrow().contains(truth)).isTrue();
  }

  @Test
  void aPowerWithoutANameIsPredictedByItself() {
    Prediction plain = at(series(n -> 3 * Math.pow(n, 1.3), 0.01), 16 * LARGEST);
    assertThat(plain.law()).matches("a·n\\^1\\.[23]\\d");
    Prediction raised = at(series(n -> 5000 + 3 * Math.pow(n, 1.3), 0.002), 16 * LARGEST);
    double truth = 5000 + 3 * Math.pow(16 * LARGEST, 1.3);
    assertThat(raised.value().orElseThrow().contains(truth)).isTrue();
  }

  @Test
  void anotherTimeUnitChangesNothing() {
    Series series = series(n -> 50 + 3 * n, 0.03);
    List<double[][]> values = new ArrayList<>();
    for (Series.Point point : series.points()) {
      double[][] cell = new double[point.sample().forkCount()][];
      for (int fork = 0; fork < cell.length; fork++) {
        cell[fork] = point.sample().fork(fork).clone();
        for (int i = 0; i < cell[fork].length; i++) {
          cell[fork][i] *= 1e6;
        }
      }
      values.add(cell);
    }
    Interval one = at(series, 1e5).value().orElseThrow();
    Interval other = at(Grown.series(SIZES, values, Unit.NANOS_PER_OP), 1e5).value().orElseThrow();
    assertThat(other.value()).isCloseTo(1e6 * one.value(), within(1e3 * one.value()));
    assertThat(other.low()).isCloseTo(1e6 * one.low(), within(1e3 * one.low()));
    assertThat(other.high()).isCloseTo(1e6 * one.high(), within(1e3 * one.high()));
  }

  @Test
  void theOrderOfForksChangesNothing() {
    Series series = series(n -> 50 + 3 * n, 0.03);
    List<double[][]> values = new ArrayList<>();
    for (Series.Point point : series.points()) {
      List<double[]> forks = new ArrayList<>();
      for (int fork = 0; fork < point.sample().forkCount(); fork++) {
        forks.add(point.sample().fork(fork));
      }
      Collections.reverse(forks);
      values.add(forks.toArray(new double[0][]));
    }
    Series turned = Grown.series(SIZES, values, Unit.NANOS_PER_OP);
    assertThat(at(turned, 1e5)).isEqualTo(at(series, 1e5));
  }

  @Test
  void oneForkASizeIsPredictedToo() {
    Series series = Grown.exact(n -> 3 * n * n, SIZES, Unit.NANOS_PER_OP);
    Interval value = at(series, 4 * LARGEST).value().orElseThrow();
    assertThat(value.contains(3 * 16 * LARGEST * LARGEST)).isTrue();
    assertThat(value.high() / value.low()).isBetween(1.02, 1.6);
  }

  @Test
  void countedBytesFollowTheirExactLaw() {
    Prediction prediction = at(Grown.exact(n -> 4096 + 512 * n, SIZES, Unit.BYTES), 1e6);
    assertThat(prediction.value())
        .contains(new Interval(4096 + 512e6, 4096 + 512e6, 4096 + 512e6, 0.95));
    assertThat(prediction.law()).isEqualTo("a + b·n");
    assertThat(prediction.parted()).isFalse();
  }

  @Test
  void zeroStaysZero() {
    Prediction prediction = at(Grown.exact(n -> 0, SIZES, Unit.BYTES_PER_OP), 1e6);
    assertThat(prediction.value()).contains(new Interval(0, 0, 0, 0.95));
    assertThat(prediction.parted()).isFalse();
  }

  @Test
  void threeSizesAreTooFew() {
    Prediction prediction = at(Grown.exact(n -> n, Grown.doublings(8, 3), Unit.NANOS_PER_OP), 1e6);
    assertThat(prediction.value()).isEmpty();
    assertThat(prediction.law()).isEmpty();
    assertThat(prediction.reason()).isEqualTo("3 sizes are too few, 4 are needed");
    assertThat(at(Grown.exact(n -> n, new double[] {8}, Unit.NANOS_PER_OP), 1e6).reason())
        .startsWith("1 size is too few");
  }

  @Test
  void nothingIsPredictedWhereNothingFits() {
    SplittableRandom random = new SplittableRandom(3);
    Series wild = Grown.exact(n -> Math.exp(6 * random.nextDouble()), SIZES, Unit.NANOS_PER_OP);
    assertThat(at(wild, 1e6).value()).isEmpty();
    assertThat(at(wild, 1e6).reason()).startsWith("no law fits: the best is off by");
  }

  @Test
  void valuesBelowZeroAreNotPredicted() {
    assertThat(at(Grown.exact(n -> n - 65, SIZES, Unit.NANOS_PER_OP), 1e6).reason())
        .isEqualTo("not every value is positive");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsWhatIsNoSize(double size) {
    Series series = Grown.exact(n -> n, SIZES, Unit.NANOS_PER_OP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Prediction.of(series, List.of(size)))
        .withMessage("size (" + size + ") must be positive and finite");
  }
}
