package dev.ordo.models.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A linear recurrence with a diagonal, complex transition for each channel, and its form as a
 * convolution. Immutable.
 *
 * <p>For channel c, state n and step t, u and y being real:
 *
 * <pre>
 *   h[t,c,n] = a[c,n] · h[t−1,c,n] + u[t,c]
 *   y[t,c]   = Re Σₙ w[c,n]·h[t,c,n]  =  Σₛ k[s,c]·u[t−s,c]   with   k[s,c] = Re Σₙ w[c,n]·a[c,n]ˢ
 * </pre>
 *
 * <p>Channels lie side by side in the lanes of a vector. For each vector of channels, arrays have
 * the shape (states, lanes); the last vector of channels may be narrower.
 */
public final class DiagonalRecurrence implements StateRecurrence {

  private static final int LANES = Lanes.COUNT;

  /** About what one step of one state costs, in the kernel and for the final state. */
  private static final double OPERATIONS = 8;

  /**
   * Steps that are multiplied up from one power of a before the next is taken. Rounding errors add
   * up over TILE/4 products within a tile and one product a tile.
   */
  private static final int TILE = 64;

  /**
   * Terms of the kernel that have become smaller than this are left out from the next tile on: left
   * alone, they would decay into subnormal numbers, on which arithmetic is 100 times slower.
   */
  private static final float NEGLIGIBLE = 1e-30f;

  private final ChannelLanes lanes;
  private final int channels;
  private final int states;
  private final float[] aRe;
  private final float[] aIm;
  private final float[] a2Re;
  private final float[] a2Im;
  private final float[] a4Re;
  private final float[] a4Im;
  private final float[] tileRe;
  private final float[] tileIm;
  private final float[] wRe;
  private final float[] wIm;

  /**
   * Makes a recurrence.
   *
   * @param aRe Re a, shape (channels, states), row-major, not modified
   * @param aIm Im a, in the same way
   * @param wRe Re w, in the same way
   * @param wIm Im w, in the same way
   * @param channels the number of channels
   * @param states the number of complex states of a channel
   * @throws IllegalArgumentException if a size is not positive or an array has another length
   */
  public DiagonalRecurrence(
      double[] aRe, double[] aIm, double[] wRe, double[] wIm, int channels, int states) {
    lanes = new ChannelLanes(channels, states);
    this.channels = channels;
    this.states = states;
    double[] re = aRe.clone();
    double[] im = aIm.clone();
    this.aRe = lanes.packed("aRe", re);
    this.aIm = lanes.packed("aIm", im);
    this.wRe = lanes.packed("wRe", wRe);
    this.wIm = lanes.packed("wIm", wIm);
    square(re, im);
    a2Re = lanes.packed("aRe", re);
    a2Im = lanes.packed("aIm", im);
    square(re, im);
    a4Re = lanes.packed("aRe", re);
    a4Im = lanes.packed("aIm", im);
    for (int power = 4; power < TILE; power *= 2) {
      square(re, im);
    }
    tileRe = lanes.packed("aRe", re);
    tileIm = lanes.packed("aIm", im);
  }

  private static void square(double[] re, double[] im) {
    for (int i = 0; i < re.length; i++) {
      double r = re[i] * re[i] - im[i] * im[i];
      im[i] = 2 * re[i] * im[i];
      re[i] = r;
    }
  }

  @Override
  public int stateSize() {
    return channels * states;
  }

  @Override
  public void step(
      float[] u, float[] y, float[] fromRe, float[] fromIm, float[] toRe, float[] toIm) {
    int c = Lanes.VECTORS ? Vectors.step(this, u, y, fromRe, fromIm, toRe, toIm) : 0;
    for (; c < channels; c++) {
      float sum = 0;
      for (int n = 0; n < states; n++) {
        int i = lanes.index(c, n);
        float nr = aRe[i] * fromRe[i] - aIm[i] * fromIm[i] + u[c];
        float ni = aRe[i] * fromIm[i] + aIm[i] * fromRe[i];
        toRe[i] = nr;
        toIm[i] = ni;
        sum += wRe[i] * nr - wIm[i] * ni;
      }
      y[c] = sum;
    }
  }

  /**
   * Computes the convolution kernel k, a product with a Vandermonde matrix. Allocates nothing.
   *
   * @param steps the number of steps, L
   * @param k shape (steps, channels), row-major, overwritten
   * @param powersRe scratch, shape ({@link #stateSize}), overwritten
   * @param powersIm scratch, in the same way
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void kernel(int steps, float[] k, float[] powersRe, float[] powersIm) {
    Arrays.fill(k, 0, steps * channels, 0);
    System.arraycopy(wRe, 0, powersRe, 0, wRe.length);
    System.arraycopy(wIm, 0, powersIm, 0, wIm.length);
    int parts = Workers.parts(OPERATIONS * steps * stateSize(), channels / LANES);
    if (parts == 1) {
      kernel(0, channels, steps, k, powersRe, powersIm);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int first = Workers.start(part, parts, channels, LANES);
          int end = Workers.start(part + 1, parts, channels, LANES);
          kernel(first, end, steps, k, powersRe, powersIm);
        });
  }

  /**
   * Adds the kernels of the channels first … end − 1, where {@code first} is a multiple of lanes.
   */
  private void kernel(
      int first, int end, int steps, float[] k, float[] powersRe, float[] powersIm) {
    int c = first;
    if (Lanes.VECTORS) {
      for (; c <= end - LANES; c += LANES) {
        for (int t = 0; t < steps; t += TILE) {
          int tileEnd = Math.min(t + TILE, steps);
          for (int n = 0; n < states; n++) {
            int i = c * states + n * LANES;
            Vectors.kernelTile(this, t, tileEnd, c, i, k, powersRe, powersIm);
          }
        }
      }
    }
    for (; c < end; c++) {
      for (int n = 0; n < states; n++) {
        int i = lanes.index(c, n);
        double gr = wRe[i];
        double gi = wIm[i];
        for (int t = 0; t < steps && Math.abs(gr) + Math.abs(gi) >= NEGLIGIBLE; t++) {
          k[t * channels + c] += (float) gr;
          double r = gr * aRe[i] - gi * aIm[i];
          gi = gr * aIm[i] + gi * aRe[i];
          gr = r;
        }
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>That is h[L−1,c,n] = Σₜ a[c,n]^(L−1−t) · u[t,c], by Horner's rule in a⁴, four steps in
   * flight.
   */
  @Override
  public void finalState(float[] u, int steps, float[] toRe, float[] toIm) {
    int parts = Workers.parts(OPERATIONS * steps * stateSize(), channels / LANES);
    if (parts == 1) {
      finalState(0, channels, u, steps, toRe, toIm);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int first = Workers.start(part, parts, channels, LANES);
          int end = Workers.start(part + 1, parts, channels, LANES);
          finalState(first, end, u, steps, toRe, toIm);
        });
  }

  private void finalState(int first, int end, float[] u, int steps, float[] toRe, float[] toIm) {
    int c = first;
    if (Lanes.VECTORS) {
      for (; c <= end - LANES; c += LANES) {
        for (int n = 0; n < states; n++) {
          Vectors.finalState(this, u, steps, c, c * states + n * LANES, toRe, toIm);
        }
      }
    }
    for (; c < end; c++) {
      for (int n = 0; n < states; n++) {
        int i = lanes.index(c, n);
        float hr = 0;
        float hi = 0;
        for (int t = 0; t < steps; t++) {
          float r = hr * aRe[i] - hi * aIm[i] + u[t * channels + c];
          hi = hr * aIm[i] + hi * aRe[i];
          hr = r;
        }
        toRe[i] = hr;
        toIm[i] = hi;
      }
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int step(
        DiagonalRecurrence of,
        float[] u,
        float[] y,
        float[] fromRe,
        float[] fromIm,
        float[] toRe,
        float[] toIm) {
      int states = of.states;
      int c = 0;
      for (; c <= of.channels - LANES; c += LANES) {
        FloatVector input = FloatVector.fromArray(SPECIES, u, c);
        FloatVector yr = FloatVector.zero(SPECIES);
        FloatVector yi = FloatVector.zero(SPECIES);
        int end = (c + LANES) * states;
        for (int i = c * states; i < end; i += LANES) {
          FloatVector ar = FloatVector.fromArray(SPECIES, of.aRe, i);
          FloatVector ai = FloatVector.fromArray(SPECIES, of.aIm, i);
          FloatVector hr = FloatVector.fromArray(SPECIES, fromRe, i);
          FloatVector hi = FloatVector.fromArray(SPECIES, fromIm, i);
          FloatVector nr = ar.fma(hr, input).sub(ai.mul(hi));
          FloatVector ni = ar.fma(hi, ai.mul(hr));
          nr.intoArray(toRe, i);
          ni.intoArray(toIm, i);
          yr = nr.fma(FloatVector.fromArray(SPECIES, of.wRe, i), yr);
          yi = ni.fma(FloatVector.fromArray(SPECIES, of.wIm, i), yi);
        }
        yr.sub(yi).intoArray(y, c);
      }
      return c;
    }

    /** Adds what one state gives to the kernel of a vector of channels; four steps in flight. */
    static void kernelTile(
        DiagonalRecurrence of,
        int t,
        int end,
        int c,
        int i,
        float[] k,
        float[] powersRe,
        float[] powersIm) {
      int channels = of.channels;
      FloatVector ar = FloatVector.fromArray(SPECIES, of.aRe, i);
      FloatVector ai = FloatVector.fromArray(SPECIES, of.aIm, i);
      FloatVector r0 = FloatVector.fromArray(SPECIES, powersRe, i);
      FloatVector i0 = FloatVector.fromArray(SPECIES, powersIm, i);
      FloatVector pr = FloatVector.fromArray(SPECIES, of.tileRe, i);
      FloatVector pi = FloatVector.fromArray(SPECIES, of.tileIm, i);
      FloatVector nextR = r0.mul(pr).sub(i0.mul(pi));
      FloatVector nextI = r0.fma(pi, i0.mul(pr));
      VectorMask<Float> gone = nextR.abs().add(nextI.abs()).compare(VectorOperators.LT, NEGLIGIBLE);
      nextR.blend(0, gone).intoArray(powersRe, i);
      nextI.blend(0, gone).intoArray(powersIm, i);
      FloatVector r1 = r0.mul(ar).sub(i0.mul(ai));
      FloatVector i1 = r0.fma(ai, i0.mul(ar));
      pr = FloatVector.fromArray(SPECIES, of.a2Re, i);
      pi = FloatVector.fromArray(SPECIES, of.a2Im, i);
      FloatVector r2 = r0.mul(pr).sub(i0.mul(pi));
      FloatVector i2 = r0.fma(pi, i0.mul(pr));
      FloatVector r3 = r1.mul(pr).sub(i1.mul(pi));
      FloatVector i3 = r1.fma(pi, i1.mul(pr));
      pr = FloatVector.fromArray(SPECIES, of.a4Re, i);
      pi = FloatVector.fromArray(SPECIES, of.a4Im, i);
      int at = t * channels + c;
      for (; t <= end - 4; t += 4, at += 4 * channels) {
        r0.add(FloatVector.fromArray(SPECIES, k, at)).intoArray(k, at);
        int at1 = at + channels;
        r1.add(FloatVector.fromArray(SPECIES, k, at1)).intoArray(k, at1);
        int at2 = at1 + channels;
        r2.add(FloatVector.fromArray(SPECIES, k, at2)).intoArray(k, at2);
        int at3 = at2 + channels;
        r3.add(FloatVector.fromArray(SPECIES, k, at3)).intoArray(k, at3);
        FloatVector s = r0;
        r0 = r0.mul(pr).sub(i0.mul(pi));
        i0 = s.fma(pi, i0.mul(pr));
        s = r1;
        r1 = r1.mul(pr).sub(i1.mul(pi));
        i1 = s.fma(pi, i1.mul(pr));
        s = r2;
        r2 = r2.mul(pr).sub(i2.mul(pi));
        i2 = s.fma(pi, i2.mul(pr));
        s = r3;
        r3 = r3.mul(pr).sub(i3.mul(pi));
        i3 = s.fma(pi, i3.mul(pr));
      }
      for (; t < end; t++, at += channels) {
        r0.add(FloatVector.fromArray(SPECIES, k, at)).intoArray(k, at);
        r0 = r1;
        r1 = r2;
      }
    }

    static void finalState(
        DiagonalRecurrence of, float[] u, int steps, int c, int i, float[] toRe, float[] toIm) {
      int channels = of.channels;
      FloatVector ar = FloatVector.fromArray(SPECIES, of.aRe, i);
      FloatVector ai = FloatVector.fromArray(SPECIES, of.aIm, i);
      // The last of the four sums takes in every fourth step up to the last, so it can also start
      // from the state after the steps that are left over.
      FloatVector r3 = FloatVector.zero(SPECIES);
      FloatVector i3 = FloatVector.zero(SPECIES);
      int at = c;
      int t = 0;
      for (; t < steps % 4; t++, at += channels) {
        FloatVector s = r3;
        r3 = ar.fma(r3, FloatVector.fromArray(SPECIES, u, at)).sub(ai.mul(i3));
        i3 = ar.fma(i3, ai.mul(s));
      }
      FloatVector r0 = FloatVector.zero(SPECIES);
      FloatVector i0 = r0;
      FloatVector r1 = r0;
      FloatVector i1 = r0;
      FloatVector r2 = r0;
      FloatVector i2 = r0;
      FloatVector pr = FloatVector.fromArray(SPECIES, of.a4Re, i);
      FloatVector pi = FloatVector.fromArray(SPECIES, of.a4Im, i);
      for (; t < steps; t += 4, at += 4 * channels) {
        FloatVector s = r0;
        r0 = pr.fma(r0, FloatVector.fromArray(SPECIES, u, at)).sub(pi.mul(i0));
        i0 = pr.fma(i0, pi.mul(s));
        s = r1;
        r1 = pr.fma(r1, FloatVector.fromArray(SPECIES, u, at + channels)).sub(pi.mul(i1));
        i1 = pr.fma(i1, pi.mul(s));
        s = r2;
        r2 = pr.fma(r2, FloatVector.fromArray(SPECIES, u, at + 2 * channels)).sub(pi.mul(i2));
        i2 = pr.fma(i2, pi.mul(s));
        s = r3;
        r3 = pr.fma(r3, FloatVector.fromArray(SPECIES, u, at + 3 * channels)).sub(pi.mul(i3));
        i3 = pr.fma(i3, pi.mul(s));
      }
      FloatVector s = r0;
      r1 = r1.add(ar.mul(s)).sub(ai.mul(i0));
      i1 = i1.add(ar.mul(i0)).add(ai.mul(s));
      s = r1;
      r2 = r2.add(ar.mul(s)).sub(ai.mul(i1));
      i2 = i2.add(ar.mul(i1)).add(ai.mul(s));
      s = r2;
      r3.add(ar.mul(s)).sub(ai.mul(i2)).intoArray(toRe, i);
      i3.add(ar.mul(i2)).add(ai.mul(s)).intoArray(toIm, i);
    }
  }
}
