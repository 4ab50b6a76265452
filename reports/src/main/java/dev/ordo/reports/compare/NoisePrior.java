package dev.ordo.reports.compare;

import dev.ordo.reports.data.Sample;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * What a suite knows of the noise of any of its cells before that cell is looked at: the variance
 * of a fork's logarithm, and as how many degrees of freedom that counts beside the cell's own.
 *
 * <p>The variances of two to five forks scatter widely; those of all cells tell how much of that is
 * chance. If true variances follow a scaled inverse χ² law over cells, the moments of their
 * logarithms give its two parameters (Smyth 2004, <i>Statistical Applications in Genetics and
 * Molecular Biology</i> 3, section 6.2). Cells that differ much in noise make the degrees few, and
 * fewer than {@value #FEWEST} sides, or sides without noise, none. They are at most {@value #MOST},
 * so that a cell with more noise than others shows it.
 *
 * @param degrees the degrees of freedom; 0 where nothing is known
 * @param variance the variance
 */
record NoisePrior(int degrees, double variance) {

  /** Nothing is known. */
  static final NoisePrior NONE = new NoisePrior(0, 0);

  static final int FEWEST = 10;
  static final int MOST = 20;

  /** Finds what samples have in common; those that are zero somewhere or have no noise are none. */
  static NoisePrior of(List<Sample> samples) {
    double[] logs = new double[samples.size()];
    double expected = 0;
    double sum = 0;
    int count = 0;
    for (Sample sample : samples) {
      double deviation = Estimate.noise(sample).orElse(0);
      if (deviation > 0) {
        double half = (sample.forkCount() - 1) / 2.0;
        logs[count] = 2 * Math.log(deviation) - Gamma.digamma(half) + Math.log(half);
        expected += Gamma.trigamma(half);
        sum += logs[count];
        count++;
      }
    }
    if (count < FEWEST) {
      return NONE;
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (logs[i] - mean) * (logs[i] - mean);
    }
    double excess = squares / (count - 1) - expected / count;
    int degrees = MOST;
    while (degrees > 0 && Gamma.trigamma(degrees / 2.0) < excess) {
      degrees--;
    }
    if (degrees == 0) {
      return NONE;
    }
    double half = degrees / 2.0;
    return new NoisePrior(degrees, Math.exp(mean + Gamma.digamma(half) - Math.log(half)));
  }
}
