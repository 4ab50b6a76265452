package dev.ordo.models.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The {@link SelectiveScan} in chunks that do not wait for each other. Immutable.
 *
 * <p>A scan is linear in the state it starts from, and the decay from the start of a chunk to its
 * step t is exp(s[t]·A) with s[t] the sum of Δ up to t. Hence each chunk is scanned from a state of
 * zeros, which all chunks could do at once; the states H at their starts follow from the ends E of
 * those scans, one step a chunk; and what a state adds to the outputs of its chunk is added to all
 * of them at once (Blelloch, <i>Prefix Sums and Their Applications</i>, 1990, section 1.4):
 *
 * <pre>
 *   h[t] = exp(Δ[t]·A)·h[t−1] + Δ[t]·B[t]·x[t],  h = 0 at the start
 *   H′ = exp(s[Q]·A)·H + E,  E = h[Q]
 *   y[t] = Σₙ C[t]·h[t] + D·x[t] + Σₙ C[t]·exp(s[t]·A)·H
 * </pre>
 */
public final class ChunkedScan {

  /** Q, the number of steps in a chunk. */
  public static final int CHUNK = 32;

  private static final int LANES = Lanes.COUNT;

  /** Of one state in one step, exponentials included. */
  private static final double OPERATIONS = 40;

  private final int channels;
  private final int states;

  /** A; for each vector of channels, shape (states, lanes). The last may be narrower. */
  private final float[] decay;

  private final float[] skip;

  /**
   * Makes a scan.
   *
   * @param logA A_log, shape (channels, states), row-major, not modified
   * @param skip D, shape (channels), copied
   * @throws IllegalArgumentException if {@code logA} is not a positive number of states a channel
   */
  public ChunkedScan(float[] logA, float[] skip) {
    channels = skip.length;
    if (channels < 1 || logA.length < channels || logA.length % channels != 0) {
      throw new IllegalArgumentException(
          "logA ("
              + logA.length
              + " values) must have the same number of states for each of "
              + channels
              + " channels");
    }
    states = logA.length / channels;
    decay = new float[logA.length];
    for (int c = 0; c < channels; c++) {
      int first = c / LANES * LANES;
      int lanes = Math.min(LANES, channels - first);
      for (int n = 0; n < states; n++) {
        decay[first * states + n * lanes + c - first] = (float) -Math.exp(logA[c * states + n]);
      }
    }
    this.skip = skip.clone();
  }

  /** Scratch memory for scans with the same number of states; for one call at a time. */
  public static final class Workspace {

    /** One for each of the threads that channels are split over. */
    private final Scratch[] parts = new Scratch[Workers.threads()];

    private Workspace(int states) {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = new Scratch(states);
      }
    }
  }

  private static final class Scratch {

    /** s of a chunk, shape (CHUNK, LANES). */
    private final float[] sums = new float[CHUNK * LANES];

    /** h, shape (states, LANES). */
    private final float[] local;

    Scratch(int states) {
      local = new float[states * LANES];
    }
  }

  /** Makes scratch memory. */
  public Workspace workspace() {
    return new Workspace(states);
  }

  /**
   * Scans some steps. Allocates nothing. Takes and leaves the same states as {@link SelectiveScan}.
   *
   * @param x shape (steps, channels), row-major, not modified
   * @param dt Δ, shape (steps, channels), row-major, not negative, not modified
   * @param bc B and C: row t has B at t·{@code bcStride} + {@code bcOffset} and C right after it;
   *     not modified
   * @param bcOffset where B begins in a row
   * @param bcStride the length of a row
   * @param steps the number of steps, T
   * @param y shape (steps, channels), row-major, overwritten; must not be x
   * @param from the state before, as in {@link SelectiveScan#apply}
   * @param to where the state after goes; may be {@code from}
   * @param work scratch memory
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
      float[] to,
      Workspace work) {
    double operations = OPERATIONS * steps * channels * states;
    int parts = Workers.parts(operations, Math.min(work.parts.length, channels / LANES));
    if (parts == 1) {
      channels(0, channels, x, dt, bc, bcOffset, bcStride, steps, y, from, to, work.parts[0]);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int first = Workers.start(part, parts, channels, LANES);
          int end = Workers.start(part + 1, parts, channels, LANES);
          Scratch scratch = work.parts[part];
          channels(first, end, x, dt, bc, bcOffset, bcStride, steps, y, from, to, scratch);
        });
  }

  /** Scans the channels start … end − 1, where {@code start} is a multiple of the lanes. */
  private void channels(
      int start,
      int end,
      float[] x,
      float[] dt,
      float[] bc,
      int bcOffset,
      int bcStride,
      int steps,
      float[] y,
      float[] from,
      float[] to,
      Scratch work) {
    for (int first = start; first < end; first += LANES) {
      int width = Math.min(LANES, channels - first);
      System.arraycopy(from, first * states, to, first * states, width * states);
      for (int t = 0; t < steps; t += CHUNK) {
        int count = Math.min(CHUNK, steps - t);
        int b = bcOffset + t * bcStride;
        Arrays.fill(work.local, 0);
        if (Lanes.VECTORS && width == LANES) {
          int at = t * channels + first;
          Vectors.scan(this, x, dt, at, bc, b, bcStride, count, y, first, work);
          Vectors.correct(this, at, bc, b, bcStride, count, y, first, to, work);
          continue;
        }
        for (int c = first; c < first + width; c++) {
          scan(x, dt, t, bc, b, bcStride, count, y, c, work);
          correct(t, bc, b, bcStride, count, y, c, to, work);
        }
      }
    }
  }

  /** Scans a chunk of one channel from a state of zeros. */
  private void scan(
      float[] x,
      float[] dt,
      int t,
      float[] bc,
      int b,
      int bcStride,
      int count,
      float[] y,
      int c,
      Scratch work) {
    int first = c / LANES * LANES;
    int width = Math.min(LANES, channels - first);
    float total = 0;
    for (int i = 0; i < count; i++) {
      int at = (t + i) * channels + c;
      int row = b + i * bcStride;
      total += dt[at];
      work.sums[i * LANES + c - first] = total;
      float sum = skip[c] * x[at];
      for (int n = 0; n < states; n++) {
        int state = n * LANES + c - first;
        float a = (float) Math.exp(dt[at] * decay[first * states + n * width + c - first]);
        work.local[state] = a * work.local[state] + dt[at] * x[at] * bc[row + n];
        sum += bc[row + states + n] * work.local[state];
      }
      y[at] = sum;
    }
  }

  /** Adds what the state at the start of a chunk does to one channel, and moves it to the end. */
  private void correct(
      int t,
      float[] bc,
      int b,
      int bcStride,
      int count,
      float[] y,
      int c,
      float[] state,
      Scratch work) {
    int first = c / LANES * LANES;
    int width = Math.min(LANES, channels - first);
    for (int n = 0; n < states; n++) {
      int i = first * states + n * width + c - first;
      float decayed = 0;
      for (int j = 0; j < count; j++) {
        decayed = (float) Math.exp(work.sums[j * LANES + c - first] * decay[i]) * state[i];
        y[(t + j) * channels + c] += bc[b + j * bcStride + states + n] * decayed;
      }
      state[i] = decayed + work.local[n * LANES + c - first];
    }
  }

  /** The same loops on a whole vector of channels. */
  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static void scan(
        ChunkedScan scan,
        float[] x,
        float[] dt,
        int at,
        float[] bc,
        int b,
        int bcStride,
        int count,
        float[] y,
        int first,
        Scratch work) {
      int states = scan.states;
      FloatVector total = FloatVector.zero(SPECIES);
      for (int i = 0; i < count; i++, at += scan.channels, b += bcStride) {
        FloatVector d = FloatVector.fromArray(SPECIES, dt, at);
        FloatVector u = FloatVector.fromArray(SPECIES, x, at);
        FloatVector du = d.mul(u);
        total = total.add(d);
        total.intoArray(work.sums, i * LANES);
        FloatVector sum = u.mul(FloatVector.fromArray(SPECIES, scan.skip, first));
        for (int n = 0; n < states; n++) {
          FloatVector a =
              FloatVector.fromArray(SPECIES, scan.decay, first * states + n * LANES)
                  .mul(d)
                  .lanewise(VectorOperators.EXP);
          FloatVector h =
              FloatVector.fromArray(SPECIES, work.local, n * LANES).fma(a, du.mul(bc[b + n]));
          h.intoArray(work.local, n * LANES);
          sum = h.fma(FloatVector.broadcast(SPECIES, bc[b + states + n]), sum);
        }
        sum.intoArray(y, at);
      }
    }

    static void correct(
        ChunkedScan scan,
        int at,
        float[] bc,
        int b,
        int bcStride,
        int count,
        float[] y,
        int first,
        float[] state,
        Scratch work) {
      int states = scan.states;
      for (int i = 0; i < count; i++, at += scan.channels, b += bcStride) {
        FloatVector s = FloatVector.fromArray(SPECIES, work.sums, i * LANES);
        FloatVector sum = FloatVector.fromArray(SPECIES, y, at);
        boolean last = i == count - 1;
        for (int n = 0; n < states; n++) {
          int j = first * states + n * LANES;
          FloatVector decayed =
              FloatVector.fromArray(SPECIES, scan.decay, j)
                  .mul(s)
                  .lanewise(VectorOperators.EXP)
                  .mul(FloatVector.fromArray(SPECIES, state, j));
          sum = decayed.fma(FloatVector.broadcast(SPECIES, bc[b + states + n]), sum);
          if (last) {
            decayed.add(FloatVector.fromArray(SPECIES, work.local, n * LANES)).intoArray(state, j);
          }
        }
        sum.intoArray(y, at);
      }
    }
  }
}
