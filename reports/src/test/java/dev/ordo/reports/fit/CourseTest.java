package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourseTest {

  private static Course of(double... iterations) {
    return Course.of(new Sample(List.of(iterations), Unit.NANOS_PER_OP)).get(0);
  }

  /** Returns how often a fork among four flat ones has a shape. */
  private static double share(
      Course.Shape shape, Iterations iterations, Iterations.Change change, double height) {
    Random random = new Random(31);
    int repetitions = 400;
    int found = 0;
    for (int repetition = 0; repetition < repetitions; repetition++) {
      List<double[]> forks = new ArrayList<>();
      forks.add(iterations.draw(change, height, random));
      for (int i = 0; i < 4; i++) {
        forks.add(iterations.draw(Iterations.Change.NONE, 0, random));
      }
      if (Course.of(new Sample(forks, Unit.NANOS_PER_OP)).get(0).shape() == shape) {
        found++;
      }
    }
    return (double) found / repetitions;
  }

  @Test
  void saysNothingOfSevenIterations() {
    Course course = of(50, 50, 50, 10, 10, 10, 10);

    assertThat(course.shape()).isEqualTo(Course.Shape.UNJUDGED);
    assertThat(course.shape().steady()).isTrue();
    assertThat(course.last().mean()).isCloseTo(190 / 7.0, within(1e-12));
  }

  @Test
  void findsTheLevelAfterAWarmUp() {
    Course course = of(150, 151, 149, 150, 100, 101, 99, 100, 101, 99, 100, 100);

    assertThat(course.shape()).isEqualTo(Course.Shape.WARM_UP);
    assertThat(course.levels())
        .containsExactly(new Course.Level(0, 4, 150), new Course.Level(4, 12, 100));
  }

  @Test
  void findsASlowDown() {
    assertThat(of(100, 101, 99, 100, 120, 121, 119, 120, 121, 119, 120, 120).shape())
        .isEqualTo(Course.Shape.SLOW_DOWN);
  }

  @Test
  void callsUnsettledWhatChangesLate() {
    Course course = of(100, 101, 99, 100, 101, 99, 100, 120, 121, 119, 120, 120);

    assertThat(course.shape()).isEqualTo(Course.Shape.UNSETTLED);
    assertThat(course.shape().steady()).isFalse();
  }

  @Test
  void callsDriftingWhatALineDescribes() {
    double[] values = new double[20];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 * (1 + 0.01 * i) + (i % 2 == 0 ? 0.3 : -0.3);
    }
    Course course = of(values);

    assertThat(course.shape()).isEqualTo(Course.Shape.DRIFTING);
    assertThat(course.levels()).hasSize(1);
  }

  @Test
  void passesOverASingleSpike() {
    assertThat(of(100, 101, 99, 100, 900, 101, 99, 100, 101, 99, 100, 100).shape())
        .isEqualTo(Course.Shape.FLAT);
  }

  @Test
  void passesOverAChangeBelowTheTolerance() {
    double[] values = new double[40];
    Arrays.fill(values, 0, 10, 101.5);
    Arrays.fill(values, 10, 40, 100);

    assertThat(of(values).shape()).isEqualTo(Course.Shape.FLAT);
  }

  @Test
  void doesNotJudgeWhatHasNoLogarithm() {
    assertThat(of(1, 1, 1, 1, 0, 1, 1, 1, 1).shape()).isEqualTo(Course.Shape.UNJUDGED);
  }

  @Test
  void takesThousandsOfIterationsInBlocks() {
    double[] values = new double[10_001];
    Arrays.fill(values, 0, 3003, 150);
    Arrays.fill(values, 3003, values.length, 100);
    Course course = of(values);

    assertThat(course.shape()).isEqualTo(Course.Shape.WARM_UP);
    assertThat(course.last().to()).isEqualTo(10_001);
    assertThat(course.last().mean()).isCloseTo(100, within(0.5));
  }

  @Test
  void dependsOnRatiosAlone() {
    Random random = new Random(3);
    double[] values =
        new Iterations(30, 0.02, 0.2, false).draw(Iterations.Change.EARLY_STEP, 0.2, random);
    double[] scaled = Arrays.stream(values).map(value -> 1024 * value).toArray();

    assertThat(of(scaled).shape()).isEqualTo(of(values).shape());
    assertThat(of(scaled).last().mean()).isEqualTo(1024 * of(values).last().mean());
  }

  /** Stated are 1 % for independent iterations and 5 % for correlated ones; 400 repetitions. */
  @ParameterizedTest
  @CsvSource({
    "8, 0, false, 0.015",
    "10, 0, true, 0.015",
    "20, 0, false, 0.015",
    "50, 0, true, 0.02",
    "10, 0.3, false, 0.03",
    "20, 0.3, true, 0.04",
    "10, 0.6, false, 0.07",
    "50, 0.6, true, 0.07"
  })
  void seldomLabelsAFlatFork(int count, double correlation, boolean heavy, double most) {
    Iterations iterations = new Iterations(count, 0.03, correlation, heavy);

    assertThat(1 - share(Course.Shape.FLAT, iterations, Iterations.Change.NONE, 0))
        .isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({
    "10, EARLY_STEP, 0.2, WARM_UP, 0.8",
    "20, EARLY_STEP, 0.1, WARM_UP, 0.85",
    "20, EARLY_STEP, -0.1, SLOW_DOWN, 0.85",
    "20, LATE_STEP, 0.1, UNSETTLED, 0.85",
    "20, DRIFT, 0.2, DRIFTING, 0.85",
    "50, DRIFT, -0.1, DRIFTING, 0.9"
  })
  void findsWhatAForkDoes(
      int count, Iterations.Change change, double height, Course.Shape shape, double least) {
    assertThat(share(shape, new Iterations(count, 0.01, 0.2, false), change, height))
        .isGreaterThanOrEqualTo(least);
  }

  @Test
  void rejectsACourseWithoutLevels() {
    assertThatThrownBy(() -> new Course(Course.Shape.FLAT, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a course needs at least one level");
  }
}
