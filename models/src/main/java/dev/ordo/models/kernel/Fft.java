package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The discrete Fourier transform of as many complex sequences at once as a vector has lanes; their
 * length n is a power of two. Immutable: twiddle factors are computed when it is made.
 *
 * <p>Radix 4, decimation in frequency forward and in time inverse (Cooley and Tukey, 1965), with a
 * last pass of radix 2 where n is not a power of 4. Forward leaves the spectrum in bit-reversed
 * order and inverse starts from that order, which is all that a convolution needs; neither moves
 * values just to sort them. Long transforms descend depth first, so that their parts are done while
 * they are in the nearest cache.
 */
public final class Fft {

  private static final int LANES = Lanes.COUNT;

  /** The number of sequences side by side: the lanes of a vector. */
  public static final int COLUMNS = LANES;

  /** Transforms of this many rows or fewer are done breadth first. */
  private static final int NEAR = 256;

  private final int longest;

  /** For size m = 2^index ≥ 4: w^2j, w^j, w^3j as re, im pairs for j < m/4; w = exp(−2πi/m). */
  private final float[][] twiddles;

  /**
   * Makes transforms of any power of two up to a length.
   *
   * @param longest the longest transform, a power of two
   * @throws IllegalArgumentException if {@code longest} is not a power of two
   */
  public Fft(int longest) {
    checkPower("longest", longest);
    this.longest = longest;
    twiddles = new float[Integer.numberOfTrailingZeros(longest) + 1][];
    for (int level = 2; level < twiddles.length; level++) {
      int m = 1 << level;
      twiddles[level] = new float[m / 4 * 6];
      for (int j = 0; j < m / 4; j++) {
        int[] multiples = {2 * j, j, 3 * j};
        for (int i = 0; i < 3; i++) {
          double angle = -2 * Math.PI * multiples[i] / m;
          twiddles[level][6 * j + 2 * i] = (float) Math.cos(angle);
          twiddles[level][6 * j + 2 * i + 1] = (float) Math.sin(angle);
        }
      }
    }
  }

  /**
   * Transforms in place: X[k] = Σⱼ x[j]·exp(−2πi·jk/n). Allocates nothing.
   *
   * @param re real parts, shape (n, {@link #COLUMNS}), row-major; row r is left with X[k], k being
   *     the log₂ n bits of r in reverse
   * @param im imaginary parts, in the same way
   * @param n the length, a power of two
   * @throws IllegalArgumentException if n is not a power of two or longer than the longest
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void forward(float[] re, float[] im, int n) {
    checkLength(n);
    forward(re, im, 0, n);
  }

  private void forward(float[] re, float[] im, int first, int n) {
    if (n > NEAR) {
      forwardPass(re, im, first, n, n);
      for (int part = 0; part < 4; part++) {
        forward(re, im, first + part * (n / 4), n / 4);
      }
      return;
    }
    int m = n;
    for (; m >= 4; m /= 4) {
      forwardPass(re, im, first, n, m);
    }
    if (m == 2) {
      pairs(re, im, first, n);
    }
  }

  /**
   * Transforms back in place, without the factor 1/n: x[j] = Σₖ X[k]·exp(2πi·jk/n). Allocates
   * nothing.
   *
   * @param re real parts, shape (n, {@link #COLUMNS}), row-major, in the order that {@link
   *     #forward} leaves; left in natural order
   * @param im imaginary parts, in the same way
   * @param n the length, a power of two
   * @throws IllegalArgumentException if n is not a power of two or longer than the longest
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void inverse(float[] re, float[] im, int n) {
    checkLength(n);
    inverse(re, im, 0, n);
  }

  private void inverse(float[] re, float[] im, int first, int n) {
    if (n > NEAR) {
      for (int part = 0; part < 4; part++) {
        inverse(re, im, first + part * (n / 4), n / 4);
      }
      inversePass(re, im, first, n, n);
      return;
    }
    int m = 4;
    if (Integer.numberOfTrailingZeros(n) % 2 == 1) {
      pairs(re, im, first, n);
      m = 8;
    }
    for (; m <= n; m *= 4) {
      inversePass(re, im, first, n, m);
    }
  }

  /** One pass over the rows first … first + n − 1 in blocks of m: each is cut into four. */
  private void forwardPass(float[] re, float[] im, int first, int n, int m) {
    float[] w = twiddles[Integer.numberOfTrailingZeros(m)];
    if (Lanes.VECTORS) {
      Vectors.forwardPass(w, re, im, first, n, m);
      return;
    }
    int quarter = m / 4 * LANES;
    int end = (first + n) * LANES;
    for (int j = 0; j < m / 4; j++) {
      int k = 6 * j;
      for (int block = (first + j) * LANES; block < end; block += m * LANES) {
        for (int i = block; i < block + LANES; i++) {
          float acr = re[i] + re[i + 2 * quarter];
          float aci = im[i] + im[i + 2 * quarter];
          float bdr = re[i + quarter] + re[i + 3 * quarter];
          float bdi = im[i + quarter] + im[i + 3 * quarter];
          float evenR = re[i] - re[i + 2 * quarter];
          float evenI = im[i] - im[i + 2 * quarter];
          float oddR = re[i + quarter] - re[i + 3 * quarter];
          float oddI = im[i + quarter] - im[i + 3 * quarter];
          float xr = acr - bdr;
          float xi = aci - bdi;
          float yr = evenR + oddI;
          float yi = evenI - oddR;
          float zr = evenR - oddI;
          float zi = evenI + oddR;
          re[i] = acr + bdr;
          im[i] = aci + bdi;
          re[i + quarter] = xr * w[k] - xi * w[k + 1];
          im[i + quarter] = xr * w[k + 1] + xi * w[k];
          re[i + 2 * quarter] = yr * w[k + 2] - yi * w[k + 3];
          im[i + 2 * quarter] = yr * w[k + 3] + yi * w[k + 2];
          re[i + 3 * quarter] = zr * w[k + 4] - zi * w[k + 5];
          im[i + 3 * quarter] = zr * w[k + 5] + zi * w[k + 4];
        }
      }
    }
  }

  /** The inverse of {@link #forwardPass}, times 4. */
  private void inversePass(float[] re, float[] im, int first, int n, int m) {
    float[] w = twiddles[Integer.numberOfTrailingZeros(m)];
    if (Lanes.VECTORS) {
      Vectors.inversePass(w, re, im, first, n, m);
      return;
    }
    int quarter = m / 4 * LANES;
    int end = (first + n) * LANES;
    for (int j = 0; j < m / 4; j++) {
      int k = 6 * j;
      for (int block = (first + j) * LANES; block < end; block += m * LANES) {
        for (int i = block; i < block + LANES; i++) {
          int x = i + quarter;
          int y = i + 2 * quarter;
          int z = i + 3 * quarter;
          float xr = re[x] * w[k] + im[x] * w[k + 1];
          float xi = im[x] * w[k] - re[x] * w[k + 1];
          float yr = re[y] * w[k + 2] + im[y] * w[k + 3];
          float yi = im[y] * w[k + 2] - re[y] * w[k + 3];
          float zr = re[z] * w[k + 4] + im[z] * w[k + 5];
          float zi = im[z] * w[k + 4] - re[z] * w[k + 5];
          float acr = re[i] + xr;
          float aci = im[i] + xi;
          float bdr = re[i] - xr;
          float bdi = im[i] - xi;
          re[i] = acr + (yr + zr);
          im[i] = aci + (yi + zi);
          re[x] = bdr + (zi - yi);
          im[x] = bdi + (yr - zr);
          re[y] = acr - (yr + zr);
          im[y] = aci - (yi + zi);
          re[z] = bdr - (zi - yi);
          im[z] = bdi - (yr - zr);
        }
      }
    }
  }

  /** Sum and difference of neighbouring rows; twice its own inverse. */
  private static void pairs(float[] re, float[] im, int first, int n) {
    if (Lanes.VECTORS) {
      Vectors.pairs(re, im, first, n);
      return;
    }
    for (int row = first * LANES; row < (first + n) * LANES; row += 2 * LANES) {
      for (int i = row; i < row + LANES; i++) {
        float r = re[i] - re[i + LANES];
        re[i] += re[i + LANES];
        re[i + LANES] = r;
        float d = im[i] - im[i + LANES];
        im[i] += im[i + LANES];
        im[i + LANES] = d;
      }
    }
  }

  private void checkLength(int n) {
    checkPower("n", n);
    if (n > longest) {
      throw new IllegalArgumentException("n (" + n + ") must be at most " + longest);
    }
  }

  private static void checkPower(String name, int n) {
    if (Integer.bitCount(n) != 1 || n < 1) {
      throw new IllegalArgumentException(name + " (" + n + ") must be a power of two");
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static void forwardPass(float[] w, float[] re, float[] im, int first, int n, int m) {
      int quarter = m / 4 * LANES;
      int end = (first + n) * LANES;
      for (int j = 0; j < m / 4; j++) {
        for (int i = (first + j) * LANES; i < end; i += m * LANES) {
          FloatVector ar = FloatVector.fromArray(SPECIES, re, i);
          FloatVector ai = FloatVector.fromArray(SPECIES, im, i);
          FloatVector br = FloatVector.fromArray(SPECIES, re, i + quarter);
          FloatVector bi = FloatVector.fromArray(SPECIES, im, i + quarter);
          FloatVector cr = FloatVector.fromArray(SPECIES, re, i + 2 * quarter);
          FloatVector ci = FloatVector.fromArray(SPECIES, im, i + 2 * quarter);
          FloatVector dr = FloatVector.fromArray(SPECIES, re, i + 3 * quarter);
          FloatVector di = FloatVector.fromArray(SPECIES, im, i + 3 * quarter);
          FloatVector acr = ar.add(cr);
          FloatVector aci = ai.add(ci);
          FloatVector bdr = br.add(dr);
          FloatVector bdi = bi.add(di);
          FloatVector evenR = ar.sub(cr);
          FloatVector evenI = ai.sub(ci);
          FloatVector oddR = br.sub(dr);
          FloatVector oddI = bi.sub(di);
          acr.add(bdr).intoArray(re, i);
          aci.add(bdi).intoArray(im, i);
          FloatVector xr = acr.sub(bdr);
          FloatVector xi = aci.sub(bdi);
          FloatVector yr = evenR.add(oddI);
          FloatVector yi = evenI.sub(oddR);
          FloatVector zr = evenR.sub(oddI);
          FloatVector zi = evenI.add(oddR);
          if (m > 4) {
            int k = 6 * j;
            FloatVector tr = xr.mul(w[k]).sub(xi.mul(w[k + 1]));
            xi = xr.mul(w[k + 1]).add(xi.mul(w[k]));
            xr = tr;
            tr = yr.mul(w[k + 2]).sub(yi.mul(w[k + 3]));
            yi = yr.mul(w[k + 3]).add(yi.mul(w[k + 2]));
            yr = tr;
            tr = zr.mul(w[k + 4]).sub(zi.mul(w[k + 5]));
            zi = zr.mul(w[k + 5]).add(zi.mul(w[k + 4]));
            zr = tr;
          }
          xr.intoArray(re, i + quarter);
          xi.intoArray(im, i + quarter);
          yr.intoArray(re, i + 2 * quarter);
          yi.intoArray(im, i + 2 * quarter);
          zr.intoArray(re, i + 3 * quarter);
          zi.intoArray(im, i + 3 * quarter);
        }
      }
    }

    static void inversePass(float[] w, float[] re, float[] im, int first, int n, int m) {
      int quarter = m / 4 * LANES;
      int end = (first + n) * LANES;
      for (int j = 0; j < m / 4; j++) {
        for (int i = (first + j) * LANES; i < end; i += m * LANES) {
          FloatVector ar = FloatVector.fromArray(SPECIES, re, i);
          FloatVector ai = FloatVector.fromArray(SPECIES, im, i);
          FloatVector xr = FloatVector.fromArray(SPECIES, re, i + quarter);
          FloatVector xi = FloatVector.fromArray(SPECIES, im, i + quarter);
          FloatVector yr = FloatVector.fromArray(SPECIES, re, i + 2 * quarter);
          FloatVector yi = FloatVector.fromArray(SPECIES, im, i + 2 * quarter);
          FloatVector zr = FloatVector.fromArray(SPECIES, re, i + 3 * quarter);
          FloatVector zi = FloatVector.fromArray(SPECIES, im, i + 3 * quarter);
          if (m > 4) {
            int k = 6 * j;
            FloatVector tr = xr.mul(w[k]).add(xi.mul(w[k + 1]));
            xi = xi.mul(w[k]).sub(xr.mul(w[k + 1]));
            xr = tr;
            tr = yr.mul(w[k + 2]).add(yi.mul(w[k + 3]));
            yi = yi.mul(w[k + 2]).sub(yr.mul(w[k + 3]));
            yr = tr;
            tr = zr.mul(w[k + 4]).add(zi.mul(w[k + 5]));
            zi = zi.mul(w[k + 4]).sub(zr.mul(w[k + 5]));
            zr = tr;
          }
          FloatVector acr = ar.add(xr);
          FloatVector aci = ai.add(xi);
          FloatVector bdr = ar.sub(xr);
          FloatVector bdi = ai.sub(xi);
          FloatVector evenR = yr.add(zr);
          FloatVector evenI = yi.add(zi);
          FloatVector oddR = zi.sub(yi);
          FloatVector oddI = yr.sub(zr);
          acr.add(evenR).intoArray(re, i);
          aci.add(evenI).intoArray(im, i);
          bdr.add(oddR).intoArray(re, i + quarter);
          bdi.add(oddI).intoArray(im, i + quarter);
          acr.sub(evenR).intoArray(re, i + 2 * quarter);
          aci.sub(evenI).intoArray(im, i + 2 * quarter);
          bdr.sub(oddR).intoArray(re, i + 3 * quarter);
          bdi.sub(oddI).intoArray(im, i + 3 * quarter);
        }
      }
    }

    static void pairs(float[] re, float[] im, int first, int n) {
      for (int i = first * LANES; i < (first + n) * LANES; i += 2 * LANES) {
        sumAndDifference(re, i);
        sumAndDifference(im, i);
      }
    }

    private static void sumAndDifference(float[] x, int i) {
      FloatVector a = FloatVector.fromArray(SPECIES, x, i);
      FloatVector b = FloatVector.fromArray(SPECIES, x, i + LANES);
      a.add(b).intoArray(x, i);
      a.sub(b).intoArray(x, i + LANES);
    }
  }
}
