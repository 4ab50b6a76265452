package dev.ordo.models.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four sums over the states of a channel at the roots of unity, products with a Cauchy matrix, from
 * which the generating function of S4's kernel follows.
 *
 * <p>With α = Δ·a for the diagonal a, s = sin ½θ, c = cos ½θ at the frequency θ, and weights v that
 * stand for themselves and their conjugates:
 *
 * <pre>
 *   T(v) = Σₙ v[n]/(2is − c·α[n]) + v̄[n]/(2is − c·ᾱ[n])
 *        = Σₙ (2is·2 Re v[n] − c·2 Re(v[n]·ᾱ[n])) / ((c²|α[n]|² − 4s²) − 2is·c·2 Re α[n])
 * </pre>
 *
 * <p>That is Σ v/(z − a) at z = (2/Δ)(1 − e^−iθ)/(1 + e^−iθ), the bilinear image of the root, times
 * 2/(Δ(1 + e^−iθ)) but for a phase: it stays finite where the root is −1. In double precision, for
 * the terms of one denominator cancel near a resonance.
 */
public final class Resolvent {

  /** The number of sums. */
  public static final int SUMS = 4;

  private Resolvent() {}

  /**
   * Computes the sums of one channel. Allocates nothing.
   *
   * @param constants for each state 2 Re α, |α|², and for each of the {@link #SUMS} weights 2 Re v
   *     and −2 Re(v·ᾱ); shape (states, 10), row-major, not modified
   * @param first where they begin in their array
   * @param states the number of complex states
   * @param sin s = sin ½θ for each frequency, not modified
   * @param cos c = cos ½θ for each frequency, not modified
   * @param count the number of frequencies
   * @param sums shape (2 · SUMS, count), row-major, overwritten: Re T and Im T of each weight
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void sums(
      double[] constants,
      int first,
      int states,
      double[] sin,
      double[] cos,
      int count,
      double[] sums) {
    int k = Lanes.VECTORS ? Vectors.sums(constants, first, states, sin, cos, count, sums) : 0;
    int end = first + 10 * states;
    for (; k < count; k++) {
      double y = 2 * sin[k];
      double c = cos[k];
      double yy = y * y;
      double cc = c * c;
      double yc = y * c;
      double p0r = 0;
      double p0i = 0;
      double q0r = 0;
      double q0i = 0;
      double p1r = 0;
      double p1i = 0;
      double q1r = 0;
      double q1i = 0;
      double p2r = 0;
      double p2i = 0;
      double q2r = 0;
      double q2i = 0;
      double p3r = 0;
      double p3i = 0;
      double q3r = 0;
      double q3i = 0;
      for (int i = first; i < end; i += 10) {
        double re = cc * constants[i + 1] - yy;
        double im = yc * constants[i];
        double inverse = 1 / (re * re + im * im);
        // The denominator is re − i·im.
        re *= inverse;
        im *= inverse;
        p0r += constants[i + 2] * re;
        p0i += constants[i + 2] * im;
        q0r += constants[i + 3] * re;
        q0i += constants[i + 3] * im;
        p1r += constants[i + 4] * re;
        p1i += constants[i + 4] * im;
        q1r += constants[i + 5] * re;
        q1i += constants[i + 5] * im;
        p2r += constants[i + 6] * re;
        p2i += constants[i + 6] * im;
        q2r += constants[i + 7] * re;
        q2i += constants[i + 7] * im;
        p3r += constants[i + 8] * re;
        p3i += constants[i + 8] * im;
        q3r += constants[i + 9] * re;
        q3i += constants[i + 9] * im;
      }
      sums[k] = c * q0r - y * p0i;
      sums[count + k] = c * q0i + y * p0r;
      sums[2 * count + k] = c * q1r - y * p1i;
      sums[3 * count + k] = c * q1i + y * p1r;
      sums[4 * count + k] = c * q2r - y * p2i;
      sums[5 * count + k] = c * q2i + y * p2r;
      sums[6 * count + k] = c * q3r - y * p3i;
      sums[7 * count + k] = c * q3i + y * p3r;
    }
  }

  /** The loop over whole vectors of frequencies; returns the first frequency that is left. */
  private static final class Vectors {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    static int sums(
        double[] constants,
        int first,
        int states,
        double[] sin,
        double[] cos,
        int count,
        double[] sums) {
      int end = first + 10 * states;
      int k = 0;
      for (; k <= count - SPECIES.length(); k += SPECIES.length()) {
        DoubleVector c = DoubleVector.fromArray(SPECIES, cos, k);
        DoubleVector y = DoubleVector.fromArray(SPECIES, sin, k).mul(2);
        DoubleVector yy = y.mul(y);
        DoubleVector cc = c.mul(c);
        DoubleVector yc = y.mul(c);
        DoubleVector p0r = DoubleVector.zero(SPECIES);
        DoubleVector p0i = p0r;
        DoubleVector q0r = p0r;
        DoubleVector q0i = p0r;
        DoubleVector p1r = p0r;
        DoubleVector p1i = p0r;
        DoubleVector q1r = p0r;
        DoubleVector q1i = p0r;
        DoubleVector p2r = p0r;
        DoubleVector p2i = p0r;
        DoubleVector q2r = p0r;
        DoubleVector q2i = p0r;
        DoubleVector p3r = p0r;
        DoubleVector p3i = p0r;
        DoubleVector q3r = p0r;
        DoubleVector q3i = p0r;
        for (int i = first; i < end; i += 10) {
          DoubleVector re = cc.mul(constants[i + 1]).sub(yy);
          DoubleVector im = yc.mul(constants[i]);
          DoubleVector norm = re.fma(re, im.mul(im));
          re = re.div(norm);
          im = im.div(norm);
          DoubleVector v = DoubleVector.broadcast(SPECIES, constants[i + 2]);
          p0r = v.fma(re, p0r);
          p0i = v.fma(im, p0i);
          v = DoubleVector.broadcast(SPECIES, constants[i + 3]);
          q0r = v.fma(re, q0r);
          q0i = v.fma(im, q0i);
          v = DoubleVector.broadcast(SPECIES, constants[i + 4]);
          p1r = v.fma(re, p1r);
          p1i = v.fma(im, p1i);
          v = DoubleVector.broadcast(SPECIES, constants[i + 5]);
          q1r = v.fma(re, q1r);
          q1i = v.fma(im, q1i);
          v = DoubleVector.broadcast(SPECIES, constants[i + 6]);
          p2r = v.fma(re, p2r);
          p2i = v.fma(im, p2i);
          v = DoubleVector.broadcast(SPECIES, constants[i + 7]);
          q2r = v.fma(re, q2r);
          q2i = v.fma(im, q2i);
          v = DoubleVector.broadcast(SPECIES, constants[i + 8]);
          p3r = v.fma(re, p3r);
          p3i = v.fma(im, p3i);
          v = DoubleVector.broadcast(SPECIES, constants[i + 9]);
          q3r = v.fma(re, q3r);
          q3i = v.fma(im, q3i);
        }
        c.mul(q0r).sub(y.mul(p0i)).intoArray(sums, k);
        c.mul(q0i).add(y.mul(p0r)).intoArray(sums, count + k);
        c.mul(q1r).sub(y.mul(p1i)).intoArray(sums, 2 * count + k);
        c.mul(q1i).add(y.mul(p1r)).intoArray(sums, 3 * count + k);
        c.mul(q2r).sub(y.mul(p2i)).intoArray(sums, 4 * count + k);
        c.mul(q2i).add(y.mul(p2r)).intoArray(sums, 5 * count + k);
        c.mul(q3r).sub(y.mul(p3i)).intoArray(sums, 6 * count + k);
        c.mul(q3i).add(y.mul(p3r)).intoArray(sums, 7 * count + k);
      }
      return k;
    }
  }
}
