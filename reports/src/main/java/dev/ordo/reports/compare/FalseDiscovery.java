package dev.ordo.reports.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A rule that keeps the expected share of false alarms among all alarms of a suite below a level.
 *
 * <p>Of m probabilities in ascending order, the i-th is adjusted to the least over j ≥ i of p₍ⱼ₎ ·
 * m · c / j; what is then at most the level is an alarm.
 */
public enum FalseDiscovery {
  /**
   * c = 1 (Benjamini and Hochberg 1995, <i>Journal of the Royal Statistical Society B</i> 57).
   * Right where comparisons are independent, as those of cells measured in forks of their own are.
   */
  BENJAMINI_HOCHBERG("Benjamini–Hochberg"),
  /**
   * c = 1 + 1/2 + … + 1/m (Benjamini and Yekutieli 2001, <i>Annals of Statistics</i> 29). Right
   * whatever the comparisons have to do with each other, as those of several metrics of the same
   * forks do; less is found.
   */
  BENJAMINI_YEKUTIELI("Benjamini–Yekutieli");

  private final String label;

  FalseDiscovery(String label) {
    this.label = label;
  }

  /** Returns the names of its authors. */
  public String label() {
    return label;
  }

  /**
   * Returns adjusted probabilities, in the order given.
   *
   * @param probabilities shape (m), each in 0 … 1; not modified
   * @throws IllegalArgumentException if one is not in 0 … 1
   */
  public double[] adjust(double[] probabilities) {
    int m = probabilities.length;
    for (double p : probabilities) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("probability (" + p + ") must be in 0 … 1");
      }
    }
    double factor = m;
    if (this == BENJAMINI_YEKUTIELI) {
      factor *= IntStream.rangeClosed(1, m).mapToDouble(i -> 1.0 / i).sum();
    }
    Integer[] order = IntStream.range(0, m).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
    double[] adjusted = new double[m];
    double least = 1;
    for (int rank = m; rank >= 1; rank--) {
      int i = order[rank - 1];
      least = Math.min(least, probabilities[i] * factor / rank);
      adjusted[i] = least;
    }
    return adjusted;
  }
}
