package dev.ordo.models.kernel;

import java.util.Arrays;

/**
 * The structured state-space duality of Mamba-2 (Dao and Gu, <a
 * href="https://arxiv.org/abs/2405.21060">Transformers are SSMs</a>, 2024, section 6 and listing
 * 1). Immutable.
 *
 * <p>Each of H heads has P channels, one scalar A = −exp(A_log), and a state of N × P values; the
 * heads of one of G groups share B and C. For head h and step t:
 *
 * <pre>
 *   S[t] = exp(Δ[t]·A)·S[t−1] + B[t] ⊗ Δ[t]·x[t]        (N, P)
 *   y[t] = C[t]·S[t] + D·x[t]                           (P)
 * </pre>
 *
 * <p>{@link #apply} reads chunks of at most Q steps. With w[i,j] the decay from step j to step i of
 * a chunk, e[i] the decay from its start, and S the state before it, the chunk is three small
 * matrix products:
 *
 * <pre>
 *   K = C·Bᵀ                                            (Q, Q), once for a group
 *   y = [e∘C | w∘K]·[S ; Δx] + D·x                      (Q, P)
 *   S ← e[Q]·S + Bᵀ·(w[Q]∘Δx)                           (N, P)
 * </pre>
 *
 * <p>The state is carried from chunk to chunk one after the other: the product over all pairs of
 * chunks of the listing grows with the square of their number. The decays w are products and no
 * differences of sums as in the listing, so that nothing cancels.
 */
public final class Ssd {

  /**
   * Rows of the product for y at a time: later rows see longer inputs, and 0 stands for the rest.
   */
  private static final int BLOCK = 8;

  final int heads;
  final int headWidth;
  final int groups;
  final int states;
  final int chunk;

  /** A. */
  final float[] decay;

  /** D. */
  final float[] skip;

  /** P up to whole vectors. */
  private final int padded;

  /** The length of a row of x, B and C. */
  final int row;

  /**
   * Makes the operator of one layer.
   *
   * @param logA A_log, shape (H), not modified
   * @param skip D, shape (H), copied
   * @param headWidth P
   * @param groups G; divides H
   * @param states N; even
   * @param chunk Q, the most steps that are done at once
   * @throws IllegalArgumentException if a size is not positive, {@code groups} does not divide the
   *     heads, {@code states} is odd or the arrays differ in length
   */
  public Ssd(float[] logA, float[] skip, int headWidth, int groups, int states, int chunk) {
    heads = skip.length;
    positive("heads", heads);
    positive("headWidth", headWidth);
    positive("groups", groups);
    positive("states", states);
    positive("chunk", chunk);
    if (logA.length != heads) {
      throw new IllegalArgumentException(
          "logA (" + logA.length + " values) must have as many as there are heads, " + heads);
    }
    if (heads % groups != 0) {
      throw new IllegalArgumentException(
          "groups (" + groups + ") must divide heads (" + heads + ")");
    }
    if (states % 2 != 0) {
      throw new IllegalArgumentException("states (" + states + ") must be even");
    }
    this.headWidth = headWidth;
    this.groups = groups;
    this.states = states;
    this.chunk = chunk;
    this.skip = skip.clone();
    decay = new float[heads];
    for (int h = 0; h < heads; h++) {
      decay[h] = (float) -Math.exp(logA[h]);
    }
    padded = roundUp(headWidth, Lanes.COUNT);
    row = heads * headWidth + 2 * groups * states;
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " (" + value + ") must be positive");
    }
  }

  private static int roundUp(int count, int unit) {
    return (count + unit - 1) / unit * unit;
  }

  /** Scratch memory for an {@link Ssd} and all of the same sizes; for one call at a time. */
  public static final class Workspace {

    /** One for each of the threads that heads are split over. */
    private final Scratch[] parts;

    private Workspace(Scratch[] parts) {
      this.parts = parts;
    }
  }

  private static final class Scratch {

    /** Bᵀ of one group, shape (N, Q). */
    private final float[] transposed;

    /** The same as panels of (N, PANEL). */
    private final float[] panels;

    /** K, shape (Q, Q up to whole panels). */
    private final float[] gram;

    /** A row of w. */
    private final float[] weights;

    /** [e∘C | w∘K], shape (Q, N + Q up to whole panels). */
    private final float[] left;

    /** [S ; Δx] as panels of (N + Q, PANEL or LANES). */
    private final float[] right;

    /** Shape (Q, P up to whole vectors). */
    private final float[] out;

    /** Δx of one step, zeros up to whole vectors. */
    private final float[] input;

    private final float[] zeros = new float[Gemm.PANEL];

    Scratch(int chunk, int states, int padded) {
      int columns = roundUp(chunk, Gemm.PANEL);
      transposed = new float[states * chunk];
      panels = new float[states * columns];
      gram = new float[chunk * columns];
      weights = new float[columns];
      left = new float[chunk * (states + columns)];
      right = new float[(states + chunk) * padded];
      out = new float[chunk * padded];
      input = new float[padded];
    }
  }

  /** Makes scratch memory. */
  public Workspace workspace() {
    Scratch[] parts = new Scratch[Math.min(heads, Workers.threads())];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Scratch(chunk, states, padded);
    }
    return new Workspace(parts);
  }

  /** Returns the number of values in a state, with what pads P to whole vectors. */
  public int stateSize() {
    return heads * states * padded;
  }

  /**
   * Runs some steps in chunks. Allocates nothing.
   *
   * @param xbc x, B and C of each step: shape (steps, H·P + 2·G·N), row-major, not modified
   * @param dt Δ, shape (steps, H), row-major, not negative, not modified
   * @param steps the number of steps, T
   * @param y shape (steps, H·P), row-major, overwritten; must not be {@code xbc}
   * @param from the state before, shape ({@link #stateSize}) in an order of the operator's own;
   *     zeros at the start of a sequence
   * @param to where the state after goes; may be {@code from}
   * @param work scratch memory
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void apply(
      float[] xbc, float[] dt, int steps, float[] y, float[] from, float[] to, Workspace work) {
    double operations = 4.0 * steps * heads * headWidth * (states + chunk / 4.0);
    int parts = Workers.parts(operations, work.parts.length);
    if (parts == 1) {
      heads(0, heads, xbc, dt, steps, y, from, to, work.parts[0]);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int first = Workers.start(part, parts, heads, 1);
          int end = Workers.start(part + 1, parts, heads, 1);
          heads(first, end, xbc, dt, steps, y, from, to, work.parts[part]);
        });
  }

  /** Runs all chunks of the heads first … end − 1. */
  private void heads(
      int first,
      int end,
      float[] xbc,
      float[] dt,
      int steps,
      float[] y,
      float[] from,
      float[] to,
      Scratch work) {
    for (int t = 0; t < steps; t += chunk) {
      int count = Math.min(chunk, steps - t);
      chunk(first, end, xbc, dt, t, count, y, t == 0 ? from : to, to, work);
    }
  }

  /** Runs the chunk of {@code count} steps that begins with row {@code t} of all arrays. */
  void chunk(float[] xbc, float[] dt, int t, int count, float[] y, float[] state, Workspace work) {
    chunk(0, heads, xbc, dt, t, count, y, state, state, work.parts[0]);
  }

  private void chunk(
      int first,
      int end,
      float[] xbc,
      float[] dt,
      int t,
      int count,
      float[] y,
      float[] from,
      float[] to,
      Scratch work) {
    int share = heads / groups;
    for (int h = first; h < end; h++) {
      int b = t * row + heads * headWidth + h / share * states;
      int c = b + groups * states;
      if (h == first || h % share == 0) {
        correlate(xbc, b, c, count, work);
      }
      head(h, xbc, t, c, dt, count, y, from, to, work);
    }
  }

  /** Copies a state into rows: shape (H, N, P), from {@code offset} on. */
  void unpack(float[] state, float[] rows, int offset) {
    for (int h = 0; h < heads; h++) {
      for (int column = 0, width; column < padded; column += width) {
        width = width(column);
        int taken = Math.min(width, headWidth - column);
        for (int n = 0; n < states; n++) {
          int from = (h * padded + column) * states + n * width;
          int to = offset + (h * states + n) * headWidth + column;
          System.arraycopy(state, from, rows, to, taken);
        }
      }
    }
  }

  /** Lays out Bᵀ of a group and computes its K; above the diagonal only within a panel. */
  private void correlate(float[] xbc, int b, int c, int count, Scratch work) {
    int panel = Gemm.PANEL;
    int columns = roundUp(chunk, panel);
    for (int j = 0; j < roundUp(count, panel); j++) {
      int at = j / panel * panel * states + j % panel;
      for (int n = 0; n < states; n++) {
        float value = j < count ? xbc[b + j * row + n] : 0;
        work.panels[at + n * panel] = value;
        if (j < count) {
          work.transposed[n * chunk + j] = value;
        }
      }
    }
    for (int j = 0; j < count; j += panel) {
      Gemm.panel(
          2,
          xbc,
          c + j * row,
          row,
          count - j,
          work.panels,
          j * states,
          states,
          work.zeros,
          0,
          0,
          work.gram,
          j * columns + j,
          columns);
    }
  }

  /** One chunk of one head, {@code c} being where C of the chunk's first step lies. */
  private void head(
      int h,
      float[] xbc,
      int t,
      int c,
      float[] dt,
      int count,
      float[] y,
      float[] from,
      float[] to,
      Scratch work) {
    float total = weigh(h, xbc, t, c, dt, count, work);
    int inner = states + chunk;
    int leftStride = states + roundUp(chunk, Gemm.PANEL);
    int state = h * states * padded;
    for (int column = 0, width; column < padded; column += width) {
      width = width(column);
      int panel = inner * column;
      int at = state + states * column;
      System.arraycopy(from, at, work.right, panel, states * width);
      int valid = Math.min(width, headWidth - column);
      for (int j = 0; j < count; j++) {
        int x = (t + j) * row + h * headWidth + column;
        float step = dt[(t + j) * heads + h];
        SsdLoops.scale(xbc, x, valid, step, work.right, panel + (states + j) * width);
      }
      for (int r = 0; r < count; r += BLOCK) {
        Gemm.panel(
            width / Gemm.LANES,
            work.left,
            r * leftStride,
            leftStride,
            Math.min(BLOCK, count - r),
            work.right,
            panel,
            states + Math.min(r + BLOCK, count),
            work.zeros,
            0,
            0,
            work.out,
            r * padded + column,
            padded);
      }
      for (int j = 0; j < count; j++) {
        int to0 = panel + (states + j) * width;
        SsdLoops.scale(work.right, to0, width, work.weights[j], work.right, to0);
      }
      SsdLoops.scale(from, at, states * width, total, to, at);
      Gemm.panel(
          width / Gemm.LANES,
          work.transposed,
          0,
          chunk,
          states,
          work.right,
          panel + states * width,
          count,
          to,
          at,
          width,
          to,
          at,
          width);
    }
    for (int j = 0; j < count; j++) {
      int x = (t + j) * row + h * headWidth;
      int at = ((t + j) * heads + h) * headWidth;
      SsdLoops.add(work.out, j * padded, xbc, x, skip[h], headWidth, y, at);
    }
  }

  /** Fills [e∘C | w∘K], leaves the last row of w, and returns e of the last step. */
  private float weigh(int h, float[] xbc, int t, int c, float[] dt, int count, Scratch work) {
    int columns = roundUp(chunk, Gemm.PANEL);
    int leftStride = states + columns;
    int unit = Math.max(BLOCK, Lanes.COUNT);
    float[] w = work.weights;
    Arrays.fill(w, 0);
    float total = 1;
    for (int i = 0; i < count; i++) {
      float d = (float) Math.exp(dt[(t + i) * heads + h] * decay[h]);
      total = total * d < SsdLoops.TINY ? 0 : total * d;
      SsdLoops.fade(w, i, d);
      w[i] = 1;
      SsdLoops.scale(xbc, c + i * row, states, total, work.left, i * leftStride);
      int seen = Math.min(columns, roundUp(i + 1, unit));
      SsdLoops.multiply(work.gram, i * columns, w, seen, work.left, i * leftStride + states);
    }
    return total;
  }

  /** Returns the width of the panel of channels whose first one is {@code column}. */
  private int width(int column) {
    return padded - column >= Gemm.PANEL ? Gemm.PANEL : Gemm.LANES;
  }

  /**
   * Runs one step in recurrent form. Allocates nothing.
   *
   * @param xbc x, B and C: shape (H·P + 2·G·N), not modified
   * @param dt Δ, shape (H), not negative, not modified
   * @param y shape (H·P), overwritten; must not be {@code xbc}
   * @param from the state before, as in {@link #apply}
   * @param to where the state after goes; may be {@code from}
   * @param workspace scratch memory
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void step(
      float[] xbc, float[] dt, float[] y, float[] from, float[] to, Workspace workspace) {
    Scratch work = workspace.parts[0];
    for (int h = 0; h < heads; h++) {
      int b = heads * headWidth + h / (heads / groups) * states;
      int c = b + groups * states;
      int x = h * headWidth;
      float d = (float) Math.exp(dt[h] * decay[h]);
      SsdLoops.scale(xbc, x, headWidth, dt[h], work.input, 0);
      for (int column = 0, width; column < padded; column += width) {
        width = width(column);
        int at = (h * padded + column) * states;
        for (int p = 0; p < width; p += Lanes.COUNT) {
          SsdLoops.recur(
              xbc, b, c, states, d, work.input, work.out, column + p, from, to, at + p, width);
        }
      }
      SsdLoops.add(work.out, 0, xbc, x, skip[h], headWidth, y, x);
    }
  }
}
