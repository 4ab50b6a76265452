package dev.ordo.models.ssm;

import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.DiagonalRecurrence;
import dev.ordo.models.kernel.Gelu;
import dev.ordo.models.kernel.Glu;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.LongConvolution;

/**
 * An S4 block with a diagonal state matrix: state space, GELU, gated linear map. Immutable.
 *
 * <p>Source: Gu, Gupta, Goel and Ré, <a href="https://arxiv.org/abs/2206.11893">On the
 * Parameterization and Initialization of Diagonal State Space Models</a> (2022); names and numbers
 * as in {@code S4Block} of the authors' repository state-spaces/s4 with mode {@code diag}. For
 * channel c and the N/2 states n that stand for themselves and their conjugates:
 *
 * <pre>
 * A = −exp(A_real) − i·A_imag,  Δ = exp(inv_dt)
 * Ā = exp(ΔA),  B̄ = B·(Ā − 1)/A                       zero-order hold, equation 7
 * h[t] = Ā·h[t−1] + B̄·u[t],  s[t] = 2·Re Σₙ C·h[t] + D·u[t]
 * y = a · σ(b)  with  a, b = output_linear(gelu(s))
 * </pre>
 *
 * <p>B̄ is moved from the state into C, which leaves s as it is: the state kept here is h/B̄.
 */
final class S4dBlock {

  /** Rows that go through output_linear at a time. */
  static final int ROWS = 128;

  /** What a forward pass writes to besides its output; used by one thread at a time. */
  static final class Scratch {

    private final float[] kernel;
    private final float[] wide;
    private final LongConvolution convolution;

    Scratch(int capacity, int width) {
      kernel = new float[capacity * width];
      wide = new float[Math.min(capacity, ROWS) * 2 * width];
      convolution = new LongConvolution(capacity);
    }
  }

  private final int width;
  private final DiagonalRecurrence recurrence;
  private final float[] skip;
  private final Linear output;

  /**
   * Makes a block.
   *
   * @param weights tensors under the names of the reference
   * @param prefix what stands before the names
   * @param width d, the number of channels
   * @param states N, twice the number of complex states of a channel
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  S4dBlock(Tensors weights, String prefix, int width, int states) {
    this.width = width;
    int half = states / 2;
    String kernel = prefix + "layer.kernel.";
    float[] logDecay = weights.get(kernel + "A_real", width, half);
    float[] frequency = weights.get(kernel + "A_imag", width, half);
    float[] b = weights.get(kernel + "B", 1, width, half, 2);
    float[] c = weights.get(kernel + "C", 1, width, half, 2);
    float[] logStep = weights.get(kernel + "inv_dt", width, 1);
    double[] aRe = new double[width * half];
    double[] aIm = new double[width * half];
    double[] wRe = new double[width * half];
    double[] wIm = new double[width * half];
    for (int i = 0; i < aRe.length; i++) {
      double re = -Math.exp(logDecay[i]);
      double im = -frequency[i];
      double step = Math.exp(logStep[i / half]);
      double size = Math.exp(step * re);
      aRe[i] = size * Math.cos(step * im);
      aIm[i] = size * Math.sin(step * im);
      // (Ā − 1)/A, then times B, then times 2C.
      double norm = re * re + im * im;
      double heldRe = ((aRe[i] - 1) * re + aIm[i] * im) / norm;
      double heldIm = (aIm[i] * re - (aRe[i] - 1) * im) / norm;
      double inRe = heldRe * b[2 * i] - heldIm * b[2 * i + 1];
      double inIm = heldRe * b[2 * i + 1] + heldIm * b[2 * i];
      wRe[i] = 2 * (inRe * c[2 * i] - inIm * c[2 * i + 1]);
      wIm[i] = 2 * (inRe * c[2 * i + 1] + inIm * c[2 * i]);
    }
    recurrence = new DiagonalRecurrence(aRe, aIm, wRe, wIm, width, half);
    skip = weights.get(prefix + "layer.D", 1, width);
    output =
        Linear.ofRows(
            weights.get(prefix + "output_linear.0.weight", 2 * width, width),
            2 * width,
            width,
            weights.get(prefix + "output_linear.0.bias", 2 * width));
  }

  /**
   * Adds the random weights of a block as the reference draws them with {@code diag-lin}: A = −½ +
   * πni (S4D-Lin, equation 9), B = 1, C complex normal, D normal, Δ log-uniform in 0.001 … 0.1, and
   * a linear map uniform in ±1/√d. Frequencies are at least 1e-4, as there.
   */
  static void random(RandomTensors weights, String prefix, int width, int states) {
    int half = states / 2;
    String kernel = prefix + "layer.kernel.";
    double bound = 1 / Math.sqrt(width);
    weights
        .constant(kernel + "A_real", Math.log(0.5), width, half)
        .fill(kernel + "A_imag", i -> Math.max(1e-4, Math.PI * (i % half)), width, half)
        .fill(kernel + "B", i -> 1 - i % 2, 1, width, half, 2)
        .normal(kernel + "C", Math.sqrt(0.5), 1, width, half, 2)
        .logarithms(kernel + "inv_dt", 0.001, 0.1, width, 1)
        .normal(prefix + "layer.D", 1, 1, width)
        .uniform(prefix + "output_linear.0.weight", bound, 2 * width, width)
        .uniform(prefix + "output_linear.0.bias", bound, 2 * width);
  }

  /** Returns the number of values in the real part of a state, and in the imaginary part. */
  int stateSize() {
    return recurrence.stateSize();
  }

  /**
   * Computes the convolution kernel, without D.
   *
   * @param steps the number of steps, L
   * @param kernel shape (L, d), row-major, overwritten
   * @param re scratch, shape ({@link #stateSize})
   * @param im scratch, shape ({@link #stateSize})
   */
  void kernel(int steps, float[] kernel, float[] re, float[] im) {
    recurrence.kernel(steps, kernel, re, im);
  }

  /**
   * Runs the block over a sequence in its convolution form. Allocates nothing.
   *
   * @param u shape (L, d), row-major, overwritten with gelu(s)
   * @param steps the number of steps, L, at most the capacity of {@code scratch}
   * @param re where the real part of the last state goes
   * @param im where the imaginary part of the last state goes
   * @param scratch memory to work in
   * @param y shape (L, d), row-major; the block's output is added to it
   */
  void forward(float[] u, int steps, float[] re, float[] im, Scratch scratch, float[] y) {
    // The kernel works in the arrays of the state, which is computed after it.
    recurrence.kernel(steps, scratch.kernel, re, im);
    for (int c = 0; c < width; c++) {
      scratch.kernel[c] += skip[c];
    }
    recurrence.finalState(u, steps, re, im);
    scratch.convolution.apply(u, scratch.kernel, steps, width, u);
    Gelu.erf(u, 0, steps * width);
    for (int t = 0; t < steps; t += ROWS) {
      int rows = Math.min(ROWS, steps - t);
      output.apply(u, t * width, rows, scratch.wide, 0);
      Glu.add(scratch.wide, rows, width, y, t * width);
    }
  }

  /**
   * Runs the block over one step of a sequence in its recurrent form. Allocates nothing.
   *
   * @param u shape (d), overwritten
   * @param fromRe the real part of the state before; zeros at the start of a sequence
   * @param fromIm the imaginary part of the state before
   * @param toRe where the real part of the state after goes
   * @param toIm where the imaginary part of the state after goes
   * @param scratch memory to work in
   * @param y shape (d); the block's output is added to it
   */
  void step(
      float[] u,
      float[] fromRe,
      float[] fromIm,
      float[] toRe,
      float[] toIm,
      Scratch scratch,
      float[] y) {
    float[] s = scratch.kernel;
    recurrence.step(u, s, fromRe, fromIm, toRe, toIm);
    for (int c = 0; c < width; c++) {
      s[c] += skip[c] * u[c];
    }
    Gelu.erf(s, 0, width);
    output.apply(s, 0, 1, scratch.wide, 0);
    Glu.add(scratch.wide, 1, width, y, 0);
  }
}
