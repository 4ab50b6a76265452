package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.Series;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlyingSizeTest {

  private static final double[] SIZES = Grown.doublings(64, 8);

  private static Series series(
      Growth growth, double[] sizes, int off, double factor, int forks, double noise, long seed) {
    return Grown.series(
        n -> growth.at(n) * (n == sizes[off] ? factor : 1), sizes, forks, noise, new Random(seed));
  }

  private static Optional<OutlyingSize> find(Series series) {
    Observations data = Observations.of(series);
    return OutlyingSize.find(data, Candidates.of(data));
  }

  @ParameterizedTest
  @CsvSource({
    "LINEAR, 3, 1.5, 5, 0.03",
    "QUADRATIC, 5, 1.5, 3, 0.03",
    "CONSTANT, 4, 1.5, 3, 0.05",
    "LINEAR, 2, 0.7, 5, 0.02",
    "LINEAR, 4, 1.5, 1, 0.02"
  })
  void isSetAsideSoThatTheOthersTellTheLaw(
      Growth growth, int off, double factor, int forks, double noise) {
    int found = 0;
    int named = 0;
    for (int repetition = 0; repetition < 50; repetition++) {
      Series series = series(growth, SIZES, off, factor, forks, noise, 61 + repetition);
      Optional<OutlyingSize> size = find(series);
      found += size.isPresent() && size.get().size() == SIZES[off] ? 1 : 0;
      named += Analyst.analyze(series, 1).conclusion().law().equals(growth.word()) ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(45);
    assertThat(named).isGreaterThanOrEqualTo(40);
  }

  @Test
  void isSaidInTheSentence() {
    Series series = series(Growth.LINEAR, SIZES, 3, 1.5, 5, 0.01, 1);

    assertThat(Analyst.analyze(series, 1).conclusion().sentence())
        .containsPattern("size 512 is set aside, being (49|50|51) % above what the others tell");
    assertThat(find(series).orElseThrow().excess()).isBetween(0.47, 0.53);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.03", "1, 0.2", "2, 0.1", "3, 0.03"})
  void isRarelySeenWhereThereIsNone(int forks, double noise) {
    int found = 0;
    for (int repetition = 0; repetition < 450; repetition++) {
      Growth growth = Growth.values()[repetition % 9];
      found +=
          find(series(growth, SIZES, 0, 1, forks, noise, 5000 + repetition)).isPresent() ? 1 : 0;
    }
    assertThat(found).isLessThanOrEqualTo(forks == 1 ? 14 : 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7})
  void isTakenForABendNearAnEndOrSetAsideButNeverMisplaced(int end) {
    Optional<OutlyingSize> off = find(series(Growth.LINEAR, SIZES, end, 1.5, 5, 0.01, 1));

    assertThat(off.map(OutlyingSize::index).orElse(end)).isEqualTo(end);
  }

  @Test
  void needsSixSizes() {
    double[] five = Grown.doublings(64, 5);

    assertThat(find(series(Growth.LINEAR, five, 2, 1.5, 5, 0.01, 1))).isEmpty();
  }

  @Test
  void isNotSeenWhereTwoAreOff() {
    Series series =
        Grown.series(
            n -> n * (n == SIZES[2] ? 1.6 : n == SIZES[5] ? 0.6 : 1),
            SIZES,
            5,
            0.01,
            new Random(1));

    assertThat(find(series)).isEmpty();
  }
}
