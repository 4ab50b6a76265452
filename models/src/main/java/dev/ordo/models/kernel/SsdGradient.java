package dev.ordo.models.kernel;

import java.util.Arrays;

/**
 * The {@link Ssd} of whole sequences, and its gradient by matrix products. Keeps the state at the
 * start of each chunk and nothing within.
 *
 * <p>With the names of {@link Ssd}, M = w∘K, S and S′ the state before and after a chunk, U = Δx,
 * and R = dM∘M:
 *
 * <pre>
 *   dM = dy·Uᵀ,  dU = Mᵀ·dy + w[Q]∘B·dS′
 *   dC = Σ (w∘dM)·B + e∘dy·Sᵀ,  dB = Σ (w∘dM)ᵀ·C + w[Q]∘U·dS′ᵀ       sums over the group's heads
 *   dS = e[Q]·dS′ + Cᵀ·(e∘dy)
 * </pre>
 *
 * <p>All decays are exponentials of differences of the running sum σ of Δ·A. That from j to i gives
 * R[i,j] to dσ[i] and takes it from dσ[j], and likewise those from the start and to the end; then
 * d(Δ·A)[t] is the sum of dσ[i] over i ≥ t.
 */
public final class SsdGradient {

  /**
   * Into how many parts heads are cut at most, whatever the number of threads: dB and dC are sums
   * of those of the parts, and must not depend on it.
   */
  private static final int PARTS = 8;

  private final Ssd ssd;
  private final Workspace work;

  /** Scratch memory for all operators of the same sizes; for one call at a time. */
  public static final class Workspace {

    private final Ssd.Workspace forward;
    private final float[] state;

    /** dS of all heads, shape (H, N, P). */
    private final float[] carried;

    private final double[] decayChange;
    private final Scratch[] parts;

    /**
     * Makes scratch memory.
     *
     * @param ssd any operator of these sizes
     */
    public Workspace(Ssd ssd) {
      forward = ssd.workspace();
      state = new float[ssd.stateSize()];
      carried = new float[ssd.heads * ssd.states * ssd.headWidth];
      decayChange = new double[ssd.heads];
      parts = new Scratch[Math.min(PARTS, ssd.heads)];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = new Scratch(ssd);
      }
    }
  }

  /** For one chunk of one head. */
  private static final class Scratch {

    // (Q, Q) each.
    private final float[] gram;
    private final float[] weights;
    private final float[] mixed;
    private final float[] change;

    /** Σ w∘dM of a group. */
    private final float[] gramChange;

    // (Q, P) each.
    private final float[] input;
    private final float[] inputChange;
    private final float[] scratch;

    /** (Q, N). */
    private final float[] inner;

    /** dB and dC, (Q, 2·G·N). */
    private final float[] sums;

    private final float[] starts;
    private final double[] logChange;

    Scratch(Ssd ssd) {
      int q = ssd.chunk;
      gram = new float[q * q];
      weights = new float[q * q];
      mixed = new float[q * q];
      change = new float[q * q];
      gramChange = new float[q * q];
      input = new float[q * ssd.headWidth];
      inputChange = new float[q * ssd.headWidth];
      scratch = new float[q * ssd.headWidth];
      inner = new float[q * ssd.states];
      sums = new float[q * 2 * ssd.groups * ssd.states];
      starts = new float[q];
      logChange = new double[q];
    }
  }

  /**
   * Makes the operator.
   *
   * @param ssd what is differentiated
   * @param work scratch memory for these sizes
   */
  public SsdGradient(Ssd ssd, Workspace work) {
    this.ssd = ssd;
    this.work = work;
  }

  private int stateRows() {
    return work.carried.length;
  }

  /**
   * Returns the number of values that a forward pass keeps.
   *
   * @param steps the length of the sequence
   */
  public int keptSize(int steps) {
    return Math.multiplyExact((steps + ssd.chunk - 1) / ssd.chunk, stateRows());
  }

  /**
   * Runs a sequence from a state of zeros.
   *
   * @param xbc rows as in {@link Ssd#apply}; not modified
   * @param dt Δ, likewise
   * @param first the first row of the sequence in all arrays
   * @param steps its length
   * @param y its rows are overwritten
   * @param kept takes {@link #keptSize} values, from {@code keptOffset} on
   * @param keptOffset where they begin
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void forward(
      float[] xbc, float[] dt, int first, int steps, float[] y, float[] kept, int keptOffset) {
    Arrays.fill(work.state, 0);
    for (int t = 0; t < steps; t += ssd.chunk) {
      ssd.unpack(work.state, kept, keptOffset + t / ssd.chunk * stateRows());
      int count = Math.min(ssd.chunk, steps - t);
      ssd.chunk(xbc, dt, first + t, count, y, work.state, work.forward);
    }
  }

  /**
   * Where the gradients of a sequence are added to; all are laid out as what they belong to.
   *
   * @param xbc dx, dB and dC
   * @param dt dΔ
   * @param logA dA_log
   * @param skip dD
   */
  public record Gradients(float[] xbc, float[] dt, float[] logA, float[] skip) {}

  /**
   * Adds the gradients of a sequence.
   *
   * @param xbc as in the forward pass
   * @param dt as in the forward pass
   * @param first as in the forward pass
   * @param steps as in the forward pass
   * @param dy the gradient of y, laid out as y; not modified
   * @param kept what the forward pass kept, not modified
   * @param keptOffset where it begins
   * @param to what is added to
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void backward(
      float[] xbc,
      float[] dt,
      int first,
      int steps,
      float[] dy,
      float[] kept,
      int keptOffset,
      Gradients to) {
    Arrays.fill(work.carried, 0);
    Arrays.fill(work.decayChange, 0);
    int parts = work.parts.length;
    for (int t = (steps - 1) / ssd.chunk * ssd.chunk; t >= 0; t -= ssd.chunk) {
      int row = first + t;
      int count = Math.min(ssd.chunk, steps - t);
      int states = keptOffset + t / ssd.chunk * stateRows();
      double operations = 16.0 * count * ssd.heads * ssd.headWidth * ssd.states;
      if (Workers.parts(operations, parts) > 1) {
        Workers.each(parts, part -> part(part, xbc, dt, row, count, dy, kept, states, to));
      } else {
        for (int part = 0; part < parts; part++) {
          part(part, xbc, dt, row, count, dy, kept, states, to);
        }
      }
      for (Scratch part : work.parts) {
        collect(part.sums, row, count, to.xbc);
      }
    }
    for (int h = 0; h < ssd.heads; h++) {
      to.logA[h] += (float) (work.decayChange[h] * ssd.decay[h]);
    }
  }

  /** Adds dB and dC of a part. */
  private void collect(float[] sums, int t, int q, float[] to) {
    int width = 2 * ssd.groups * ssd.states;
    for (int i = 0; i < q; i++) {
      int at = (t + i) * ssd.row + ssd.heads * ssd.headWidth;
      for (int k = 0; k < width; k++) {
        to[at + k] += sums[i * width + k];
      }
    }
  }

  /** One chunk of the heads of one part. */
  private void part(
      int part,
      float[] xbc,
      float[] dt,
      int t,
      int q,
      float[] dy,
      float[] kept,
      int keptOffset,
      Gradients to) {
    Scratch of = work.parts[part];
    int n = ssd.states;
    int row = ssd.row;
    int width = 2 * ssd.groups * n;
    int share = ssd.heads / ssd.groups;
    int first = Workers.start(part, work.parts.length, ssd.heads, 1);
    int end = Workers.start(part + 1, work.parts.length, ssd.heads, 1);
    Arrays.fill(of.sums, 0);
    for (int h = first; h < end; h++) {
      int sumB = h / share * n;
      int sumC = sumB + ssd.groups * n;
      int b = t * row + ssd.heads * ssd.headWidth + sumB;
      int c = b + ssd.groups * n;
      if (h == first || h % share == 0) {
        Product.apply(false, true, q, q, n, xbc, c, row, xbc, b, row, false, of.gram, 0, q);
        Arrays.fill(of.gramChange, 0, q * q, 0);
      }
      int before = keptOffset + h * n * ssd.headWidth;
      head(h, xbc, b, c, dt, t, q, dy, kept, before, to, of);
      if (h == end - 1 || (h + 1) % share == 0) {
        float[] dk = of.gramChange;
        Product.apply(false, false, q, n, q, dk, 0, q, xbc, b, row, true, of.sums, sumC, width);
        Product.apply(true, false, q, n, q, dk, 0, q, xbc, c, row, true, of.sums, sumB, width);
      }
    }
  }

  private void head(
      int h,
      float[] xbc,
      int b,
      int c,
      float[] dt,
      int t,
      int q,
      float[] dy,
      float[] kept,
      int before,
      Gradients to,
      Scratch of) {
    float[] carried = work.carried;
    float[] weights = of.weights;
    float[] starts = of.starts;
    double[] logChange = of.logChange;
    float[] inputChange = of.inputChange;
    float[] scratch = of.scratch;
    int sumB = b - t * ssd.row - ssd.heads * ssd.headWidth;
    int sumC = c - t * ssd.row - ssd.heads * ssd.headWidth;
    int p = ssd.headWidth;
    int n = ssd.states;
    int row = ssd.row;
    int width = ssd.heads * p;
    int x = t * row + h * p;
    int y = t * width + h * p;
    int after = h * n * p;
    weigh(h, xbc, x, dt, t, q, of);
    Arrays.fill(logChange, 0, q, 0);
    Product.apply(false, true, q, q, p, dy, y, width, of.input, 0, p, false, of.change, 0, q);
    inside(q, of);
    // What the state after the chunk passes on to B and x.
    Product.apply(false, false, q, p, n, xbc, b, row, carried, after, p, false, inputChange, 0, p);
    for (int j = 0; j < q; j++) {
      scale(inputChange, j * p, p, weights[(q - 1) * q + j]);
    }
    Product.apply(true, false, q, p, q, of.mixed, 0, q, dy, y, width, true, inputChange, 0, p);
    Product.apply(false, true, q, n, p, of.input, 0, p, carried, after, p, false, of.inner, 0, n);
    for (int j = 0; j < q; j++) {
      double passed = pass(j, weights[(q - 1) * q + j], xbc, b, of, sumB);
      logChange[q - 1] += passed;
      logChange[j] -= passed;
    }
    // What C read of the state before.
    Product.apply(false, true, q, n, p, dy, y, width, kept, before, p, false, of.inner, 0, n);
    for (int i = 0; i < q; i++) {
      logChange[i] += pass(i, starts[i], xbc, c, of, sumC);
    }
    double forgotten = 0;
    for (int i = 0; i < n * p; i++) {
      forgotten += carried[after + i] * kept[before + i];
    }
    logChange[q - 1] += starts[q - 1] * forgotten;
    scale(carried, after, n * p, starts[q - 1]);
    for (int i = 0; i < q; i++) {
      for (int j = 0; j < p; j++) {
        scratch[i * p + j] = starts[i] * dy[y + i * width + j];
      }
    }
    Product.apply(true, false, n, p, q, xbc, c, row, scratch, 0, p, true, carried, after, p);
    finish(h, xbc, x, dt, t, q, dy, y, to, of);
  }

  /** Computes w, M, e and U of a head. */
  private void weigh(int h, float[] xbc, int x, float[] dt, int t, int q, Scratch of) {
    float[] weights = of.weights;
    int p = ssd.headWidth;
    float total = 1;
    for (int i = 0; i < q; i++) {
      float step = dt[(t + i) * ssd.heads + h];
      float d = (float) Math.exp(step * ssd.decay[h]);
      total *= d;
      of.starts[i] = total;
      int at = i * q;
      for (int j = 0; j < i; j++) {
        weights[at + j] = d * weights[at - q + j];
      }
      weights[at + i] = 1;
      Arrays.fill(weights, at + i + 1, at + q, 0);
      for (int j = 0; j < p; j++) {
        of.input[i * p + j] = step * xbc[x + i * ssd.row + j];
      }
    }
    for (int i = 0; i < q * q; i++) {
      of.mixed[i] = weights[i] * of.gram[i];
    }
  }

  /** Takes dM over to dK and to the decays within the chunk. */
  private static void inside(int q, Scratch of) {
    for (int i = 0; i < q; i++) {
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        int at = i * q + j;
        of.gramChange[at] += of.weights[at] * of.change[at];
        float along = of.mixed[at] * of.change[at];
        sum += along;
        of.logChange[j] -= along;
      }
      of.logChange[i] += sum;
    }
  }

  /** Adds {@code factor} times an inner row and returns its product with B or C. */
  private double pass(int i, float factor, float[] xbc, int from, Scratch of, int into) {
    int n = ssd.states;
    int at = from + i * ssd.row;
    int to = into + i * 2 * ssd.groups * n;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      float value = factor * of.inner[i * n + k];
      of.sums[to + k] += value;
      sum += value * xbc[at + k];
    }
    return sum;
  }

  /** Takes dU and the decays over to x, Δ, A and D. */
  private void finish(
      int h,
      float[] xbc,
      int x,
      float[] dt,
      int t,
      int q,
      float[] dy,
      int y,
      Gradients to,
      Scratch of) {
    int p = ssd.headWidth;
    int width = ssd.heads * p;
    double later = 0;
    double skipped = 0;
    for (int i = q - 1; i >= 0; i--) {
      int step = (t + i) * ssd.heads + h;
      later += of.logChange[i];
      double along = 0;
      for (int j = 0; j < p; j++) {
        int from = x + i * ssd.row + j;
        float out = dy[y + i * width + j];
        along += of.inputChange[i * p + j] * xbc[from];
        skipped += out * xbc[from];
        to.xbc[from] += dt[step] * of.inputChange[i * p + j] + ssd.skip[h] * out;
      }
      work.decayChange[h] += dt[step] * later;
      to.dt[step] += (float) (ssd.decay[h] * later + along);
    }
    to.skip[h] += (float) skipped;
  }

  private static void scale(float[] values, int from, int count, float factor) {
    for (int i = from; i < from + count; i++) {
      values[i] *= factor;
    }
  }
}
