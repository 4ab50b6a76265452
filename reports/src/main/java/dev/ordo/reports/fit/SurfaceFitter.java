package dev.ordo.reports.fit;

import dev.ordo.reports.fit.SurfaceFit.Monomial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Fits the three forms of {@link Surface} to places; one object serves one thread. */
final class SurfaceFitter {

  private static final double[] POWERS = {0.5, 1, 1.5, 2, 3};
  private static final int STARTS = 3;
  private static final int[][] BILINEAR = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};

  /** The share that a term begins with which the first guess has at zero. */
  private static final double LEAST_SHARE = 1e-4;

  private final Places places;
  private final NonNegative solver = new NonNegative();

  SurfaceFitter(Places places) {
    this.places = places;
  }

  /** Fits a·m^p·n^q. */
  SurfaceFit product() {
    return SurfaceFit.from(new Monomial[] {monomial(meanLog(), 0, 0, true, true)}, places);
  }

  /** Fits b·m^p alone, or c·n^q. */
  SurfaceFit single(boolean first) {
    return SurfaceFit.from(new Monomial[] {monomial(meanLog(), 0, 0, first, !first)}, places);
  }

  /** Fits b·m^p + c·n^q, from the best of several pairs of exponents. */
  SurfaceFit sum() {
    List<SurfaceFit> guesses = new ArrayList<>();
    for (double p : POWERS) {
      for (double q : POWERS) {
        Monomial[] start = guess(new double[][] {{p, 0}, {0, q}});
        Monomial m = start[0];
        Monomial n = start[1];
        Monomial[] free = {
          monomial(m.log(), p, 0, true, false), monomial(n.log(), 0, q, false, true)
        };
        guesses.add(SurfaceFit.at(free, places));
      }
    }
    guesses.sort(Comparator.comparingDouble(SurfaceFit::squares));
    return guesses.stream()
        .limit(STARTS)
        .map(guess -> SurfaceFit.from(guess.monomials(), places))
        .min(Comparator.comparingDouble(SurfaceFit::squares))
        .orElseThrow();
  }

  /**
   * Fits every choice of terms of a + b·m + c·n + d·m·n, fewest terms first, those of equal number
   * best first.
   */
  List<SurfaceFit> bilinear() {
    List<SurfaceFit> fits = new ArrayList<>();
    for (int subset = 1; subset < 1 << BILINEAR.length; subset++) {
      List<double[]> powers = new ArrayList<>();
      for (int k = 0; k < BILINEAR.length; k++) {
        if ((subset >> k & 1) != 0) {
          powers.add(new double[] {BILINEAR[k][0], BILINEAR[k][1]});
        }
      }
      fits.add(SurfaceFit.from(guess(powers.toArray(double[][]::new)), places));
    }
    fits.sort(
        Comparator.<SurfaceFit>comparingInt(fit -> fit.monomials().length)
            .thenComparingDouble(SurfaceFit::squares));
    return fits;
  }

  /** Returns coefficients for fixed powers by non-negative least squares with weights 1/y². */
  private Monomial[] guess(double[][] powers) {
    int count = places.count();
    double[] logs = places.observed().logs();
    double[][] rows = new double[count][powers.length];
    double[] scales = new double[powers.length];
    for (int k = 0; k < powers.length; k++) {
      scales[k] = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        scales[k] = Math.max(scales[k], grown(powers[k], i) - logs[i]);
      }
      for (int i = 0; i < count; i++) {
        rows[i][k] = Math.exp(grown(powers[k], i) - logs[i] - scales[k]);
      }
    }
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    double[] solution = new double[powers.length];
    solver.solve(rows, places.observed().weights(), ones, solution);
    Monomial[] monomials = new Monomial[powers.length];
    for (int k = 0; k < powers.length; k++) {
      double log = Math.log(Math.max(LEAST_SHARE, solution[k])) - scales[k];
      monomials[k] = monomial(log, powers[k][0], powers[k][1], false, false);
    }
    return monomials;
  }

  private double grown(double[] power, int place) {
    return power[0] * places.first()[place] + power[1] * places.second()[place];
  }

  private double meanLog() {
    return Arrays.stream(places.observed().logs()).average().orElseThrow();
  }

  private static Monomial monomial(
      double log, double first, double second, boolean freeFirst, boolean freeSecond) {
    return new Monomial(log, first, second, freeFirst, freeSecond);
  }
}
