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

  private final Ssd ssd;
  private final Ssd.Workspace work;
  private final float[] state;

  /** dS of all heads, shape (H, N, P). */
  private final float[] carried;

  // One chunk of one head: (Q, Q) each.
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

  private final float[] starts;
  private final double[] logChange;
  private final double[] decayChange;

  /**
   * Makes the operator with its scratch memory; for one thread at a time.
   *
   * @param ssd what is differentiated
   */
  public SsdGradient(Ssd ssd) {
    this.ssd = ssd;
    work = ssd.workspace();
    state = new float[ssd.stateSize()];
    int q = ssd.chunk;
    carried = new float[stateRows()];
    gram = new float[q * q];
    weights = new float[q * q];
    mixed = new float[q * q];
    change = new float[q * q];
    gramChange = new float[q * q];
    input = new float[q * ssd.headWidth];
    inputChange = new float[q * ssd.headWidth];
    scratch = new float[q * ssd.headWidth];
    inner = new float[q * ssd.states];
    starts = new float[q];
    logChange = new double[q];
    decayChange = new double[ssd.heads];
  }

  private int stateRows() {
    return ssd.heads * ssd.states * ssd.headWidth;
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
    Arrays.fill(state, 0);
    for (int t = 0; t < steps; t += ssd.chunk) {
      ssd.unpack(state, kept, keptOffset + t / ssd.chunk * stateRows());
      int count = Math.min(ssd.chunk, steps - t);
      ssd.chunk(xbc, dt, first + t, count, y, state, state, work);
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
    Arrays.fill(carried, 0);
    Arrays.fill(decayChange, 0);
    for (int t = (steps - 1) / ssd.chunk * ssd.chunk; t >= 0; t -= ssd.chunk) {
      int count = Math.min(ssd.chunk, steps - t);
      int states = keptOffset + t / ssd.chunk * stateRows();
      for (int g = 0; g < ssd.groups; g++) {
        group(g, xbc, dt, first + t, count, dy, kept, states, to);
      }
    }
    for (int h = 0; h < ssd.heads; h++) {
      to.logA[h] += (float) (decayChange[h] * ssd.decay[h]);
    }
  }

  private void group(
      int g,
      float[] xbc,
      float[] dt,
      int t,
      int q,
      float[] dy,
      float[] kept,
      int keptOffset,
      Gradients to) {
    int n = ssd.states;
    int row = ssd.row;
    int b = t * row + ssd.heads * ssd.headWidth + g * n;
    int c = b + ssd.groups * n;
    Product.apply(false, true, q, q, n, xbc, c, row, xbc, b, row, false, gram, 0, q);
    Arrays.fill(gramChange, 0, q * q, 0);
    int share = ssd.heads / ssd.groups;
    for (int h = g * share; h < (g + 1) * share; h++) {
      int before = keptOffset + h * n * ssd.headWidth;
      head(h, xbc, b, c, dt, t, q, dy, kept, before, to);
    }
    Product.apply(false, false, q, n, q, gramChange, 0, q, xbc, b, row, true, to.xbc, c, row);
    Product.apply(true, false, q, n, q, gramChange, 0, q, xbc, c, row, true, to.xbc, b, row);
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
      Gradients to) {
    int p = ssd.headWidth;
    int n = ssd.states;
    int row = ssd.row;
    int width = ssd.heads * p;
    int x = t * row + h * p;
    int y = t * width + h * p;
    int after = h * n * p;
    weigh(h, xbc, x, dt, t, q);
    Arrays.fill(logChange, 0, q, 0);
    Product.apply(false, true, q, q, p, dy, y, width, input, 0, p, false, change, 0, q);
    inside(q);
    // What the state after the chunk passes on to B and x.
    Product.apply(false, false, q, p, n, xbc, b, row, carried, after, p, false, inputChange, 0, p);
    for (int j = 0; j < q; j++) {
      scale(inputChange, j * p, p, weights[(q - 1) * q + j]);
    }
    Product.apply(true, false, q, p, q, mixed, 0, q, dy, y, width, true, inputChange, 0, p);
    Product.apply(false, true, q, n, p, input, 0, p, carried, after, p, false, inner, 0, n);
    for (int j = 0; j < q; j++) {
      double passed = pass(j, weights[(q - 1) * q + j], xbc, b, to.xbc);
      logChange[q - 1] += passed;
      logChange[j] -= passed;
    }
    // What C read of the state before.
    Product.apply(false, true, q, n, p, dy, y, width, kept, before, p, false, inner, 0, n);
    for (int i = 0; i < q; i++) {
      logChange[i] += pass(i, starts[i], xbc, c, to.xbc);
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
    finish(h, xbc, x, dt, t, q, dy, y, to);
  }

  /** Computes w, M, e and U of a head. */
  private void weigh(int h, float[] xbc, int x, float[] dt, int t, int q) {
    int p = ssd.headWidth;
    float total = 1;
    for (int i = 0; i < q; i++) {
      float step = dt[(t + i) * ssd.heads + h];
      float d = (float) Math.exp(step * ssd.decay[h]);
      total *= d;
      starts[i] = total;
      int at = i * q;
      for (int j = 0; j < i; j++) {
        weights[at + j] = d * weights[at - q + j];
      }
      weights[at + i] = 1;
      Arrays.fill(weights, at + i + 1, at + q, 0);
      for (int j = 0; j < p; j++) {
        input[i * p + j] = step * xbc[x + i * ssd.row + j];
      }
    }
    for (int i = 0; i < q * q; i++) {
      mixed[i] = weights[i] * gram[i];
    }
  }

  /** Takes dM over to dK and to the decays within the chunk. */
  private void inside(int q) {
    for (int i = 0; i < q; i++) {
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        int at = i * q + j;
        gramChange[at] += weights[at] * change[at];
        float along = mixed[at] * change[at];
        sum += along;
        logChange[j] -= along;
      }
      logChange[i] += sum;
    }
  }

  /** Adds {@code factor} times a row of {@link #inner} and returns its product with B or C. */
  private double pass(int i, float factor, float[] xbc, int from, float[] to) {
    int n = ssd.states;
    int at = from + i * ssd.row;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      float value = factor * inner[i * n + k];
      to[at + k] += value;
      sum += value * xbc[at + k];
    }
    return sum;
  }

  /** Takes dU and the decays over to x, Δ, A and D. */
  private void finish(
      int h, float[] xbc, int x, float[] dt, int t, int q, float[] dy, int y, Gradients to) {
    int p = ssd.headWidth;
    int width = ssd.heads * p;
    double later = 0;
    double skipped = 0;
    for (int i = q - 1; i >= 0; i--) {
      int step = (t + i) * ssd.heads + h;
      later += logChange[i];
      double along = 0;
      for (int j = 0; j < p; j++) {
        int from = x + i * ssd.row + j;
        float out = dy[y + i * width + j];
        along += inputChange[i * p + j] * xbc[from];
        skipped += out * xbc[from];
        to.xbc[from] += dt[step] * inputChange[i * p + j] + ssd.skip[h] * out;
      }
      decayChange[h] += dt[step] * later;
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
