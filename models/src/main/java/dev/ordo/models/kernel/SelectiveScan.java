package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The selective scan of S6 (Gu and Dao, 2023, algorithm 2), sequential in time. Immutable.
 *
 * <p>For channel c, state n and step t, with A = −exp(A_log):
 *
 * <pre>
 *   h[t,c,n] = exp(Δ[t,c]·A[c,n]) · h[t−1,c,n] + Δ[t,c]·B[t,n]·x[t,c]
 *   y[t,c]   = Σₙ C[t,n]·h[t,c,n] + D[c]·x[t,c]
 * </pre>
 *
 * <p>Channels lie side by side in the lanes of a vector, so that no sum runs across lanes. All
 * steps of one vector of channels are done before the next, while its state stays in the nearest
 * cache.
 *
 * <p>The exponential is inlined: 2ᶻ with z = n + f, n whole and |f| ≤ ½, is a polynomial in f whose
 * exponent bits n is added to. That is a quarter faster here than {@code VectorOperators.EXP},
 * which spills all registers around a call, and a method of its own would box its vectors whenever
 * it is compiled before its caller.
 */
public final class SelectiveScan {

  private static final int LANES = Lanes.COUNT;

  /** About what one step of one state costs. */
  private static final double OPERATIONS = 20;

  /** The smallest logarithm to base 2 of a decay: the power is still a normal number. */
  private static final float LOWEST = -126;

  /** 1.5 · 2²³: adding it rounds to a whole number and leaves that number in the low bits. */
  private static final float ROUND = 12582912;

  // 2ᶠ for |f| ≤ ½, minimax with constant term 1: relative error 1e-7, and none as f goes to 0.
  private static final float C1 = 0.693147f;
  private static final float C2 = 0.24022242f;
  private static final float C3 = 0.05550734f;
  private static final float C4 = 0.009671513f;
  private static final float C5 = 0.0013264727f;

  private final int channels;
  private final int states;

  /** A · log₂e; for each vector of channels, shape (states, lanes). The last may be narrower. */
  private final float[] decay;

  private final float[] skip;

  /**
   * Makes a scan.
   *
   * @param logA A_log, shape (channels, states), row-major, not modified
   * @param skip D, shape (channels), copied
   * @throws IllegalArgumentException if {@code logA} is not an even, positive number of states a
   *     channel
   */
  public SelectiveScan(float[] logA, float[] skip) {
    channels = skip.length;
    if (channels < 1 || logA.length < channels || logA.length % (2 * channels) != 0) {
      throw new IllegalArgumentException(
          "logA ("
              + logA.length
              + " values) must have the same even number of states for each of "
              + channels
              + " channels");
    }
    states = logA.length / channels;
    decay = new float[logA.length];
    for (int c = 0; c < channels; c++) {
      int first = c / LANES * LANES;
      int lanes = Math.min(LANES, channels - first);
      for (int n = 0; n < states; n++) {
        decay[first * states + n * lanes + c - first] =
            (float) (-Math.exp(logA[c * states + n]) / Math.log(2));
      }
    }
    this.skip = skip.clone();
  }

  /** Returns the number of values in a state: channels · states. */
  public int stateSize() {
    return channels * states;
  }

  /**
   * Scans some steps. Allocates nothing.
   *
   * @param x shape (steps, channels), row-major, not modified
   * @param dt Δ, shape (steps, channels), row-major, not negative, not modified
   * @param bc B and C: row t has B at t·{@code bcStride} + {@code bcOffset} and C right after it;
   *     not modified
   * @param bcOffset where B begins in a row
   * @param bcStride the length of a row
   * @param steps the number of steps, T
   * @param y shape (steps, channels), row-major, overwritten; may be x
   * @param from the state before, shape ({@link #stateSize}) in an order of the scan's own; zeros
   *     at the start of a sequence
   * @param to where the state after goes; may be {@code from}
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void apply(
      float[] x,
      float[] dt,
      float[] bc,
      int bcOffset,
      int bcStride,
      int steps,
      float[] y,
      float[] from,
      float[] to) {
    int parts = Workers.parts(OPERATIONS * steps * channels * states, channels / LANES);
    if (parts == 1) {
      channels(0, channels, x, dt, bc, bcOffset, bcStride, steps, y, from, to);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int first = Workers.start(part, parts, channels, LANES);
          int end = Workers.start(part + 1, parts, channels, LANES);
          channels(first, end, x, dt, bc, bcOffset, bcStride, steps, y, from, to);
        });
  }

  /** Scans the channels first … end − 1, where {@code first} is a multiple of the lanes. */
  private void channels(
      int first,
      int end,
      float[] x,
      float[] dt,
      float[] bc,
      int bcOffset,
      int bcStride,
      int steps,
      float[] y,
      float[] from,
      float[] to) {
    int c = first;
    if (Lanes.VECTORS) {
      for (; c <= end - LANES; c += LANES) {
        for (int t = 0; t < steps; t++) {
          Vectors.step(this, x, dt, bc, bcOffset + t * bcStride, t, c, y, t == 0 ? from : to, to);
        }
      }
    }
    for (; c < end; c++) {
      int block = c / LANES * LANES;
      int lanes = Math.min(LANES, channels - block);
      int state = block * states + c - block;
      for (int t = 0; t < steps; t++) {
        int b = bcOffset + t * bcStride;
        step(x, dt, bc, b, t, c, state, lanes, y, t == 0 ? from : to, to);
      }
    }
  }

  /** One step of one channel, whose states begin at {@code state} and are {@code lanes} apart. */
  private void step(
      float[] x,
      float[] dt,
      float[] bc,
      int b,
      int t,
      int c,
      int state,
      int lanes,
      float[] y,
      float[] from,
      float[] to) {
    int at = t * channels + c;
    float d = dt[at];
    float u = x[at];
    float sum = skip[c] * u;
    for (int n = 0; n < states; n++) {
      int i = state + n * lanes;
      float z = Math.max(d * decay[i], LOWEST);
      float r = z + ROUND;
      float f = z - (r - ROUND);
      float p = ((((C5 * f + C4) * f + C3) * f + C2) * f + C1) * f + 1;
      float a =
          Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(r) << 23));
      float h = a * from[i] + d * u * bc[b + n];
      to[i] = h;
      sum += h * bc[b + states + n];
    }
    y[at] = sum;
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** One step of the channels c … c + LANES − 1; two states are in flight at a time. */
    static void step(
        SelectiveScan of,
        float[] x,
        float[] dt,
        float[] bc,
        int b,
        int t,
        int c,
        float[] y,
        float[] from,
        float[] to) {
      float[] decay = of.decay;
      int states = of.states;
      int at = t * of.channels + c;
      FloatVector d = FloatVector.fromArray(SPECIES, dt, at);
      FloatVector u = FloatVector.fromArray(SPECIES, x, at);
      FloatVector du = d.mul(u);
      FloatVector y0 = u.mul(FloatVector.fromArray(SPECIES, of.skip, c));
      FloatVector y1 = FloatVector.zero(SPECIES);
      FloatVector c5 = FloatVector.broadcast(SPECIES, C5);
      FloatVector c4 = FloatVector.broadcast(SPECIES, C4);
      FloatVector c3 = FloatVector.broadcast(SPECIES, C3);
      FloatVector c2 = FloatVector.broadcast(SPECIES, C2);
      FloatVector c1 = FloatVector.broadcast(SPECIES, C1);
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      for (int n = 0; n < states; n += 2, b += 2) {
        int i = c * states + n * LANES;
        FloatVector z0 = d.mul(FloatVector.fromArray(SPECIES, decay, i)).max(LOWEST);
        FloatVector z1 = d.mul(FloatVector.fromArray(SPECIES, decay, i + LANES)).max(LOWEST);
        FloatVector r0 = z0.add(ROUND);
        FloatVector r1 = z1.add(ROUND);
        FloatVector f0 = z0.sub(r0.sub(ROUND));
        FloatVector f1 = z1.sub(r1.sub(ROUND));
        FloatVector p0 = f0.fma(c5, c4).fma(f0, c3).fma(f0, c2).fma(f0, c1).fma(f0, one);
        FloatVector p1 = f1.fma(c5, c4).fma(f1, c3).fma(f1, c2).fma(f1, c1).fma(f1, one);
        IntVector n0 = r0.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        IntVector n1 = r1.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        FloatVector a0 = p0.reinterpretAsInts().add(n0).reinterpretAsFloats();
        FloatVector a1 = p1.reinterpretAsInts().add(n1).reinterpretAsFloats();
        FloatVector h0 = a0.fma(FloatVector.fromArray(SPECIES, from, i), du.mul(bc[b]));
        FloatVector h1 = a1.fma(FloatVector.fromArray(SPECIES, from, i + LANES), du.mul(bc[b + 1]));
        h0.intoArray(to, i);
        h1.intoArray(to, i + LANES);
        y0 = h0.fma(FloatVector.broadcast(SPECIES, bc[b + states]), y0);
        y1 = h1.fma(FloatVector.broadcast(SPECIES, bc[b + states + 1]), y1);
      }
      y0.add(y1).intoArray(y, at);
    }
  }
}
