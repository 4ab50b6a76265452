package dev.ordo.models.kernel;

import java.util.Arrays;

/**
 * SiLU of a causal convolution of each channel of whole sequences, and its gradient: y[t] =
 * silu(u[t]) with u[t] = b + Σₖ w[k]·x[t−K+1+k]. Nothing is kept: the backward pass computes u
 * anew.
 */
public final class CausalConvolutionGradient {

  private final int channels;
  private final int taps;

  /** w, shape (taps, channels). */
  private final float[] weight;

  private final float[] weightGradient;
  private final float[] bias;

  /** u of one step. */
  private final float[] row;

  /** The gradient of its y. */
  private final float[] slope;

  /** The gradient of u. */
  private final float[] change;

  /**
   * Makes the operator with its scratch memory; for one thread at a time.
   *
   * @param weight w, shape (channels, taps), row-major, not modified
   * @param bias b, shape (channels), not modified; or null for none
   * @param channels the number of channels
   * @throws IllegalArgumentException if {@code weight} is not a positive number of taps a channel
   */
  public CausalConvolutionGradient(float[] weight, float[] bias, int channels) {
    if (channels < 1 || weight.length < channels || weight.length % channels != 0) {
      throw new IllegalArgumentException(
          "weight (" + weight.length + " values) must have the same taps for " + channels);
    }
    this.channels = channels;
    taps = weight.length / channels;
    this.weight = new float[weight.length];
    for (int i = 0; i < weight.length; i++) {
      this.weight[i % taps * channels + i / taps] = weight[i];
    }
    this.bias = bias == null ? new float[channels] : bias;
    weightGradient = new float[weight.length];
    row = new float[channels];
    slope = new float[channels];
    change = new float[channels];
  }

  /**
   * Convolves a sequence.
   *
   * @param x rows of at least the channels; not modified
   * @param xOffset where the first row's channels begin
   * @param xStride the length of a row
   * @param steps the number of rows, T
   * @param y shape (…, channels), rows from {@code first} on overwritten
   * @param first the first row of y
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void forward(float[] x, int xOffset, int xStride, int steps, float[] y, int first) {
    for (int t = 0; t < steps; t++) {
      convolve(x, xOffset, xStride, t);
      System.arraycopy(row, 0, y, (first + t) * channels, channels);
    }
    Silu.apply(y, first * channels, steps * channels);
  }

  /** Computes u of a step into {@link #row}. */
  private void convolve(float[] x, int xOffset, int xStride, int t) {
    System.arraycopy(bias, 0, row, 0, channels);
    for (int k = Math.max(0, taps - 1 - t); k < taps; k++) {
      int from = xOffset + (t - taps + 1 + k) * xStride;
      int w = k * channels;
      for (int c = 0; c < channels; c++) {
        row[c] += weight[w + c] * x[from + c];
      }
    }
  }

  /**
   * Adds the gradients of a sequence.
   *
   * @param dy the gradient of y, laid out as y; not modified
   * @param dx laid out as x, added to
   * @param dWeight shape (channels, taps), added to
   * @param dBias shape (channels), added to; or null
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void backward(
      float[] x,
      int xOffset,
      int xStride,
      int steps,
      float[] dy,
      int first,
      float[] dx,
      float[] dWeight,
      float[] dBias) {
    Arrays.fill(weightGradient, 0);
    for (int t = 0; t < steps; t++) {
      convolve(x, xOffset, xStride, t);
      System.arraycopy(dy, (first + t) * channels, slope, 0, channels);
      Arrays.fill(change, 0);
      ActivationGradient.silu(row, slope, change, channels);
      float[] du = change;
      for (int k = Math.max(0, taps - 1 - t); k < taps; k++) {
        int at = xOffset + (t - taps + 1 + k) * xStride;
        int w = k * channels;
        for (int c = 0; c < channels; c++) {
          dx[at + c] += weight[w + c] * du[c];
        }
        for (int c = 0; c < channels; c++) {
          weightGradient[w + c] += x[at + c] * du[c];
        }
      }
      for (int c = 0; c < channels && dBias != null; c++) {
        dBias[c] += du[c];
      }
    }
    for (int i = 0; i < weight.length; i++) {
      dWeight[i] += weightGradient[i % taps * channels + i / taps];
    }
  }
}
