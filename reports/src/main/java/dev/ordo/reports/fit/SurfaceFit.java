package dev.ordo.reports.fit;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * A sum of monomials eᵘ·mᵖ·nᵗ fitted to places: it minimises Σ wᵢ (yᵢ − ln f(mᵢ, nᵢ))², relative
 * error, over the logarithms u of the coefficients and over those exponents that are free.
 *
 * <p>The method is that of Levenberg (1944) and Marquardt (1963). With ln b as the unknown no
 * coefficient is negative, and the derivatives are the shares that terms have in the value.
 *
 * @param monomials the terms, fitted
 * @param residuals observed less fitted logarithm at each place; not modified
 * @param squares the weighted sum of squared residuals
 * @param covariance of the free parameters over the variance of a place of weight 1, in the order
 *     u, p, q of each term; null where the data does not determine them
 */
record SurfaceFit(Monomial[] monomials, double[] residuals, double squares, double[][] covariance) {

  private static final int MAX_STEPS = 200;
  private static final double TOLERANCE = 1e-12;
  private static final double MOST_DAMPING = 1e12;

  /**
   * One term: e^log · m^first · n^second.
   *
   * @param log the logarithm of the coefficient
   * @param first the exponent of m
   * @param second the exponent of n
   * @param freeFirst whether the exponent of m is fitted
   * @param freeSecond whether the exponent of n is fitted
   */
  record Monomial(double log, double first, double second, boolean freeFirst, boolean freeSecond) {

    double at(double logM, double logN) {
      return Math.exp(log + first * logM + second * logN);
    }

    int parameters() {
      return 1 + (freeFirst ? 1 : 0) + (freeSecond ? 1 : 0);
    }

    Monomial moved(double[] step, int from) {
      int at = from + 1;
      double p = freeFirst ? first + step[at++] : first;
      double q = freeSecond ? second + step[at] : second;
      return new Monomial(log + step[from], p, q, freeFirst, freeSecond);
    }
  }

  /** Returns the number of fitted parameters. */
  int parameters() {
    return Arrays.stream(monomials).mapToInt(Monomial::parameters).sum();
  }

  /** Returns the degrees of freedom that the residuals have left. */
  int degrees() {
    return residuals.length - parameters();
  }

  /** Returns the place of a term's first parameter, ln of its coefficient, among all. */
  int parameterOf(int term) {
    return Arrays.stream(monomials).limit(term).mapToInt(Monomial::parameters).sum();
  }

  /** Returns a start as it is, without a covariance. */
  static SurfaceFit at(Monomial[] start, Places places) {
    double[] residuals = residuals(start, places);
    return new SurfaceFit(start, residuals, squares(residuals, places), null);
  }

  /** Fits from a start; {@code places} has more values than there are parameters. */
  static SurfaceFit from(Monomial[] start, Places places) {
    Monomial[] current = start.clone();
    double[] residuals = residuals(current, places);
    double squares = squares(residuals, places);
    double damping = 1e-3;
    for (int step = 0; step < MAX_STEPS && damping < MOST_DAMPING; step++) {
      double[][] slopes = slopes(current, places);
      double[] move = move(slopes, residuals, places, damping);
      Monomial[] trial = move == null ? current : moved(current, move);
      double[] after = residuals(trial, places);
      double lower = squares(after, places);
      if (move != null && lower <= squares) {
        boolean done = squares - lower <= TOLERANCE * squares;
        current = trial;
        residuals = after;
        squares = lower;
        damping = Math.max(1e-12, damping / 10);
        if (done) {
          break;
        }
      } else {
        damping *= 10;
      }
    }
    return new SurfaceFit(current, residuals, squares, inverse(slopes(current, places), places));
  }

  private static Monomial[] moved(Monomial[] monomials, double[] step) {
    Monomial[] moved = new Monomial[monomials.length];
    int from = 0;
    for (int k = 0; k < moved.length; k++) {
      moved[k] = monomials[k].moved(step, from);
      from += monomials[k].parameters();
    }
    return moved;
  }

  private static double[] residuals(Monomial[] monomials, Places places) {
    double[] residuals = new double[places.count()];
    for (int i = 0; i < residuals.length; i++) {
      double value = 0;
      for (Monomial monomial : monomials) {
        value += monomial.at(places.first()[i], places.second()[i]);
      }
      residuals[i] = places.observed().logs()[i] - Math.log(value);
    }
    return residuals;
  }

  private static double squares(double[] residuals, Places places) {
    double sum = 0;
    for (int i = 0; i < residuals.length; i++) {
      sum += places.observed().weights()[i] * residuals[i] * residuals[i];
    }
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }

  /** Returns the derivatives of ln f at each place by each free parameter. */
  private static double[][] slopes(Monomial[] monomials, Places places) {
    int count = Arrays.stream(monomials).mapToInt(Monomial::parameters).sum();
    double[][] slopes = new double[places.count()][count];
    for (int i = 0; i < slopes.length; i++) {
      double m = places.first()[i];
      double n = places.second()[i];
      double sum = 0;
      for (Monomial monomial : monomials) {
        sum += monomial.at(m, n);
      }
      int at = 0;
      for (Monomial monomial : monomials) {
        double share = monomial.at(m, n) / sum;
        slopes[i][at++] = share;
        if (monomial.freeFirst) {
          slopes[i][at++] = share * m;
        }
        if (monomial.freeSecond) {
          slopes[i][at++] = share * n;
        }
      }
    }
    return slopes;
  }

  private static RealMatrix gram(double[][] slopes, Places places) {
    int count = slopes[0].length;
    double[][] gram = new double[count][count];
    for (int i = 0; i < slopes.length; i++) {
      for (int j = 0; j < count; j++) {
        for (int k = 0; k <= j; k++) {
          gram[j][k] += places.observed().weights()[i] * slopes[i][j] * slopes[i][k];
        }
      }
    }
    for (int j = 0; j < count; j++) {
      for (int k = 0; k < j; k++) {
        gram[k][j] = gram[j][k];
      }
    }
    return new Array2DRowRealMatrix(gram, false);
  }

  private static double[] move(
      double[][] slopes, double[] residuals, Places places, double damping) {
    RealMatrix gram = gram(slopes, places);
    double[] moment = new double[gram.getColumnDimension()];
    for (int i = 0; i < slopes.length; i++) {
      for (int j = 0; j < moment.length; j++) {
        moment[j] += places.observed().weights()[i] * slopes[i][j] * residuals[i];
      }
    }
    for (int j = 0; j < moment.length; j++) {
      gram.addToEntry(j, j, damping * gram.getEntry(j, j) + 1e-300);
    }
    try {
      return new CholeskyDecomposition(gram, 1e-10, 0)
          .getSolver()
          .solve(new ArrayRealVector(moment, false))
          .toArray();
    } catch (NonPositiveDefiniteMatrixException flat) {
      // More damping makes it definite.
      return null;
    }
  }

  private static double[][] inverse(double[][] slopes, Places places) {
    RealMatrix gram = gram(slopes, places);
    double[] scale = new double[gram.getColumnDimension()];
    for (int j = 0; j < scale.length; j++) {
      scale[j] = Math.sqrt(gram.getEntry(j, j));
      if (!(scale[j] > 0)) {
        return null;
      }
    }
    for (int j = 0; j < scale.length; j++) {
      for (int k = 0; k < scale.length; k++) {
        gram.setEntry(j, k, gram.getEntry(j, k) / scale[j] / scale[k]);
      }
    }
    try {
      double[][] inverse =
          new CholeskyDecomposition(gram, 1e-10, 1e-13).getSolver().getInverse().getData();
      for (int j = 0; j < scale.length; j++) {
        for (int k = 0; k < scale.length; k++) {
          inverse[j][k] /= scale[j] * scale[k];
        }
      }
      return inverse;
    } catch (NonPositiveDefiniteMatrixException dependent) {
      return null;
    }
  }
}
