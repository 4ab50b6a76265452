package dev.ordo.models.ssm;

import dev.ordo.models.kernel.Resolvent;
import dev.ordo.models.kernel.ResolventGradient;

/**
 * The gradient of {@link DplrKernel}'s generating function for one channel at a time, in double
 * precision.
 *
 * <p>A number Γ says of a loss dloss = Re(Γ·dz). Given Γ(k̂), those of the four sums T follow as
 * complex numbers, those of the weights v and of α by the moments of {@link ResolventGradient}: M₁
 * and Σ v·M₂,
 *
 * <p>and v = BC̃Δ, Bp̄Δ, pC̃Δ and pp̄Δ lead on to B, C̃, p and Δ by the product rule.
 */
final class DplrGradient {

  private final int half;
  private final double[] sin;
  private final double[] cos;
  private final double[] sums;
  private final double[] factors;
  private final double[] moments = new double[4 * Resolvent.SUMS];

  /**
   * Makes the gradient of channels of one size.
   *
   * @param half the number of complex states
   * @param sin s of each frequency
   * @param cos c of each frequency
   * @param sums the sums of the present channel, shape (8, frequencies); read at each call
   */
  DplrGradient(int half, double[] sin, double[] cos, double[] sums) {
    this.half = half;
    this.sin = sin;
    this.cos = cos;
    this.sums = sums;
    factors = new double[2 * Resolvent.SUMS * sin.length];
  }

  /**
   * Adds the gradient of one channel.
   *
   * @param values the parameters, with C̃ in place of C
   * @param channel which channel
   * @param gRe the real parts of Γ(k̂), one a frequency, not modified
   * @param gIm the imaginary parts
   * @param to where the derivatives go
   */
  void add(SpaceValues values, int channel, double[] gRe, double[] gIm, SpaceValues to) {
    for (int j = 0; j < sin.length; j++) {
      factor(j, new Complex(gRe[j], gIm[j]));
    }
    for (int i = channel * half; i < (channel + 1) * half; i++) {
      state(values, i, to);
    }
  }

  private Complex sum(int which, int j) {
    return new Complex(sums[2 * which * sin.length + j], sums[(2 * which + 1) * sin.length + j]);
  }

  /** Computes Γ(T) for the four sums at one frequency. */
  private void factor(int j, Complex g) {
    Complex turned = g.times(new Complex(cos[j], sin[j]));
    Complex inverse = Complex.ONE.plus(sum(3, j).times(cos[j])).inverse().times(cos[j]);
    Complex bp = sum(1, j).times(inverse);
    Complex pc = sum(2, j).times(inverse);
    put(0, j, turned);
    put(1, j, turned.times(pc).times(-1));
    put(2, j, turned.times(bp).times(-1));
    put(3, j, turned.times(bp).times(pc));
  }

  private void put(int which, int j, Complex value) {
    factors[2 * which * sin.length + j] = value.re();
    factors[(2 * which + 1) * sin.length + j] = value.im();
  }

  private void state(SpaceValues values, int i, SpaceValues to) {
    double step = values.step[i];
    Complex a = new Complex(values.aRe[i], values.aIm[i]);
    Complex b = new Complex(values.bRe[i], values.bIm[i]);
    Complex c = new Complex(values.cRe[i], values.cIm[i]);
    Complex p = new Complex(values.pRe[i], values.pIm[i]);
    Complex[] v = {b.times(c), b.times(p.conjugate()), p.times(c), p.times(p.conjugate())};
    Complex[] dv = new Complex[4];
    Complex dAlpha = new Complex(0, 0);
    ResolventGradient.moments(a.re() * step, a.im() * step, sin, cos, factors, moments);
    for (int which = 0; which < 4; which++) {
      dv[which] = new Complex(moments[4 * which], moments[4 * which + 1]);
      Complex square = new Complex(moments[4 * which + 2], moments[4 * which + 3]);
      // The last weight is real, and what its Γ has besides concerns nothing.
      dAlpha = dAlpha.plus(v[which].times(step).times(square));
    }
    double ofPp = dv[3].re();
    Complex dB = dv[0].times(c).plus(dv[1].times(p.conjugate()));
    Complex dC = dv[0].times(b).plus(dv[2].times(p));
    Complex dP =
        dv[2].times(c).plus(dv[1].times(b).conjugate()).plus(p.conjugate().times(2 * ofPp));
    dB.times(step).addGradient(to.bRe, to.bIm, i);
    dC.times(step).addGradient(to.cRe, to.cIm, i);
    dP.times(step).addGradient(to.pRe, to.pIm, i);
    dAlpha.times(step).addGradient(to.aRe, to.aIm, i);
    double dStep = dAlpha.times(a).re() + ofPp * v[3].re();
    for (int which = 0; which < 3; which++) {
      dStep += dv[which].times(v[which]).re();
    }
    to.step[i] += dStep;
  }
}
