package dev.ordo.reports.compare;

import dev.ordo.reports.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The forks of one side of a comparison on the scale on which they are compared: a fork's score is
 * the logarithm of its mean, or, where a mean may be zero, the mean itself.
 *
 * <p>Forks are sorted, so that their order in the file changes nothing.
 */
final class ForkScores {

  private final double[][] iterations;
  private final boolean logarithmic;
  private final double[] deviations;
  private final double mean;
  private final double deviation;
  private final double smoothing;
  private final NoisePrior prior;
  private final int degrees;

  /**
   * Takes the forks of a sample.
   *
   * @param logarithmic whether scores are logarithms; all means of forks must then be positive
   * @param prior what is known of the variance of a score besides
   */
  ForkScores(Sample sample, boolean logarithmic, NoisePrior prior) {
    this.logarithmic = logarithmic;
    this.prior = prior;
    List<double[]> forks = new ArrayList<>();
    for (int i = 0; i < sample.forkCount(); i++) {
      double[] values = sample.fork(i);
      Arrays.sort(values);
      forks.add(values);
    }
    forks.sort(Comparator.comparingDouble(ForkScores::average).thenComparing(Arrays::compare));
    iterations = forks.toArray(double[][]::new);
    int f = iterations.length;
    deviations = new double[f];
    double sum = 0;
    for (int i = 0; i < f; i++) {
      deviations[i] = score(average(iterations[i]));
      sum += deviations[i];
    }
    mean = sum / f;
    double squares = 0;
    for (int i = 0; i < f; i++) {
      deviations[i] -= mean;
      squares += deviations[i] * deviations[i];
    }
    // Sums of equal numbers may be off by their last digit; that is no noise.
    boolean equal = average(iterations[0]) == average(iterations[f - 1]);
    deviation = f == 1 || equal ? 0 : Math.sqrt(squares / (f - 1));
    degrees = prior.degrees() + f - 1;
    smoothing = Math.min(1, Math.pow(4 / (3.0 * f), 0.2));
  }

  /** Returns the number of forks. */
  int count() {
    return iterations.length;
  }

  /** Returns the mean score. */
  double mean() {
    return mean;
  }

  /** Returns the standard deviation of a fork's score; 0 with one fork. */
  double deviation() {
    return deviation;
  }

  /** Returns the squared standard error of the mean score; 0 where there is no noise. */
  double squaredError() {
    return deviation == 0 ? 0 : moderated(deviation * deviation) / count();
  }

  /** Returns a variance of the forks together with what is known besides. */
  private double moderated(double variance) {
    double known = prior.degrees() * prior.variance();
    return (known + (count() - 1) * variance) / degrees;
  }

  /**
   * Draws forks and iterations once, and how noisy the side is: that is known up to a factor of
   * √(ν/χ²), with ν = f − 1 degrees of freedom and those of the prior, and so much is drawn.
   *
   * @param drawn receives the mean score less that of the sample, and its squared standard error
   */
  void draw(Dice random, double[] drawn) {
    drawn[0] = 0;
    drawn[1] = 0;
    if (deviation == 0) {
      return;
    }
    int f = iterations.length;
    double noise =
        Math.sqrt(degrees * moderated(deviation * deviation) / random.chiSquared(degrees));
    // A deviation from a mean of f scores is smaller than one from the truth, by √((f−1)/f).
    double part = Math.sqrt((1 - smoothing * smoothing) * f / (f - 1.0)) * noise / deviation;
    double normal = smoothing * noise;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < f; i++) {
      double score = part * drawnDeviation(random.below(f), random) + normal * random.gaussian();
      sum += score;
      squares += score * score;
    }
    drawn[0] = sum / f;
    drawn[1] = moderated(Math.max(0, squares - sum * sum / f) / (f - 1)) / f;
  }

  private double drawnDeviation(int fork, Dice random) {
    double[] values = iterations[fork];
    if (values.length == 1) {
      return deviations[fork];
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[random.below(values.length)];
    }
    double average = sum / values.length;
    // A fork whose iterations were all drawn as zeros has no logarithm.
    return logarithmic && !(average > 0) ? deviations[fork] : score(average) - mean;
  }

  private double score(double value) {
    return logarithmic ? Math.log(value) : value;
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
