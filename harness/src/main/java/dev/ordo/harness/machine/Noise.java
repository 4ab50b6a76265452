package dev.ordo.harness.machine;

import java.util.Arrays;
import java.util.List;

/**
 * How much times of the same work differ, as standard deviations of their logarithms: about
 * relative ones.
 *
 * <p>With x<sub>ij</sub> the logarithm of iteration j of fork i, the deviation within forks is that
 * about the means of the forks, pooled; the deviation between forks is that of these means, in
 * which the noise within has its part, for that is what repeats: a comparison sees means of forks.
 *
 * @param within between iterations of one fork
 * @param between between means of forks
 * @param forks the number of forks that say so, at least 2
 */
public record Noise(double within, double between, int forks) {

  /**
   * Judges forks.
   *
   * @param forks times of the same work, positive; at least 2 forks of at least 2 iterations
   * @throws IllegalArgumentException if there are fewer
   */
  public static Noise of(List<double[]> forks) {
    if (forks.size() < 2) {
      throw new IllegalArgumentException("forks (" + forks.size() + ") must be at least 2");
    }
    double squares = 0;
    int degrees = 0;
    double[] means = new double[forks.size()];
    for (int i = 0; i < means.length; i++) {
      double[] logs = Arrays.stream(forks.get(i)).map(Math::log).toArray();
      if (logs.length < 2) {
        throw new IllegalArgumentException("iterations (" + logs.length + ") must be at least 2");
      }
      squares += squares(logs);
      degrees += logs.length - 1;
      means[i] = Math.log(Arrays.stream(forks.get(i)).average().orElseThrow());
    }
    return new Noise(
        Math.sqrt(squares / degrees), Math.sqrt(squares(means) / (means.length - 1)), means.length);
  }

  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }
}
