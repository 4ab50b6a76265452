package dev.ordo.models.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of the sums of {@link Resolvent} for one state: with r = 1/(2is − c·α), r̃ = 1/(2is
 * − c·ᾱ) and, for each of the weights, a factor g at each frequency j
 *
 * <pre>
 *   M₁ = Σⱼ g·r + conj(g·r̃),   M₂ = Σⱼ c·(g·r² + conj(g·r̃²))
 * </pre>
 *
 * <p>which are what a loss with dloss = Re Σ g·dT changes by with v, and, times v, with α.
 */
public final class ResolventGradient {

  private ResolventGradient() {}

  /**
   * Computes the moments. Allocates nothing.
   *
   * @param alphaRe Re α
   * @param alphaIm Im α
   * @param sin s = sin ½θ for each frequency, not modified
   * @param cos c = cos ½θ for each frequency, not modified
   * @param factors shape (2 · {@link Resolvent#SUMS}, frequencies), row-major: Re g and Im g of
   *     each weight; not modified
   * @param moments Re M₁, Im M₁, Re M₂ and Im M₂ of each weight, overwritten
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void moments(
      double alphaRe,
      double alphaIm,
      double[] sin,
      double[] cos,
      double[] factors,
      double[] moments) {
    int count = sin.length;
    Arrays.fill(moments, 0, 4 * Resolvent.SUMS, 0);
    int j = Lanes.VECTORS ? Vectors.moments(alphaRe, alphaIm, sin, cos, factors, moments) : 0;
    for (; j < count; j++) {
      double c = cos[j];
      double y = 2 * sin[j];
      double re = -c * alphaRe;
      double turn = c * alphaIm;
      double up = y - turn;
      double down = -y - turn;
      double square = re * re;
      double norm = 1 / (square + up * up);
      double otherNorm = 1 / (square + down * down);
      // conj(r̃) = 1/(−2is − c·α)
      double rRe = re * norm;
      double rIm = -up * norm;
      double oRe = re * otherNorm;
      double oIm = -down * otherNorm;
      double rrRe = rRe * rRe - rIm * rIm;
      double rrIm = 2 * rRe * rIm;
      double ooRe = oRe * oRe - oIm * oIm;
      double ooIm = 2 * oRe * oIm;
      double sumRe = rRe + oRe;
      double sumIm = rIm + oIm;
      double differenceRe = rRe - oRe;
      double differenceIm = rIm - oIm;
      double squareSumRe = c * (rrRe + ooRe);
      double squareSumIm = c * (rrIm + ooIm);
      double squareDifferenceRe = c * (rrRe - ooRe);
      double squareDifferenceIm = c * (rrIm - ooIm);
      for (int k = 0; k < Resolvent.SUMS; k++) {
        double g = factors[2 * k * count + j];
        double h = factors[(2 * k + 1) * count + j];
        moments[4 * k] += g * sumRe - h * differenceIm;
        moments[4 * k + 1] += g * sumIm + h * differenceRe;
        moments[4 * k + 2] += g * squareSumRe - h * squareDifferenceIm;
        moments[4 * k + 3] += g * squareSumIm + h * squareDifferenceRe;
      }
    }
  }

  /** The loop over whole vectors of frequencies; returns the first frequency that is left. */
  private static final class Vectors {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    static int moments(
        double alphaRe,
        double alphaIm,
        double[] sin,
        double[] cos,
        double[] factors,
        double[] moments) {
      int count = sin.length;
      int whole = count - count % SPECIES.length();
      // Two weights at a time, whose eight sums and ten terms fit the registers.
      for (int k = 0; k < Resolvent.SUMS; k += 2) {
        DoubleVector a0 = DoubleVector.zero(SPECIES);
        DoubleVector a1 = a0;
        DoubleVector a2 = a0;
        DoubleVector a3 = a0;
        DoubleVector b0 = a0;
        DoubleVector b1 = a0;
        DoubleVector b2 = a0;
        DoubleVector b3 = a0;
        for (int j = 0; j < whole; j += SPECIES.length()) {
          DoubleVector c = DoubleVector.fromArray(SPECIES, cos, j);
          DoubleVector y = DoubleVector.fromArray(SPECIES, sin, j).mul(2);
          DoubleVector re = c.mul(-alphaRe);
          DoubleVector turn = c.mul(alphaIm);
          DoubleVector up = turn.sub(y);
          DoubleVector down = turn.add(y);
          DoubleVector norm = re.fma(re, up.mul(up));
          DoubleVector otherNorm = re.fma(re, down.mul(down));
          DoubleVector rRe = re.div(norm);
          DoubleVector rIm = up.div(norm);
          DoubleVector oRe = re.div(otherNorm);
          DoubleVector oIm = down.div(otherNorm);
          DoubleVector rrRe = rRe.mul(rRe).sub(rIm.mul(rIm));
          DoubleVector rrIm = rRe.mul(rIm).mul(2);
          DoubleVector ooRe = oRe.mul(oRe).sub(oIm.mul(oIm));
          DoubleVector ooIm = oRe.mul(oIm).mul(2);
          DoubleVector sumRe = rRe.add(oRe);
          DoubleVector sumIm = rIm.add(oIm);
          DoubleVector differenceRe = rRe.sub(oRe);
          DoubleVector differenceIm = rIm.sub(oIm);
          DoubleVector squareSumRe = rrRe.add(ooRe).mul(c);
          DoubleVector squareSumIm = rrIm.add(ooIm).mul(c);
          DoubleVector squareDifferenceRe = rrRe.sub(ooRe).mul(c);
          DoubleVector squareDifferenceIm = rrIm.sub(ooIm).mul(c);
          DoubleVector g = DoubleVector.fromArray(SPECIES, factors, 2 * k * count + j);
          DoubleVector h = DoubleVector.fromArray(SPECIES, factors, (2 * k + 1) * count + j);
          a0 = g.fma(sumRe, a0).sub(h.mul(differenceIm));
          a1 = g.fma(sumIm, a1).add(h.mul(differenceRe));
          a2 = g.fma(squareSumRe, a2).sub(h.mul(squareDifferenceIm));
          a3 = g.fma(squareSumIm, a3).add(h.mul(squareDifferenceRe));
          g = DoubleVector.fromArray(SPECIES, factors, (2 * k + 2) * count + j);
          h = DoubleVector.fromArray(SPECIES, factors, (2 * k + 3) * count + j);
          b0 = g.fma(sumRe, b0).sub(h.mul(differenceIm));
          b1 = g.fma(sumIm, b1).add(h.mul(differenceRe));
          b2 = g.fma(squareSumRe, b2).sub(h.mul(squareDifferenceIm));
          b3 = g.fma(squareSumIm, b3).add(h.mul(squareDifferenceRe));
        }
        moments[4 * k] = a0.reduceLanes(VectorOperators.ADD);
        moments[4 * k + 1] = a1.reduceLanes(VectorOperators.ADD);
        moments[4 * k + 2] = a2.reduceLanes(VectorOperators.ADD);
        moments[4 * k + 3] = a3.reduceLanes(VectorOperators.ADD);
        moments[4 * k + 4] = b0.reduceLanes(VectorOperators.ADD);
        moments[4 * k + 5] = b1.reduceLanes(VectorOperators.ADD);
        moments[4 * k + 6] = b2.reduceLanes(VectorOperators.ADD);
        moments[4 * k + 7] = b3.reduceLanes(VectorOperators.ADD);
      }
      return whole;
    }
  }
}
