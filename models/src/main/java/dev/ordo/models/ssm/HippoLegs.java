package dev.ordo.models.ssm;

import java.util.Arrays;

/**
 * The HiPPO-LegS matrix as a diagonal less a matrix of rank one, in the basis of its normal part's
 * eigenvectors.
 *
 * <p>Source: Gu, Goel and Ré (2022), theorem 1 and appendix C.1. A[n,k] = −√((2n+1)(2k+1)) for n >
 * k, −(n+1) for n = k, 0 otherwise; B[n] = √(2n+1). With P[n] = √(n+½), A + P·Pᵀ is −½ plus a
 * skew-symmetric S, whose eigenvalues come in conjugate pairs ±iμ; of each pair the one of negative
 * imaginary part is kept, the largest first, as {@code nplr} of the repository state-spaces/s4
 * keeps it.
 *
 * <p>An eigenvector's phase is free. It is chosen such that P's component is positive, and B's,
 * being √2 times that, is too. The reference leaves the phase to LAPACK and then limits the
 * imaginary part of B to ±2; here it is the size of B that is limited to 2, which is what that
 * comes to where B is nearly imaginary.
 *
 * @param frequencies μ, N/2 values in descending order; not to be modified
 * @param inputs B in that basis, not to be modified
 * @param corrections P in that basis, not to be modified
 */
record HippoLegs(double[] frequencies, double[] inputs, double[] corrections) {

  private static final double LARGEST_INPUT = 2;
  private static final int SWEEPS = 60;

  /**
   * Computes it for a size, by Jacobi's method in basic arithmetic: the same on every JVM.
   *
   * @param states N, even and positive
   */
  static HippoLegs of(int states) {
    Jacobi solved = new Jacobi(states);
    solved.run();
    int half = states / 2;
    Integer[] order = new Integer[states];
    for (int i = 0; i < states; i++) {
      order[i] = i;
    }
    Arrays.sort(order, (i, j) -> Double.compare(solved.re[i][i], solved.re[j][j]));
    double[] frequencies = new double[half];
    double[] inputs = new double[half];
    double[] corrections = new double[half];
    for (int n = 0; n < half; n++) {
      int column = order[n];
      double sumRe = 0;
      double sumIm = 0;
      for (int k = 0; k < states; k++) {
        sumRe += solved.vectorRe[k][column] * Math.sqrt(k + 0.5);
        sumIm -= solved.vectorIm[k][column] * Math.sqrt(k + 0.5);
      }
      frequencies[n] = -solved.re[column][column];
      corrections[n] = Math.sqrt(sumRe * sumRe + sumIm * sumIm);
      inputs[n] = Math.min(LARGEST_INPUT, Math.sqrt(2) * corrections[n]);
    }
    return new HippoLegs(frequencies, inputs, corrections);
  }

  /** Cyclic Jacobi rotations of the Hermitian matrix −iS. */
  private static final class Jacobi {
    private final int size;
    private final double[][] re;
    private final double[][] im;
    private final double[][] vectorRe;
    private final double[][] vectorIm;

    Jacobi(int size) {
      this.size = size;
      re = new double[size][size];
      im = new double[size][size];
      vectorRe = new double[size][size];
      vectorIm = new double[size][size];
      for (int n = 0; n < size; n++) {
        vectorRe[n][n] = 1;
        for (int k = 0; k < n; k++) {
          // S[n,k] = −½√((2n+1)(2k+1)) below the diagonal.
          double entry = 0.5 * Math.sqrt((2.0 * n + 1) * (2.0 * k + 1));
          im[n][k] = entry;
          im[k][n] = -entry;
        }
      }
    }

    void run() {
      for (int sweep = 0; sweep < SWEEPS && off() > 0; sweep++) {
        for (int p = 0; p < size; p++) {
          for (int q = p + 1; q < size; q++) {
            rotate(p, q);
          }
        }
      }
    }

    /**
     * Returns the largest entry off the diagonal, 0 where it is nothing beside the largest on it.
     */
    private double off() {
      double off = 0;
      double on = 0;
      for (int p = 0; p < size; p++) {
        on = Math.max(on, Math.abs(re[p][p]));
        for (int q = p + 1; q < size; q++) {
          off = Math.max(off, Math.max(Math.abs(re[p][q]), Math.abs(im[p][q])));
        }
      }
      return off > 1e-15 * on ? off : 0;
    }

    private void rotate(int p, int q) {
      double sizePq = Math.sqrt(re[p][q] * re[p][q] + im[p][q] * im[p][q]);
      if (sizePq == 0) {
        return;
      }
      double phaseRe = re[p][q] / sizePq;
      double phaseIm = im[p][q] / sizePq;
      double theta = (re[q][q] - re[p][p]) / (2 * sizePq);
      double t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      double cos = 1 / Math.sqrt(t * t + 1);
      double sin = t * cos;
      columns(re, im, p, q, cos, sin, phaseRe, phaseIm);
      columns(vectorRe, vectorIm, p, q, cos, sin, phaseRe, phaseIm);
      // The rows turn by the conjugate.
      for (int k = 0; k < size; k++) {
        double ar = re[p][k];
        double ai = im[p][k];
        double br = re[q][k] * phaseRe - im[q][k] * phaseIm;
        double bi = re[q][k] * phaseIm + im[q][k] * phaseRe;
        re[p][k] = cos * ar - sin * br;
        im[p][k] = cos * ai - sin * bi;
        re[q][k] = sin * ar + cos * br;
        im[q][k] = sin * ai + cos * bi;
      }
    }

    /** Column p ← cos·p − sin·q·φ̄, column q ← sin·p + cos·q·φ̄, φ being the phase. */
    private void columns(
        double[][] xRe,
        double[][] xIm,
        int p,
        int q,
        double cos,
        double sin,
        double phaseRe,
        double phaseIm) {
      for (int k = 0; k < size; k++) {
        double ar = xRe[k][p];
        double ai = xIm[k][p];
        double br = xRe[k][q] * phaseRe + xIm[k][q] * phaseIm;
        double bi = xIm[k][q] * phaseRe - xRe[k][q] * phaseIm;
        xRe[k][p] = cos * ar - sin * br;
        xIm[k][p] = cos * ai - sin * bi;
        xRe[k][q] = sin * ar + cos * br;
        xIm[k][q] = sin * ai + cos * bi;
      }
    }
  }
}
