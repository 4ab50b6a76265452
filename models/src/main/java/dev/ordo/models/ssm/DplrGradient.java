package dev.ordo.models.ssm;

/**
 * The gradient of {@link DplrKernel}'s generating function for one channel at a time, in double
 * precision.
 *
 * <p>A number Γ says of a loss dloss = Re(Γ·dz). With T(v) = Σₙ v·r + v̄·r̃, r = 1/(2is − c·α) and r̃
 * = 1/(2is − c·ᾱ), a factor g of dT gives
 *
 * <pre>
 * Γ(v) = Σⱼ g·r + conj(g·r̃)
 * Γ(α) = Σⱼ c·v·(g·r² + conj(g·r̃²)), summed over the four v
 * </pre>
 *
 * <p>and v = BC̃Δ, Bp̄Δ, pC̃Δ and pp̄Δ lead on to B, C̃, p and Δ by the product rule.
 */
final class DplrGradient {

  private final int half;
  private final double[] sin;
  private final double[] cos;
  private final double[] sums;
  private final double[][] factors;

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
    factors = new double[8][sin.length];
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
    factors[2 * which][j] = value.re();
    factors[2 * which + 1][j] = value.im();
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
    for (int which = 0; which < 4; which++) {
      double[] moments = moments(a.times(step), factors[2 * which], factors[2 * which + 1]);
      dv[which] = new Complex(moments[0], moments[1]);
      Complex square = new Complex(moments[2], moments[3]);
      // The last weight is real, and what its Γ has besides concerns nothing.
      dAlpha = dAlpha.plus(v[which].times(step).times(square));
    }
    double ofPp = dv[3].re();
    Complex dB = dv[0].times(c).plus(dv[1].times(p.conjugate()));
    Complex dC = dv[0].times(b).plus(dv[2].times(p));
    Complex dP =
        dv[2]
            .times(c)
            .plus(dv[1].times(b).conjugate())
            .plus(p.conjugate().times(2 * ofPp));
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

  /** Returns Σⱼ g·r + conj(g·r̃) and Σⱼ c·(g·r² + conj(g·r̃²)), real and imaginary parts. */
  private double[] moments(Complex alpha, double[] gRe, double[] gIm) {
    double firstRe = 0;
    double firstIm = 0;
    double secondRe = 0;
    double secondIm = 0;
    for (int j = 0; j < sin.length; j++) {
      double c = cos[j];
      double y = 2 * sin[j];
      double re = -c * alpha.re();
      double up = y - c * alpha.im();
      double norm = 1 / (re * re + up * up);
      double rRe = re * norm;
      double rIm = -up * norm;
      // conj(r̃) = 1/(−2is − c·α)
      double down = -y - c * alpha.im();
      double otherNorm = 1 / (re * re + down * down);
      double oRe = re * otherNorm;
      double oIm = -down * otherNorm;
      double g = gRe[j];
      double h = gIm[j];
      firstRe += g * (rRe + oRe) - h * (rIm - oIm);
      firstIm += g * (rIm + oIm) + h * (rRe - oRe);
      double rrRe = rRe * rRe - rIm * rIm;
      double rrIm = 2 * rRe * rIm;
      double ooRe = oRe * oRe - oIm * oIm;
      double ooIm = 2 * oRe * oIm;
      secondRe += c * (g * (rrRe + ooRe) - h * (rrIm - ooIm));
      secondIm += c * (g * (rrIm + ooIm) + h * (rrRe - ooRe));
    }
    return new double[] {firstRe, firstIm, secondRe, secondIm};
  }
}
