package dev.ordo.models.kernel;

import java.util.Arrays;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The {@link SelectiveScan} of whole sequences, and its gradient. Keeps no state but every {@value
 * #CHUNK}th: the backward pass computes those between anew (Gu and Dao, 2023, section 3.3.2).
 *
 * <p>With a = exp(Δ·A), u = Δ·x and g[t] = C[t]·dy[t] + a[t+1]·g[t+1] the gradient of the state:
 *
 * <pre>
 *   dC += dy·h[t],  dB += g·u,  dx += D·dy + Δ·Σₙ g·B,  dD += dy·x
 *   dΔ += Σₙ g·(x·B + A·a·h[t−1]),  dA += g·Δ·a·h[t−1],  dA_log = A·dA
 * </pre>
 *
 * <p>In chunks, those states, and the gradients of the states at the ends of chunks, are found
 * first ({@link ChunkCarries}); then no chunk waits for another.
 *
 * <p>Channels lie in the lanes of a vector. Sums over channels, dB and dC, stay apart in the lanes
 * until a chunk is done.
 */
public final class SelectiveScanGradient {

  /** The steps from one kept state to the next: then states take as much memory as N/16 inputs. */
  public static final int CHUNK = 16;

  private static final int LANES = Lanes.COUNT;

  /**
   * Into how many parts channels are cut at most, whatever the number of threads: dB and dC are
   * sums of those of the parts, and must not depend on it.
   */
  private static final int PARTS = 8;

  /** Of one state in one step, exponentials included. */
  private static final double OPERATIONS = 40;

  private final int channels;
  private final int states;

  /** A for each block of channels: shape (states, LANES), zero beyond the last channel. */
  private final float[] decay;

  private final ChunkCarries carries;
  private final boolean chunked;
  private final Workspace work;

  /** Scratch memory for all operators of the same sizes; for one call at a time. */
  public static final class Workspace {

    /** The gradient of the state, laid out as A. */
    private final float[] gradient;

    /** That of A. */
    private final float[] decayGradient;

    /** Where no chunk waits for another: the gradients of the states at their ends. */
    private float[] carried = {};

    private final Scratch[] parts;

    /**
     * Makes scratch memory.
     *
     * @param channels D
     * @param states N
     */
    public Workspace(int channels, int states) {
      int blocks = (channels + LANES - 1) / LANES;
      gradient = new float[blocks * states * LANES];
      decayGradient = new float[gradient.length];
      parts = new Scratch[Math.min(PARTS, blocks)];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = new Scratch(states);
      }
    }
  }

  private static final class Scratch {

    /** States of a block in a chunk after those before it, shape (CHUNK + 1, states, LANES). */
    private final float[] history;

    /** exp(Δ·A), shape (CHUNK, states, LANES). */
    private final float[] decays;

    /** dB and dC of a chunk, each shape (CHUNK, states, LANES). */
    private final float[] sums;

    private final ChunkCarries.Scratch carries;

    Scratch(int states) {
      carries = new ChunkCarries.Scratch(states);
      history = new float[(CHUNK + 1) * states * LANES];
      decays = new float[CHUNK * states * LANES];
      sums = new float[2 * CHUNK * states * LANES];
    }
  }

  /**
   * Makes the operator.
   *
   * @param logA A_log, shape (channels, states), row-major, not modified
   * @param channels D
   * @param chunked whether in chunks that do not wait for each other: more work, a shorter chain
   * @param work scratch memory of these sizes
   * @throws IllegalArgumentException if {@code logA} is not a positive number of states a channel
   */
  public SelectiveScanGradient(float[] logA, int channels, boolean chunked, Workspace work) {
    if (channels < 1 || logA.length < channels || logA.length % channels != 0) {
      throw new IllegalArgumentException(
          "logA (" + logA.length + " values) must have the same states for " + channels);
    }
    this.channels = channels;
    this.chunked = chunked;
    this.work = work;
    states = logA.length / channels;
    decay = new float[blocks() * states * LANES];
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < states; n++) {
        decay[at(c, n)] = (float) -Math.exp(logA[c * states + n]);
      }
    }
    carries = new ChunkCarries(decay, channels, states);
  }

  private int blocks() {
    return (channels + LANES - 1) / LANES;
  }

  private int at(int channel, int state) {
    return (channel / LANES * states + state) * LANES + channel % LANES;
  }

  /**
   * Returns the number of values that a forward pass keeps.
   *
   * @param steps the length of the sequence
   */
  public int keptSize(int steps) {
    return Math.multiplyExact((steps + CHUNK - 1) / CHUNK, channels * states);
  }

  /**
   * One sequence: where it lies in its arrays, none of which is modified.
   *
   * @param x shape (…, channels)
   * @param dt Δ, shape (…, channels)
   * @param bc rows of B and C
   * @param bcOffset where B begins in a row; C follows it
   * @param bcStride the length of a row
   * @param first the first row of the sequence
   * @param steps its length
   */
  public record Sequence(
      float[] x, float[] dt, float[] bc, int bcOffset, int bcStride, int first, int steps) {}

  /**
   * Scans a sequence from a state of zeros.
   *
   * @param of the sequence
   * @param skip D, shape (channels), not modified
   * @param y shape (…, channels), rows of the sequence overwritten
   * @param kept takes {@link #keptSize} values, from {@code keptOffset} on
   * @param keptOffset where they begin
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void forward(Sequence of, float[] skip, float[] y, float[] kept, int keptOffset) {
    split(of.steps, (part, block) -> forward(part, block, of, skip, y, kept, keptOffset));
  }

  /** What is done for a block of channels in the scratch memory of its part. */
  @FunctionalInterface
  private interface Task {
    void run(Scratch part, int block);
  }

  /** Does a task for all blocks, those of a part one after the other. */
  private void split(int steps, Task task) {
    int parts = work.parts.length;
    IntConsumer all =
        part -> {
          int end = Workers.start(part + 1, parts, blocks(), 1);
          for (int block = Workers.start(part, parts, blocks(), 1); block < end; block++) {
            task.run(work.parts[part], block);
          }
        };
    if (Workers.parts(OPERATIONS * steps * channels * states, parts) > 1) {
      Workers.each(parts, all);
      return;
    }
    for (int part = 0; part < parts; part++) {
      all.accept(part);
    }
  }

  private void forward(
      Scratch part, int block, Sequence of, float[] skip, float[] y, float[] kept, int keptOffset) {
    int size = states * LANES;
    float[] history = part.history;
    Arrays.fill(history, 0);
    if (chunked) {
      carries.states(of, block, kept, keptOffset, part.carries);
    }
    for (int t = 0; t < of.steps; t += CHUNK) {
      int count = Math.min(CHUNK, of.steps - t);
      int at = keptOffset + t / CHUNK * channels * states;
      if (chunked) {
        carries.read(block, kept, at, history, 0);
      } else {
        carries.write(block, history, kept, at);
      }
      recompute(of, block, t, count, part);
      for (int i = 0; i < count; i++) {
        int row = of.first + t + i;
        int c = row * of.bcStride + of.bcOffset + states;
        read(of, block, i, c, row, skip, y, history);
      }
      System.arraycopy(history, count * size, history, 0, size);
    }
  }

  /** Computes y of one step from the states in a history. */
  private void read(
      Sequence of, int block, int i, int c, int row, float[] skip, float[] y, float[] history) {
    int first = block * LANES;
    int width = Math.min(LANES, channels - first);
    int from = (i + 1) * states * LANES;
    int to = row * channels + first;
    if (Lanes.VECTORS && width == LANES) {
      Vectors.read(history, from, of.bc, c, states, of.x, to, skip, first, y);
      return;
    }
    for (int lane = 0; lane < width; lane++) {
      float sum = skip[first + lane] * of.x[to + lane];
      for (int n = 0; n < states; n++) {
        sum += of.bc[c + n] * history[from + n * LANES + lane];
      }
      y[to + lane] = sum;
    }
  }

  /** Fills history and decays of a block from the state at the start of the history. */
  private void recompute(Sequence of, int block, int t, int count, Scratch part) {
    float[] history = part.history;
    float[] decays = part.decays;
    int width = Math.min(LANES, channels - block * LANES);
    int size = states * LANES;
    for (int i = 0; i < count; i++) {
      int row = of.first + t + i;
      int at = row * channels + block * LANES;
      int b = row * of.bcStride + of.bcOffset;
      if (Lanes.VECTORS && width == LANES) {
        Vectors.advance(of.x, of.dt, at, of.bc, b, states, decay, block * size, decays, history, i);
        continue;
      }
      for (int n = 0; n < states; n++) {
        for (int lane = 0; lane < width; lane++) {
          int j = n * LANES + lane;
          float dt = of.dt[at + lane];
          float a = (float) Math.exp(dt * decay[block * size + j]);
          decays[i * size + j] = a;
          history[(i + 1) * size + j] =
              a * history[i * size + j] + dt * of.x[at + lane] * of.bc[b + n];
        }
      }
    }
  }

  /**
   * Where the gradients of a sequence are added to; all are laid out as what they belong to.
   *
   * @param x dx
   * @param dt dΔ
   * @param bc dB and dC
   * @param logA dA_log
   * @param skip dD
   */
  public record Gradients(float[] x, float[] dt, float[] bc, float[] logA, float[] skip) {}

  /**
   * Adds the gradients of a sequence.
   *
   * @param of the sequence, as in the forward pass
   * @param skip D
   * @param dy the gradient of y, shape (…, channels), not modified
   * @param kept what the forward pass kept, not modified
   * @param keptOffset where it begins
   * @param to what is added to
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void backward(
      Sequence of, float[] skip, float[] dy, float[] kept, int keptOffset, Gradients to) {
    Arrays.fill(work.gradient, 0);
    Arrays.fill(work.decayGradient, 0);
    if (chunked) {
      if (work.carried.length < keptSize(of.steps)) {
        work.carried = new float[keptSize(of.steps)];
      }
      split(
          of.steps, (part, block) -> carries.gradients(of, dy, block, work.carried, part.carries));
    }
    for (int t = (of.steps - 1) / CHUNK * CHUNK; t >= 0; t -= CHUNK) {
      int start = t;
      int count = Math.min(CHUNK, of.steps - t);
      int from = keptOffset + t / CHUNK * channels * states;
      for (Scratch part : work.parts) {
        Arrays.fill(part.sums, 0);
      }
      split(
          count,
          (part, block) -> {
            carries.read(block, kept, from, part.history, 0);
            if (chunked) {
              int at = start / CHUNK * channels * states;
              carries.read(block, work.carried, at, work.gradient, block * states * LANES);
            }
            recompute(of, block, start, count, part);
            for (int i = count - 1; i >= 0; i--) {
              retreat(of, block, start + i, i, skip, dy, to, part);
            }
          });
      for (Scratch part : work.parts) {
        collect(of, t, count, part.sums, to.bc);
      }
    }
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < states; n++) {
        to.logA[c * states + n] += decay[at(c, n)] * work.decayGradient[at(c, n)];
      }
    }
  }

  /** One step of the backward pass for a block. */
  private void retreat(
      Sequence of, int block, int t, int i, float[] skip, float[] dy, Gradients to, Scratch part) {
    float[] gradient = work.gradient;
    float[] decayGradient = work.decayGradient;
    float[] history = part.history;
    float[] decays = part.decays;
    float[] sums = part.sums;
    int first = block * LANES;
    int width = Math.min(LANES, channels - first);
    int size = states * LANES;
    int at = (of.first + t) * channels + first;
    int b = (of.first + t) * of.bcStride + of.bcOffset;
    if (Lanes.VECTORS && width == LANES) {
      Vectors.retreat(this, of, at, b, i, first, skip, dy, to, part);
      return;
    }
    for (int lane = 0; lane < width; lane++) {
      float dt = of.dt[at + lane];
      float x = of.x[at + lane];
      float out = dy[at + lane];
      float along = 0;
      float across = 0;
      for (int n = 0; n < states; n++) {
        int j = n * LANES + lane;
        int s = i * size + j;
        float g = gradient[block * size + j] + out * of.bc[b + states + n];
        float past = g * decays[s] * history[s];
        sums[s] += g * dt * x;
        sums[CHUNK * size + s] += out * history[size + s];
        along += g * of.bc[b + n];
        across += past * decay[block * size + j];
        decayGradient[block * size + j] += past * dt;
        gradient[block * size + j] = g * decays[s];
      }
      to.x[at + lane] += skip[first + lane] * out + dt * along;
      to.dt[at + lane] += x * along + across;
      to.skip[first + lane] += out * x;
    }
  }

  /** Adds up dB and dC over the lanes. */
  private void collect(Sequence of, int t, int count, float[] sums, float[] to) {
    for (int i = 0; i < count; i++) {
      int b = (of.first + t + i) * of.bcStride + of.bcOffset;
      for (int n = 0; n < 2 * states; n++) {
        int from = ((n / states * CHUNK + i) * states + n % states) * LANES;
        float sum = 0;
        for (int lane = 0; lane < LANES; lane++) {
          sum += sums[from + lane];
        }
        to[b + n] += sum;
      }
    }
  }

  /** The same loops on a whole block. */
  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static void read(
        float[] history,
        int from,
        float[] bc,
        int c,
        int states,
        float[] x,
        int at,
        float[] skip,
        int first,
        float[] y) {
      FloatVector sum =
          FloatVector.fromArray(SPECIES, x, at).mul(FloatVector.fromArray(SPECIES, skip, first));
      for (int n = 0; n < states; n++) {
        FloatVector h = FloatVector.fromArray(SPECIES, history, from + n * LANES);
        sum = h.fma(FloatVector.broadcast(SPECIES, bc[c + n]), sum);
      }
      sum.intoArray(y, at);
    }

    static void advance(
        float[] x,
        float[] dt,
        int at,
        float[] bc,
        int b,
        int states,
        float[] decay,
        int decayOffset,
        float[] decays,
        float[] history,
        int i) {
      int size = states * LANES;
      FloatVector d = FloatVector.fromArray(SPECIES, dt, at);
      FloatVector u = d.mul(FloatVector.fromArray(SPECIES, x, at));
      for (int j = 0; j < size; j += LANES) {
        FloatVector a =
            FloatVector.fromArray(SPECIES, decay, decayOffset + j)
                .mul(d)
                .lanewise(VectorOperators.EXP);
        a.intoArray(decays, i * size + j);
        FloatVector h = FloatVector.fromArray(SPECIES, history, i * size + j);
        a.fma(h, u.mul(bc[b + j / LANES])).intoArray(history, (i + 1) * size + j);
      }
    }

    static void retreat(
        SelectiveScanGradient scan,
        Sequence of,
        int at,
        int b,
        int i,
        int first,
        float[] skip,
        float[] dy,
        Gradients to,
        Scratch part) {
      int states = scan.states;
      int size = states * LANES;
      int block = first * states;
      FloatVector dt = FloatVector.fromArray(SPECIES, of.dt, at);
      FloatVector x = FloatVector.fromArray(SPECIES, of.x, at);
      FloatVector out = FloatVector.fromArray(SPECIES, dy, at);
      FloatVector u = dt.mul(x);
      FloatVector along = FloatVector.zero(SPECIES);
      FloatVector across = FloatVector.zero(SPECIES);
      for (int n = 0; n < states; n++) {
        int j = n * LANES;
        int s = i * size + j;
        FloatVector g =
            out.fma(
                FloatVector.broadcast(SPECIES, of.bc[b + states + n]),
                FloatVector.fromArray(SPECIES, scan.work.gradient, block + j));
        FloatVector carried = g.mul(FloatVector.fromArray(SPECIES, part.decays, s));
        FloatVector past = carried.mul(FloatVector.fromArray(SPECIES, part.history, s));
        g.fma(u, FloatVector.fromArray(SPECIES, part.sums, s)).intoArray(part.sums, s);
        int c = CHUNK * size + s;
        out.fma(
                FloatVector.fromArray(SPECIES, part.history, size + s),
                FloatVector.fromArray(SPECIES, part.sums, c))
            .intoArray(part.sums, c);
        along = g.fma(FloatVector.broadcast(SPECIES, of.bc[b + n]), along);
        across = past.fma(FloatVector.fromArray(SPECIES, scan.decay, block + j), across);
        past.fma(dt, FloatVector.fromArray(SPECIES, scan.work.decayGradient, block + j))
            .intoArray(scan.work.decayGradient, block + j);
        carried.intoArray(scan.work.gradient, block + j);
      }
      dt.fma(along, FloatVector.fromArray(SPECIES, to.x, at))
          .add(out.mul(FloatVector.fromArray(SPECIES, skip, first)))
          .intoArray(to.x, at);
      x.fma(along, FloatVector.fromArray(SPECIES, to.dt, at).add(across)).intoArray(to.dt, at);
      out.fma(x, FloatVector.fromArray(SPECIES, to.skip, first)).intoArray(to.skip, first);
    }
  }
}
