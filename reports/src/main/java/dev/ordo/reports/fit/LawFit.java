package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.List;

/**
 * A law with its coefficients at one series.
 *
 * @param law the law
 * @param coefficients one for each of the law's columns, in the unit of the series; not modified
 * @param residuals observed less fitted logarithm at each size; not modified
 * @param squares the weighted sum of squared residuals
 * @param split the first size above a step, whose height is one more parameter; 0 without a step.
 *     Coefficients are those above the step, residuals those with the step taken out.
 * @param step the logarithm of the step's factor; 0 without a step
 */
record LawFit(
    Law law, double[] coefficients, double[] residuals, double squares, int split, double step) {

  /** Returns the number of coefficients, whether zero or not, and a step's height. */
  int parameters() {
    return coefficients.length + (split > 0 ? 1 : 0);
  }

  /** Returns the degrees of freedom that the residuals have left. */
  int degrees() {
    return residuals.length - parameters();
  }

  /** Returns the coefficient of one growth; 0 if the law has no such term. */
  double coefficient(Growth growth) {
    int index = law.columns().indexOf(growth);
    return index < 0 ? 0 : coefficients[index];
  }

  /** Returns the fitted value at a size. */
  double at(double n) {
    double value = 0;
    List<Growth> columns = law.columns();
    for (int k = 0; k < coefficients.length; k++) {
      value += coefficients[k] * columns.get(k).at(n);
    }
    return value;
  }

  /** Returns the part that one growth has in the fitted value at a size, in 0 … 1. */
  double share(Growth growth, double n) {
    return coefficient(growth) * growth.at(n) / at(n);
  }

  /** Returns the root mean square of observed over fitted less one. */
  double relativeError() {
    return relativeError(residuals);
  }

  static double relativeError(double[] logResiduals) {
    double sum = 0;
    for (double residual : logResiduals) {
      double relative = Math.expm1(residual);
      sum += relative * relative;
    }
    return Math.sqrt(sum / logResiduals.length);
  }

  /** Returns the terms of the public fit. */
  List<Fit.Term> terms() {
    List<Fit.Term> terms = new ArrayList<>();
    List<Growth> columns = law.columns();
    for (int k = 0; k < coefficients.length; k++) {
      terms.add(new Fit.Term(coefficients[k], columns.get(k).power(), columns.get(k).logPower()));
    }
    return terms;
  }
}
