package dev.ordo.models.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A linear recurrence whose transition is, for each channel, a complex diagonal matrix less one of
 * rank one: the stepping form of S4. Immutable.
 *
 * <p>For channel c, state n and step t, u and y being real:
 *
 * <pre>
 *   g[t,c]   = Re Σₙ q[c,n]·h[t−1,c,n]
 *   h[t,c,n] = a[c,n]·h[t−1,c,n] + b[c,n]·u[t,c] − p[c,n]·g[t,c]
 *   y[t,c]   = Re Σₙ w[c,n]·h[t,c,n]
 * </pre>
 *
 * <p>A step costs a number of operations that is linear in the number of states, as for a diagonal
 * transition; the dense transition is never made.
 *
 * <p>Channels lie side by side in the lanes of a vector. For each vector of channels, arrays have
 * the shape (states, lanes); the last vector of channels may be narrower.
 */
public final class DplrRecurrence implements StateRecurrence {

  private static final int LANES = Lanes.COUNT;

  /** The complex constants of a recurrence: a, b, p, q and w, in this order. */
  private static final int CONSTANTS = 5;

  private final ChannelLanes lanes;
  private final int channels;
  private final int states;
  private final float[] aRe;
  private final float[] aIm;
  private final float[] bRe;
  private final float[] bIm;
  private final float[] pRe;
  private final float[] pIm;
  private final float[] qRe;
  private final float[] qIm;
  private final float[] wRe;
  private final float[] wIm;

  /**
   * Makes a recurrence.
   *
   * @param constants a, b, p, q and w, each its real part and then its imaginary part: 10 arrays of
   *     the shape (channels, states), row-major, not modified
   * @param channels the number of channels
   * @param states the number of complex states of a channel
   * @throws IllegalArgumentException if a size is not positive, there are not 10 arrays or one has
   *     another length
   */
  public DplrRecurrence(double[][] constants, int channels, int states) {
    lanes = new ChannelLanes(channels, states);
    if (constants.length != 2 * CONSTANTS) {
      throw new IllegalArgumentException(
          "constants (" + constants.length + " arrays) must be " + 2 * CONSTANTS);
    }
    this.channels = channels;
    this.states = states;
    aRe = lanes.packed("constants", constants[0]);
    aIm = lanes.packed("constants", constants[1]);
    bRe = lanes.packed("constants", constants[2]);
    bIm = lanes.packed("constants", constants[3]);
    pRe = lanes.packed("constants", constants[4]);
    pIm = lanes.packed("constants", constants[5]);
    qRe = lanes.packed("constants", constants[6]);
    qIm = lanes.packed("constants", constants[7]);
    wRe = lanes.packed("constants", constants[8]);
    wIm = lanes.packed("constants", constants[9]);
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
      float g = 0;
      for (int n = 0; n < states; n++) {
        int i = lanes.index(c, n);
        g += qRe[i] * fromRe[i] - qIm[i] * fromIm[i];
      }
      float sum = 0;
      for (int n = 0; n < states; n++) {
        int i = lanes.index(c, n);
        float re = fromRe[i];
        float im = fromIm[i];
        float nextRe = aRe[i] * re - aIm[i] * im + bRe[i] * u[c] - pRe[i] * g;
        float nextIm = aRe[i] * im + aIm[i] * re + bIm[i] * u[c] - pIm[i] * g;
        toRe[i] = nextRe;
        toIm[i] = nextIm;
        sum += wRe[i] * nextRe - wIm[i] * nextIm;
      }
      y[c] = sum;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>One step after the other.
   */
  @Override
  public void finalState(float[] u, int steps, float[] toRe, float[] toIm) {
    Arrays.fill(toRe, 0, stateSize(), 0);
    Arrays.fill(toIm, 0, stateSize(), 0);
    double operations = 18.0 * steps * stateSize();
    int parts = Workers.parts(operations, (channels + LANES - 1) / LANES);
    if (parts == 1) {
      finalState(0, channels, u, steps, toRe, toIm);
      return;
    }
    Workers.each(
        parts,
        part ->
            finalState(
                Workers.start(part, parts, channels, LANES),
                Workers.start(part + 1, parts, channels, LANES),
                u,
                steps,
                toRe,
                toIm));
  }

  private void finalState(int first, int end, float[] u, int steps, float[] toRe, float[] toIm) {
    int c = Lanes.VECTORS ? Vectors.finalState(this, first, end, u, steps, toRe, toIm) : first;
    for (; c < end; c++) {
      float g = 0;
      for (int t = 0; t < steps; t++) {
        float input = u[t * channels + c];
        float next = 0;
        for (int n = 0; n < states; n++) {
          int i = lanes.index(c, n);
          float re = toRe[i];
          float im = toIm[i];
          toRe[i] = aRe[i] * re - aIm[i] * im + bRe[i] * input - pRe[i] * g;
          toIm[i] = aRe[i] * im + aIm[i] * re + bIm[i] * input - pIm[i] * g;
          next += qRe[i] * toRe[i] - qIm[i] * toIm[i];
        }
        g = next;
      }
    }
  }

  /** The loops over whole vectors of channels; each returns the first channel that is left. */
  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static int step(
        DplrRecurrence r,
        float[] u,
        float[] y,
        float[] fromRe,
        float[] fromIm,
        float[] toRe,
        float[] toIm) {
      int c = 0;
      for (; c <= r.channels - LANES; c += LANES) {
        FloatVector input = FloatVector.fromArray(SPECIES, u, c);
        int start = c * r.states;
        int end = start + LANES * r.states;
        FloatVector gr = FloatVector.zero(SPECIES);
        FloatVector gi = FloatVector.zero(SPECIES);
        for (int i = start; i < end; i += LANES) {
          gr =
              FloatVector.fromArray(SPECIES, r.qRe, i)
                  .fma(FloatVector.fromArray(SPECIES, fromRe, i), gr);
          gi =
              FloatVector.fromArray(SPECIES, r.qIm, i)
                  .fma(FloatVector.fromArray(SPECIES, fromIm, i), gi);
        }
        FloatVector g = gi.sub(gr);
        FloatVector yr = FloatVector.zero(SPECIES);
        FloatVector yi = FloatVector.zero(SPECIES);
        for (int i = start; i < end; i += LANES) {
          FloatVector ar = FloatVector.fromArray(SPECIES, r.aRe, i);
          FloatVector ai = FloatVector.fromArray(SPECIES, r.aIm, i);
          FloatVector hr = FloatVector.fromArray(SPECIES, fromRe, i);
          FloatVector hi = FloatVector.fromArray(SPECIES, fromIm, i);
          FloatVector br = FloatVector.fromArray(SPECIES, r.bRe, i).mul(input);
          FloatVector bi = FloatVector.fromArray(SPECIES, r.bIm, i).mul(input);
          br = FloatVector.fromArray(SPECIES, r.pRe, i).fma(g, br);
          bi = FloatVector.fromArray(SPECIES, r.pIm, i).fma(g, bi);
          FloatVector nr = ar.fma(hr, br).sub(ai.mul(hi));
          FloatVector ni = ar.fma(hi, bi).add(ai.mul(hr));
          nr.intoArray(toRe, i);
          ni.intoArray(toIm, i);
          yr = nr.fma(FloatVector.fromArray(SPECIES, r.wRe, i), yr);
          yi = ni.fma(FloatVector.fromArray(SPECIES, r.wIm, i), yi);
        }
        yr.sub(yi).intoArray(y, c);
      }
      return c;
    }

    static int finalState(
        DplrRecurrence r, int first, int last, float[] u, int steps, float[] re, float[] im) {
      int c = first;
      for (; c <= last - LANES; c += LANES) {
        int start = c * r.states;
        int end = start + LANES * r.states;
        FloatVector g = FloatVector.zero(SPECIES);
        for (int t = 0; t < steps; t++) {
          FloatVector input = FloatVector.fromArray(SPECIES, u, t * r.channels + c);
          FloatVector gr = FloatVector.zero(SPECIES);
          FloatVector gi = FloatVector.zero(SPECIES);
          for (int i = start; i < end; i += LANES) {
            FloatVector ar = FloatVector.fromArray(SPECIES, r.aRe, i);
            FloatVector ai = FloatVector.fromArray(SPECIES, r.aIm, i);
            FloatVector hr = FloatVector.fromArray(SPECIES, re, i);
            FloatVector hi = FloatVector.fromArray(SPECIES, im, i);
            FloatVector br = FloatVector.fromArray(SPECIES, r.bRe, i).mul(input);
            FloatVector bi = FloatVector.fromArray(SPECIES, r.bIm, i).mul(input);
            br = FloatVector.fromArray(SPECIES, r.pRe, i).fma(g, br);
            bi = FloatVector.fromArray(SPECIES, r.pIm, i).fma(g, bi);
            FloatVector nr = ar.fma(hr, br).sub(ai.mul(hi));
            FloatVector ni = ar.fma(hi, bi).add(ai.mul(hr));
            nr.intoArray(re, i);
            ni.intoArray(im, i);
            gr = nr.fma(FloatVector.fromArray(SPECIES, r.qRe, i), gr);
            gi = ni.fma(FloatVector.fromArray(SPECIES, r.qIm, i), gi);
          }
          g = gi.sub(gr);
        }
      }
      return c;
    }
  }
}
