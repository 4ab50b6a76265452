package dev.ordo.models.ssm;

import dev.ordo.models.Counter;
import dev.ordo.models.kernel.Operations;

/** The twin of {@link DplrGradient}. */
final class CountedDplrGradient {

  private final CountedDplr space;
  private final SpaceValues values;
  private final Counter count;
  private final int half;

  /** Makes the gradient of a space. */
  CountedDplrGradient(CountedDplr space, SpaceValues values, Counter count) {
    this.space = space;
    this.values = values;
    this.count = count;
    half = values.options().half();
  }

  /** Returns what {@link CountedSpace#gradient} says. */
  SpaceValues of(double[][] dKernel) {
    SpaceValues to = new SpaceValues(values.options());
    int points = (int) Operations.powerOfTwo(dKernel.length);
    double[][] attuned = new DplrSpace(values, 0).attunedTo(points);
    for (int c = 0; c < values.options().width(); c++) {
      Complex[] sequence = new Complex[points];
      for (int t = 0; t < points; t++) {
        sequence[t] = new Complex(t < dKernel.length ? dKernel[t][c] : 0, 0);
      }
      Complex[] spectrum = CountedTransform.forward(count, sequence);
      CountedDplr.Packed[] packed = space.pack(c, attuned);
      Complex[][] factors = new Complex[points / 2 + 1][];
      for (int j = 0; j < factors.length; j++) {
        double scale = (j == 0 || 2 * j == points ? 1.0 : 2.0) / points;
        double angle = Math.PI * j / points;
        Complex g = space.times(spectrum[j].conjugate(), scale);
        factors[j] = factors(g, space.sums(packed, angle), angle);
      }
      for (int i = c * half; i < (c + 1) * half; i++) {
        state(i, attuned, factors, points, to);
      }
    }
    return to;
  }

  /** Returns what dloss = Re(g·dk̂) says of the four sums. */
  private Complex[] factors(Complex g, Complex[] sums, double angle) {
    double cos = Math.cos(angle);
    Complex turned = space.times(g, new Complex(cos, Math.sin(angle)));
    Complex divisor =
        new Complex(count.multiplyAdd(cos, sums[3].re(), 1), count.multiply(cos, sums[3].im()));
    double norm =
        count.multiplyAdd(divisor.re(), divisor.re(), count.multiply(divisor.im(), divisor.im()));
    Complex inverse =
        space.times(
            new Complex(count.divide(divisor.re(), norm), count.divide(-divisor.im(), norm)), cos);
    Complex bp = space.times(sums[1], inverse);
    Complex pc = space.times(sums[2], inverse);
    Complex along = space.times(turned, bp);
    return new Complex[] {
      turned, space.times(turned, pc).times(-1), along.times(-1), space.times(along, pc)
    };
  }

  /** Adds the moments of one state, and takes them over to its parameters. */
  private void state(int i, double[][] attuned, Complex[][] factors, int points, SpaceValues to) {
    double step = values.step[i];
    Complex a = new Complex(values.aRe[i], values.aIm[i]);
    double[][] moments = new double[4][4];
    for (int j = 0; j < factors.length; j++) {
      moments(a.times(step), factors[j], Math.PI * j / points, moments);
    }
    Complex b = new Complex(values.bRe[i], values.bIm[i]);
    Complex c = new Complex(attuned[0][i], attuned[1][i]);
    Complex p = new Complex(values.pRe[i], values.pIm[i]);
    Complex q = p.conjugate();
    Complex[] weights = {b.times(c), b.times(q), p.times(c), p.times(q)};
    Complex[] dWeights = new Complex[4];
    Complex dAlpha = new Complex(0, 0);
    for (int k = 0; k < 4; k++) {
      // A weight of the sums is that product times Δ; the last one is real.
      double imaginary = k == 3 ? 0 : moments[k][1];
      dWeights[k] = new Complex(moments[k][0], imaginary).times(step);
      dAlpha = dAlpha.plus(weights[k].times(step).times(new Complex(moments[k][2], moments[k][3])));
      to.step[i] += dWeights[k].times(weights[k]).re() / step;
    }
    to.step[i] += dAlpha.times(a).re();
    dAlpha.times(step).addGradient(to.aRe, to.aIm, i);
    dWeights[0].times(c).plus(dWeights[1].times(q)).addGradient(to.bRe, to.bIm, i);
    dWeights[0].times(b).plus(dWeights[2].times(p)).addGradient(to.cRe, to.cIm, i);
    dWeights[2]
        .times(c)
        .plus(dWeights[1].times(b).conjugate())
        .plus(q.times(2 * dWeights[3].re()))
        .addGradient(to.pRe, to.pIm, i);
  }

  /** Adds g·r + conj(g·r̃) and c·(g·r² + conj(g·r̃²)) of one frequency for each of the weights. */
  private void moments(Complex alpha, Complex[] factors, double angle, double[][] moments) {
    double cos = Math.cos(angle);
    // Part of the products of s and c that the sums have.
    double y = 2 * Math.sin(angle);
    double re = count.multiply(-cos, alpha.re());
    double turn = count.multiply(cos, alpha.im());
    double square = count.multiply(re, re);
    Complex r = quotient(re, count.subtract(y, turn), square);
    Complex other = quotient(re, count.subtract(-y, turn), square);
    Complex rr = square(r);
    Complex oo = square(other);
    Complex sum = plus(r, other);
    Complex difference = minus(r, other);
    Complex squareSum = space.times(plus(rr, oo), cos);
    Complex squareDifference = space.times(minus(rr, oo), cos);
    for (int k = 0; k < 4; k++) {
      add(factors[k], sum, difference, moments[k], 0);
      add(factors[k], squareSum, squareDifference, moments[k], 2);
    }
  }

  /** Returns 1/(re + i·im). */
  private Complex quotient(double re, double im, double square) {
    double inverse = count.divide(1, count.multiplyAdd(im, im, square));
    return new Complex(count.multiply(re, inverse), count.multiply(-im, inverse));
  }

  private Complex square(Complex r) {
    return new Complex(
        count.subtract(count.multiply(r.re(), r.re()), count.multiply(r.im(), r.im())),
        count.multiply(count.multiply(2, r.re()), r.im()));
  }

  private Complex plus(Complex a, Complex b) {
    return new Complex(count.add(a.re(), b.re()), count.add(a.im(), b.im()));
  }

  private Complex minus(Complex a, Complex b) {
    return new Complex(count.subtract(a.re(), b.re()), count.subtract(a.im(), b.im()));
  }

  private void add(Complex g, Complex sum, Complex difference, double[] moments, int at) {
    moments[at] = count.multiplyAdd(g.re(), sum.re(), moments[at]);
    moments[at] = count.subtract(moments[at], count.multiply(g.im(), difference.im()));
    moments[at + 1] = count.multiplyAdd(g.re(), sum.im(), moments[at + 1]);
    moments[at + 1] = count.multiplyAdd(g.im(), difference.re(), moments[at + 1]);
  }
}
