package dev.ordo.reports.fit;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The forks of a series by the steady part of their iterations.
 *
 * <p>A fork that has settled counts with the mean of its last level; a flat one, and one of fewer
 * than {@value Course#FEWEST} iterations, with the mean of all. A fork that drifts or never settles
 * is left out where its size keeps {@value #FEWEST_STEADY} steady forks, and counts with the mean
 * of all where it does not.
 *
 * @param forks those that count, shape (sizes, forks), by their means
 * @param judged how many forks had iterations enough
 * @param labelled those whose course is not flat
 * @param correlation how much an iteration resembles the one before, in 0 … 1; 0 if it is unknown
 */
record SteadyForks(
    List<Fork[]> forks, int judged, List<ForkSummary.Labelled> labelled, double correlation) {

  private static final int FEWEST_STEADY = 2;

  private static final Comparator<Fork> ASCENDING =
      Comparator.comparingDouble(Fork::log)
          .thenComparingInt(Fork::iterations)
          .thenComparingDouble(Fork::squares);

  /**
   * What counts of a fork.
   *
   * @param log the logarithm of the mean of its iterations
   * @param iterations how many they are
   * @param squares the sum of squares of their relative deviations from the mean
   */
  record Fork(double log, int iterations, double squares) {}

  /**
   * Chooses.
   *
   * @throws IllegalArgumentException if the mean of a fork is not positive
   */
  static SteadyForks of(Series series) {
    List<Series.Point> points = series.points();
    boolean any = false;
    for (Series.Point point : points) {
      any |= Course.canBeJudged(point.sample());
    }
    if (!any) {
      List<Fork[]> whole = new ArrayList<>();
      for (Series.Point point : points) {
        whole.add(whole(point.sample(), point.size()));
      }
      return new SteadyForks(whole, 0, List.of(), 0);
    }
    Course.Judgement judgement = Course.judge(points.stream().map(Series.Point::sample).toList());
    List<Fork[]> forks = new ArrayList<>();
    List<ForkSummary.Labelled> labelled = new ArrayList<>();
    int judged = 0;
    for (int i = 0; i < points.size(); i++) {
      Sample sample = points.get(i).sample();
      double size = points.get(i).size();
      List<Course> courses = judgement.courses().get(i);
      long steady = courses.stream().filter(course -> course.shape().steady()).count();
      List<Fork> kept = new ArrayList<>();
      for (int j = 0; j < courses.size(); j++) {
        Course course = courses.get(j);
        double[] values = sample.fork(j);
        ForkSummary.Treatment treatment = treatment(course, steady);
        if (treatment == ForkSummary.Treatment.LAST_LEVEL) {
          values = Arrays.copyOfRange(values, course.last().from(), course.last().to());
        }
        if (treatment != ForkSummary.Treatment.LEFT_OUT) {
          kept.add(fork(values, size));
        }
        judged += course.shape() == Course.Shape.UNJUDGED ? 0 : 1;
        if (course.shape() != Course.Shape.UNJUDGED && course.shape() != Course.Shape.FLAT) {
          labelled.add(new ForkSummary.Labelled(size, j, course, treatment));
        }
      }
      forks.add(sorted(kept));
    }
    return new SteadyForks(forks, judged, labelled, judgement.noise().correlation());
  }

  private static ForkSummary.Treatment treatment(Course course, long steady) {
    if (course.shape().steady()) {
      return ForkSummary.Treatment.LAST_LEVEL;
    }
    return steady >= FEWEST_STEADY ? ForkSummary.Treatment.LEFT_OUT : ForkSummary.Treatment.KEPT;
  }

  private static Fork[] whole(Sample sample, double size) {
    List<Fork> forks = new ArrayList<>();
    for (int index = 0; index < sample.forkCount(); index++) {
      forks.add(fork(sample.fork(index), size));
    }
    return sorted(forks);
  }

  private static Fork fork(double[] values, double size) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    if (!(mean > 0)) {
      throw new IllegalArgumentException(
          "value (" + mean + ") at size " + size + " must be positive");
    }
    double squares = 0;
    for (double value : values) {
      squares += (value / mean - 1) * (value / mean - 1);
    }
    return new Fork(Math.log(mean), values.length, squares);
  }

  private static Fork[] sorted(List<Fork> forks) {
    Fork[] sorted = forks.toArray(Fork[]::new);
    Arrays.sort(sorted, ASCENDING);
    return sorted;
  }
}
