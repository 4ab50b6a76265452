package dev.ordo.models.ssm;

import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.kernel.LongConvolution;

/**
 * The operator s = k ∗ u + D·u, channel by channel, over a batch of sequences.
 *
 * <p>Gradients, each again a convolution of reversed sequences: du[t] = Σ ds[t+i]·k[i] + D·ds[t],
 * dk[i] = Σ ds[t]·u[t−i], dD = Σ ds·u, the last two over the batch.
 */
final class LongFilter {

  private LongFilter() {}

  /**
   * Filters.
   *
   * @param u shape (batch · L, d), row b·L + t
   * @param kernel k, shape (L, d)
   * @param skip D, d values
   * @param convolution memory to work in, for L or more steps; used until the backward pass is done
   * @return s, shape (batch · L, d)
   */
  static Tensor apply(
      Tape tape, Tensor u, Tensor kernel, Tensor skip, LongConvolution convolution) {
    int width = u.columns();
    int steps = kernel.rows();
    int size = steps * width;
    Tensor s = tape.tensor(u.rows(), width);
    float[] part = tape.borrow(size);
    float[] result = tape.borrow(size);
    for (int at = 0; at < s.size(); at += size) {
      System.arraycopy(u.value(), at, part, 0, size);
      convolution.apply(part, kernel.value(), steps, width, result);
      addProducts(part, skip.value(), result);
      System.arraycopy(result, 0, s.value(), at, size);
    }
    tape.giveBack(part);
    tape.giveBack(result);
    tape.record(s, () -> backward(tape, u, kernel, skip, convolution, s.gradient()));
    return s;
  }

  private static void addProducts(float[] x, float[] factors, float[] to) {
    for (int at = 0; at < to.length; at += factors.length) {
      for (int c = 0; c < factors.length; c++) {
        to[at + c] += factors[c] * x[at + c];
      }
    }
  }

  private static void backward(
      Tape tape, Tensor u, Tensor kernel, Tensor skip, LongConvolution convolution, float[] ds) {
    int width = u.columns();
    int steps = kernel.rows();
    int size = steps * width;
    float[] reversed = tape.borrow(size);
    float[] part = tape.borrow(size);
    float[] result = tape.borrow(size);
    float[] dKernel = kernel.gradient();
    float[] dSkip = skip.gradient();
    for (int at = 0; at < u.size(); at += size) {
      for (int t = 0; t < steps; t++) {
        System.arraycopy(ds, at + t * width, reversed, (steps - 1 - t) * width, width);
      }
      System.arraycopy(u.value(), at, part, 0, size);
      convolution.apply(reversed, part, steps, width, result);
      addReversed(result, steps, width, dKernel, 0);
      for (int i = 0; i < size; i++) {
        dSkip[i % width] += ds[at + i] * part[i];
      }
      if (u.needsGradient()) {
        convolution.apply(reversed, kernel.value(), steps, width, result);
        addProducts(reversed, skip.value(), result);
        addReversed(result, steps, width, u.gradient(), at);
      }
    }
    tape.giveBack(reversed);
    tape.giveBack(part);
    tape.giveBack(result);
  }

  private static void addReversed(float[] x, int steps, int width, float[] to, int at) {
    for (int t = 0; t < steps; t++) {
      int from = (steps - 1 - t) * width;
      for (int c = 0; c < width; c++) {
        to[at + t * width + c] += x[from + c];
      }
    }
  }
}
