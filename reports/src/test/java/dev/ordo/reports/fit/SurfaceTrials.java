package dev.ordo.reports.fit;

import dev.ordo.reports.data.Grid;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;

/** Counts how often surfaces drawn from a known form are claimed right, wrong, or not at all. */
final class SurfaceTrials {

  private final Surface.Form truth;
  private int right;
  private int wrong;
  private int covered;
  private int exponents;
  private int claims;

  SurfaceTrials(Surface.Form truth) {
    this.truth = truth;
  }

  /** Draws and judges a number of grids. */
  void run(int count, int forks, double noise, long seed) {
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new SplittableRandom(seed * 1_000_003 + i).split();
      double p = 0.5 + 2 * random.nextDouble();
      double q = 0.5 + 2 * random.nextDouble();
      DoubleBinaryOperator curve = curve(p, q, random);
      Grid grid =
          SurfaceTest.grid(curve, random.nextInt(3, 6), random.nextInt(3, 6), forks, noise, random);
      Surface surface = Analyst.analyze(grid);
      if (surface.claimed().isPresent()) {
        claims++;
        boolean same = surface.claimed().get() == truth;
        right += same ? 1 : 0;
        wrong += same ? 0 : 1;
      }
      for (Surface.Fitted fitted : surface.fits()) {
        boolean judged = truth == Surface.Form.PRODUCT || surface.claimed().isPresent();
        if (fitted.form() == truth && truth != Surface.Form.BILINEAR && judged) {
          int last = fitted.terms().size() - 1;
          covered += fitted.terms().get(0).first().contains(p) ? 1 : 0;
          covered += fitted.terms().get(last).second().contains(q) ? 1 : 0;
          exponents += 2;
        }
      }
    }
  }

  /** Terms of a sum meet between a quarter and three quarters of the way through the grid. */
  private DoubleBinaryOperator curve(double p, double q, RandomGenerator random) {
    double scale = Math.exp(random.nextDouble(0, 10));
    double m0 = Math.exp(random.nextDouble(Math.log(24), Math.log(64)));
    double n0 = Math.exp(random.nextDouble(Math.log(48), Math.log(128)));
    return switch (truth) {
      case PRODUCT -> (m, n) -> scale * Math.pow(m, p) * Math.pow(n, q);
      case SUM -> (m, n) -> scale * (Math.pow(m / m0, p) + Math.pow(n / n0, q));
      case BILINEAR -> {
        double a = random.nextInt(2);
        double b = random.nextInt(2);
        double c = a + b == 0 ? 1 : random.nextInt(2);
        yield (m, n) -> scale * (a + b * m / m0 + c * n / n0 + m * n / m0 / n0);
      }
    };
  }

  @Override
  public String toString() {
    return truth
        + ": right "
        + right
        + ", wrong "
        + wrong
        + ", claims "
        + claims
        + ", covered "
        + covered
        + " of "
        + exponents
        + " = "
        + 100.0 * covered / Math.max(1, exponents);
  }

  /** Returns how often the right form was claimed. */
  int right() {
    return right;
  }

  /** Returns how often another form was claimed. */
  int wrong() {
    return wrong;
  }

  /** Returns the part of the exponents whose interval held the truth. */
  double coverage() {
    return covered / (double) exponents;
  }
}
