package dev.ordo.models.ssm;

import dev.ordo.models.kernel.DiagonalRecurrence;
import dev.ordo.models.kernel.Horner;

/**
 * The state space of S4D: a diagonal state matrix, whose kernel is a product with a Vandermonde
 * matrix. Immutable.
 *
 * <p>Source: Gu, Gupta, Goel and Ré, <a href="https://arxiv.org/abs/2206.11893">On the
 * Parameterization and Initialization of Diagonal State Space Models</a> (2022). With α = Δ·a:
 *
 * <pre>
 * ā = exp α,                B̄ = B·(ā − 1)/a             zero-order hold, equation 7
 * ā = (1 + α/2)/(1 − α/2),  B̄ = B·Δ/(1 − α/2)           bilinear, equation 6
 * h[t] = ā·h[t−1] + B̄·u[t],  y[t] = 2·Re Σₙ C·h[t]
 * </pre>
 *
 * <p>B̄ is moved from the state into C, which leaves y as it is: the state kept here is h/B̄.
 */
final class DiagonalSpace implements StateSpace {

  private final SpaceValues values;
  private final double[] aRe;
  private final double[] aIm;
  private final double[] wRe;
  private final double[] wIm;
  private final DiagonalRecurrence recurrence;

  DiagonalSpace(SpaceValues values) {
    this.values = values;
    int size = values.step.length;
    aRe = new double[size];
    aIm = new double[size];
    wRe = new double[size];
    wIm = new double[size];
    for (int i = 0; i < size; i++) {
      Complex c = new Complex(values.cRe[i], values.cIm[i]);
      Discrete discrete = Discrete.of(values, i);
      Complex w = discrete.input.times(new Complex(values.bRe[i], values.bIm[i])).times(c).times(2);
      aRe[i] = discrete.transition.re();
      aIm[i] = discrete.transition.im();
      wRe[i] = w.re();
      wIm[i] = w.im();
    }
    SpaceOptions options = values.options();
    recurrence = new DiagonalRecurrence(aRe, aIm, wRe, wIm, options.width(), options.half());
  }

  /**
   * One state in discrete time.
   *
   * @param transition ā
   * @param input B̄/B
   */
  private record Discrete(Complex transition, Complex input) {

    static Discrete of(SpaceValues values, int i) {
      double step = values.step[i];
      Complex a = new Complex(values.aRe[i], values.aIm[i]);
      Complex half = a.times(step / 2);
      if (values.options().bilinear()) {
        Complex inverse = Complex.ONE.minus(half).inverse();
        return new Discrete(Complex.ONE.plus(half).times(inverse), inverse.times(step));
      }
      Complex transition = a.times(step).exp();
      return new Discrete(transition, transition.minus(Complex.ONE).times(a.inverse()));
    }
  }

  @Override
  public KernelMaker kernelMaker(int capacity, KernelScratch scratch) {
    return (steps, kernel) -> recurrence.kernel(steps, kernel, scratch.re, scratch.im);
  }

  @Override
  public DiagonalRecurrence recurrence() {
    return recurrence;
  }

  /**
   * Returns the gradient of a loss with respect to the parameters, given that with respect to the
   * kernel, g: with the polynomial P(x) = Σₜ g[t]·xᵗ of a channel, dw = P(ā) and dā = w·P′(ā), from
   * which the chain rule leads on.
   *
   * @param gradient g, shape (L, d), row-major, not modified
   * @param steps the number of steps, L
   */
  SpaceValues kernelGradient(float[] gradient, int steps) {
    SpaceOptions options = values.options();
    int size = aRe.length;
    float[][] sums = new float[4][size];
    Horner.evaluate(gradient, steps, options.width(), options.half(), aRe, aIm, sums);
    SpaceValues to = new SpaceValues(options);
    for (int i = 0; i < size; i++) {
      double step = values.step[i];
      Complex a = new Complex(values.aRe[i], values.aIm[i]);
      Complex b = new Complex(values.bRe[i], values.bIm[i]);
      Complex c = new Complex(values.cRe[i], values.cIm[i]);
      Complex transition = new Complex(aRe[i], aIm[i]);
      Complex input = Discrete.of(values, i).input;
      Complex dw = new Complex(sums[0][i], sums[1][i]).times(2);
      Complex dTransition = new Complex(sums[2][i], sums[3][i]).times(new Complex(wRe[i], wIm[i]));
      Complex dInput = dw.times(b).times(c);
      Complex dA;
      double dStep;
      if (options.bilinear()) {
        Complex inverse = Complex.ONE.minus(a.times(step / 2)).inverse();
        Complex square = inverse.times(inverse);
        Complex dAlpha = dTransition.plus(dInput.times(step / 2)).times(square);
        dA = dAlpha.times(step);
        dStep = dAlpha.times(a).plus(dInput.times(inverse)).re();
      } else {
        Complex inverse = a.inverse();
        Complex dAlpha = dTransition.plus(dInput.times(inverse)).times(transition);
        dA = dAlpha.times(step).minus(dInput.times(input).times(inverse));
        dStep = dAlpha.times(a).re();
      }
      to.step[i] = dStep;
      dA.addGradient(to.aRe, to.aIm, i);
      dw.times(input).times(c).addGradient(to.bRe, to.bIm, i);
      dw.times(input).times(b).addGradient(to.cRe, to.cIm, i);
    }
    return to;
  }
}
