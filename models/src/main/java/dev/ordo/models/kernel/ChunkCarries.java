package dev.ordo.models.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What chunks of a {@link SelectiveScanGradient} take from each other, found without a chain
 * through all steps: each chunk is scanned from zeros, which all could do at once, and then one
 * step a chunk joins them (Blelloch, <i>Prefix Sums and Their Applications</i>, 1990, section 1.4).
 *
 * <p>With s the sum of Δ over a chunk, E its last state from zeros, and F the gradient of the state
 * before it where that after it is zero, the states H at the starts and their gradients G are
 *
 * <pre>
 *   H[k+1] = exp(s[k]·A)·H[k] + E[k],  H[0] = 0
 *   G[k−1] = exp(s[k]·A)·G[k] + F[k],  G of the last chunk = 0
 * </pre>
 *
 * @param decay A for each block of channels: shape (states, lanes)
 * @param channels D
 * @param states N
 */
record ChunkCarries(float[] decay, int channels, int states) {

  private static final int LANES = Lanes.COUNT;
  private static final int CHUNK = SelectiveScanGradient.CHUNK;

  /** Scratch memory for a block of channels. */
  static final class Scratch {

    /** E or F, shape (states, LANES). */
    private final float[] local;

    /** H or G, likewise. */
    private final float[] carry;

    /** s, shape (LANES). */
    private final float[] sum = new float[LANES];

    Scratch(int states) {
      local = new float[states * LANES];
      carry = new float[states * LANES];
    }
  }

  /**
   * Writes the state at the start of each chunk.
   *
   * @param of the sequence
   * @param block the block of channels
   * @param to shape (chunks, blocks, states, lanes), that of the last block narrower
   * @param offset where it begins
   */
  void states(SelectiveScanGradient.Sequence of, int block, float[] to, int offset, Scratch work) {
    Arrays.fill(work.carry, 0);
    for (int t = 0; t < of.steps(); t += CHUNK) {
      write(block, work.carry, to, offset + t / CHUNK * channels * states);
      if (t + CHUNK < of.steps()) {
        begin(work);
        for (int i = 0; i < CHUNK; i++) {
          advance(of, block, of.first() + t + i, work);
        }
        join(block, work);
      }
    }
  }

  /**
   * Writes the gradient of the state at the end of each chunk.
   *
   * @param dy the gradient of y
   * @param to shape (chunks, blocks, states, lanes), that of the last block narrower
   */
  void gradients(
      SelectiveScanGradient.Sequence of, float[] dy, int block, float[] to, Scratch work) {
    Arrays.fill(work.carry, 0);
    for (int t = (of.steps() - 1) / CHUNK * CHUNK; t >= 0; t -= CHUNK) {
      write(block, work.carry, to, t / CHUNK * channels * states);
      if (t > 0) {
        begin(work);
        for (int i = Math.min(CHUNK, of.steps() - t) - 1; i >= 0; i--) {
          retreat(of, dy, block, of.first() + t + i, work);
        }
        join(block, work);
      }
    }
  }

  /** Reads what was written for a chunk, into shape (states, LANES). */
  void read(int block, float[] from, int offset, float[] to, int at) {
    int width = width(block);
    for (int n = 0; n < states; n++) {
      System.arraycopy(
          from, offset + block * LANES * states + n * width, to, at + n * LANES, width);
    }
  }

  /** Writes a state of shape (states, LANES) without what is beyond the channels. */
  void write(int block, float[] from, float[] to, int offset) {
    int width = width(block);
    for (int n = 0; n < states; n++) {
      System.arraycopy(from, n * LANES, to, offset + block * LANES * states + n * width, width);
    }
  }

  private int width(int block) {
    return Math.min(LANES, channels - block * LANES);
  }

  private static void begin(Scratch work) {
    Arrays.fill(work.local, 0);
    Arrays.fill(work.sum, 0);
  }

  /** Takes one step with the local state, and adds its Δ. */
  private void advance(SelectiveScanGradient.Sequence of, int block, int row, Scratch work) {
    int at = row * channels + block * LANES;
    int b = row * of.bcStride() + of.bcOffset();
    int width = width(block);
    if (Lanes.VECTORS && width == LANES) {
      Vectors.advance(this, of, at, b, block, work);
      return;
    }
    for (int lane = 0; lane < width; lane++) {
      float dt = of.dt()[at + lane];
      float u = dt * of.x()[at + lane];
      work.sum[lane] += dt;
      for (int j = lane, n = 0; n < states; j += LANES, n++) {
        float a = (float) Math.exp(dt * decay[block * states * LANES + j]);
        work.local[j] = a * work.local[j] + u * of.bc()[b + n];
      }
    }
  }

  /** Takes the local gradient one step back, and adds its Δ. */
  private void retreat(
      SelectiveScanGradient.Sequence of, float[] dy, int block, int row, Scratch work) {
    int at = row * channels + block * LANES;
    int c = row * of.bcStride() + of.bcOffset() + states;
    int width = width(block);
    if (Lanes.VECTORS && width == LANES) {
      Vectors.retreat(this, of, dy, at, c, block, work);
      return;
    }
    for (int lane = 0; lane < width; lane++) {
      float dt = of.dt()[at + lane];
      work.sum[lane] += dt;
      for (int j = lane, n = 0; n < states; j += LANES, n++) {
        float a = (float) Math.exp(dt * decay[block * states * LANES + j]);
        work.local[j] = a * (work.local[j] + dy[at + lane] * of.bc()[c + n]);
      }
    }
  }

  /** Carries across the chunk that the local values and the sum belong to. */
  private void join(int block, Scratch work) {
    int width = width(block);
    if (Lanes.VECTORS && width == LANES) {
      Vectors.join(this, block, work);
      return;
    }
    for (int j = 0; j < states * LANES; j++) {
      float a = (float) Math.exp(work.sum[j % LANES] * decay[block * states * LANES + j]);
      work.carry[j] = a * work.carry[j] + work.local[j];
    }
  }

  /** The same loops on a whole block. */
  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static void advance(
        ChunkCarries of,
        SelectiveScanGradient.Sequence sequence,
        int at,
        int b,
        int block,
        Scratch work) {
      int size = of.states * LANES;
      float[] bc = sequence.bc();
      FloatVector dt = FloatVector.fromArray(SPECIES, sequence.dt(), at);
      FloatVector u = dt.mul(FloatVector.fromArray(SPECIES, sequence.x(), at));
      dt.add(FloatVector.fromArray(SPECIES, work.sum, 0)).intoArray(work.sum, 0);
      for (int j = 0; j < size; j += LANES) {
        FloatVector.fromArray(SPECIES, of.decay, block * size + j)
            .mul(dt)
            .lanewise(VectorOperators.EXP)
            .fma(FloatVector.fromArray(SPECIES, work.local, j), u.mul(bc[b + j / LANES]))
            .intoArray(work.local, j);
      }
    }

    static void retreat(
        ChunkCarries of,
        SelectiveScanGradient.Sequence sequence,
        float[] dy,
        int at,
        int c,
        int block,
        Scratch work) {
      int size = of.states * LANES;
      float[] bc = sequence.bc();
      FloatVector dt = FloatVector.fromArray(SPECIES, sequence.dt(), at);
      FloatVector out = FloatVector.fromArray(SPECIES, dy, at);
      dt.add(FloatVector.fromArray(SPECIES, work.sum, 0)).intoArray(work.sum, 0);
      for (int j = 0; j < size; j += LANES) {
        FloatVector g =
            out.fma(
                FloatVector.broadcast(SPECIES, bc[c + j / LANES]),
                FloatVector.fromArray(SPECIES, work.local, j));
        FloatVector.fromArray(SPECIES, of.decay, block * size + j)
            .mul(dt)
            .lanewise(VectorOperators.EXP)
            .mul(g)
            .intoArray(work.local, j);
      }
    }

    static void join(ChunkCarries of, int block, Scratch work) {
      int size = of.states * LANES;
      FloatVector sum = FloatVector.fromArray(SPECIES, work.sum, 0);
      for (int j = 0; j < size; j += LANES) {
        FloatVector.fromArray(SPECIES, of.decay, block * size + j)
            .mul(sum)
            .lanewise(VectorOperators.EXP)
            .fma(
                FloatVector.fromArray(SPECIES, work.carry, j),
                FloatVector.fromArray(SPECIES, work.local, j))
            .intoArray(work.carry, j);
      }
    }
  }
}
