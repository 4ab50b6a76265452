package dev.ordo.reports.fit;

import java.util.Optional;

/**
 * A fitted curve as a linear model of logarithms about its fit, in parameters that have a natural
 * unit: the part that a term has in the value at one size, the logarithm of a level, an exponent.
 *
 * <p>To first order the logarithm of the value at a size is {@link #logAt} of the fitted parameters
 * plus {@link #gradient} times the change of the parameters. Natural units are what makes flat
 * priors of different curves comparable: a part lies between 0 and 1.
 */
interface Curve {

  /** Returns the curve as a formula. */
  String formula();

  /** Returns the parameters at the fit. */
  double[] parameters();

  /**
   * Returns the logarithm of the value.
   *
   * @param n the size
   * @param parameters other parameters than the fitted ones; a part below zero counts as zero
   */
  double logAt(double n, double[] parameters);

  /** Returns the derivative of {@link #logAt} in each parameter, at given parameters. */
  double[] gradient(double n, double[] parameters);

  /** Returns whether parameters make a curve: no part but the hidden one is next to zero. */
  boolean allows(double[] parameters);

  /** Returns the logarithm of the prior density. */
  double logPrior();

  /**
   * Returns which parameter may be hidden by noise and yet rule the growth beyond the range: a part
   * that is not negative. Empty where there is none.
   */
  Optional<Integer> hidden();
}
