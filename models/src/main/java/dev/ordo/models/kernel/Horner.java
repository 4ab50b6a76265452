package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Polynomials with real coefficients, one a channel, and their derivatives at complex points: what
 * the gradient of a kernel of powers consists of.
 */
public final class Horner {

  private static final int LANES = Lanes.COUNT;

  private Horner() {}

  /**
   * Evaluates P(x) = Σₜ g[t,c]·xᵗ and P′(x) at the points of each channel, by Horner's rule.
   *
   * @param g shape (steps, channels), row-major, not modified
   * @param steps the number of coefficients of a polynomial
   * @param channels the number of polynomials
   * @param points the number of points of a polynomial
   * @param re Re x, shape (channels, points), row-major, not modified
   * @param im Im x, in the same way
   * @param sums Re P, Im P, Re P′ and Im P′, each of the shape of the points, overwritten
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void evaluate(
      float[] g, int steps, int channels, int points, double[] re, double[] im, float[][] sums) {
    double operations = 15.0 * steps * channels * points;
    int parts = Workers.parts(operations, (channels + LANES - 1) / LANES);
    if (parts == 1) {
      evaluate(0, channels, g, steps, channels, points, re, im, sums);
      return;
    }
    Workers.each(
        parts,
        part ->
            evaluate(
                Workers.start(part, parts, channels, LANES),
                Workers.start(part + 1, parts, channels, LANES),
                g,
                steps,
                channels,
                points,
                re,
                im,
                sums));
  }

  private static void evaluate(
      int first,
      int end,
      float[] g,
      int steps,
      int channels,
      int points,
      double[] re,
      double[] im,
      float[][] sums) {
    int c = first;
    if (Lanes.VECTORS) {
      c = Vectors.evaluate(first, end, g, steps, channels, points, re, im, sums);
    }
    for (; c < end; c++) {
      for (int i = c * points; i < (c + 1) * points; i++) {
        float x = (float) re[i];
        float y = (float) im[i];
        float pr = 0;
        float pi = 0;
        float dr = 0;
        float di = 0;
        for (int at = (steps - 1) * channels + c; at >= 0; at -= channels) {
          float s = dr;
          dr = x * dr - y * di + pr;
          di = x * di + y * s + pi;
          s = pr;
          pr = x * pr - y * pi + g[at];
          pi = x * pi + y * s;
        }
        sums[0][i] = pr;
        sums[1][i] = pi;
        sums[2][i] = dr;
        sums[3][i] = di;
      }
    }
  }

  /** The loop over whole vectors of channels; returns the first channel that is left. */
  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static int evaluate(
        int first,
        int end,
        float[] g,
        int steps,
        int channels,
        int points,
        double[] re,
        double[] im,
        float[][] sums) {
      float[] lanes = new float[4 * LANES];
      int c = first;
      for (; c <= end - LANES; c += LANES) {
        for (int n = 0; n < points; n += 2) {
          // Two points in flight; the last of an odd number goes alone, twice.
          int m = Math.min(n + 1, points - 1);
          for (int i = 0; i < LANES; i++) {
            lanes[i] = (float) re[(c + i) * points + n];
            lanes[LANES + i] = (float) im[(c + i) * points + n];
            lanes[2 * LANES + i] = (float) re[(c + i) * points + m];
            lanes[3 * LANES + i] = (float) im[(c + i) * points + m];
          }
          FloatVector x0 = FloatVector.fromArray(SPECIES, lanes, 0);
          FloatVector y0 = FloatVector.fromArray(SPECIES, lanes, LANES);
          FloatVector x1 = FloatVector.fromArray(SPECIES, lanes, 2 * LANES);
          FloatVector y1 = FloatVector.fromArray(SPECIES, lanes, 3 * LANES);
          FloatVector pr0 = FloatVector.zero(SPECIES);
          FloatVector pi0 = pr0;
          FloatVector dr0 = pr0;
          FloatVector di0 = pr0;
          FloatVector pr1 = pr0;
          FloatVector pi1 = pr0;
          FloatVector dr1 = pr0;
          FloatVector di1 = pr0;
          for (int at = (steps - 1) * channels + c; at >= 0; at -= channels) {
            FloatVector v = FloatVector.fromArray(SPECIES, g, at);
            FloatVector s = dr0;
            dr0 = x0.fma(dr0, pr0).sub(y0.mul(di0));
            di0 = x0.fma(di0, pi0).add(y0.mul(s));
            s = pr0;
            pr0 = x0.fma(pr0, v).sub(y0.mul(pi0));
            pi0 = x0.fma(pi0, y0.mul(s));
            s = dr1;
            dr1 = x1.fma(dr1, pr1).sub(y1.mul(di1));
            di1 = x1.fma(di1, pi1).add(y1.mul(s));
            s = pr1;
            pr1 = x1.fma(pr1, v).sub(y1.mul(pi1));
            pi1 = x1.fma(pi1, y1.mul(s));
          }
          pr0.intoArray(lanes, 0);
          pi0.intoArray(lanes, LANES);
          dr0.intoArray(lanes, 2 * LANES);
          di0.intoArray(lanes, 3 * LANES);
          spread(lanes, c, points, n, sums);
          pr1.intoArray(lanes, 0);
          pi1.intoArray(lanes, LANES);
          dr1.intoArray(lanes, 2 * LANES);
          di1.intoArray(lanes, 3 * LANES);
          spread(lanes, c, points, m, sums);
        }
      }
      return c;
    }

    private static void spread(float[] lanes, int c, int points, int n, float[][] sums) {
      for (int part = 0; part < 4; part++) {
        for (int i = 0; i < LANES; i++) {
          sums[part][(c + i) * points + n] = lanes[part * LANES + i];
        }
      }
    }
  }
}
