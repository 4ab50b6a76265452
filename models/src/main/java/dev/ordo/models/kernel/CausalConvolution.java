package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A short causal convolution of each channel with its own taps, y[t] = b + Σₖ w[k]·x[t−K+1+k], that
 * carries its last K−1 inputs from one call to the next. Immutable.
 */
public final class CausalConvolution {

  private final int taps;
  private final int channels;
  private final float[] weight;
  private final float[] bias;

  /**
   * Makes a convolution from weights stored as torch.nn.Conv1d stores them with one channel a
   * group.
   *
   * @param weight w, shape (channels, 1, taps), row-major, copied
   * @param bias b, shape (channels), copied
   * @throws IllegalArgumentException if {@code weight} is not a whole, positive number of taps a
   *     channel
   */
  public CausalConvolution(float[] weight, float[] bias) {
    channels = bias.length;
    if (channels < 1 || weight.length < channels || weight.length % channels != 0) {
      throw new IllegalArgumentException(
          "weight ("
              + weight.length
              + " values) must have the same taps for each of "
              + channels
              + " channels");
    }
    taps = weight.length / channels;
    this.weight = new float[weight.length];
    for (int c = 0; c < channels; c++) {
      for (int k = 0; k < taps; k++) {
        this.weight[k * channels + c] = weight[c * taps + k];
      }
    }
    this.bias = bias.clone();
  }

  /** Returns the number of values in a window: (taps − 1) · channels. */
  public int windowSize() {
    return (taps - 1) * channels;
  }

  /**
   * Convolves some steps. Allocates nothing.
   *
   * @param x shape (steps, channels), row-major, not modified
   * @param steps the number of steps, T
   * @param y shape (steps, channels), row-major, overwritten; must not be x
   * @param from the inputs before x, oldest first; shape (taps − 1, channels), zeros at the start
   *     of a sequence
   * @param to where the last taps − 1 inputs go, as in {@code from}; may be {@code from}
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void apply(float[] x, int steps, float[] y, float[] from, float[] to) {
    int parts = Workers.parts(2.0 * steps * weight.length, steps);
    if (parts == 1) {
      steps(x, 0, steps, y, from);
    } else {
      Workers.each(
          parts,
          part -> {
            int first = Workers.start(part, parts, steps, 1);
            steps(x, first, Workers.start(part + 1, parts, steps, 1), y, from);
          });
    }
    // Oldest first, so that a window that is its own successor is read before it is overwritten.
    int kept = Math.max(0, taps - 1 - steps);
    System.arraycopy(from, (taps - 1 - kept) * channels, to, 0, kept * channels);
    int taken = taps - 1 - kept;
    System.arraycopy(x, (steps - taken) * channels, to, kept * channels, taken * channels);
  }

  private void steps(float[] x, int first, int end, float[] y, float[] from) {
    for (int t = first; t < end; t++) {
      int c = Lanes.VECTORS ? Vectors.step(this, x, t, y, from) : 0;
      for (; c < channels; c++) {
        float sum = bias[c];
        for (int k = 0; k < taps; k++) {
          int row = t - taps + 1 + k;
          float input = row < 0 ? from[(row + taps - 1) * channels + c] : x[row * channels + c];
          sum += weight[k * channels + c] * input;
        }
        y[t * channels + c] = sum;
      }
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int step(CausalConvolution of, float[] x, int t, float[] y, float[] from) {
      int channels = of.channels;
      int taps = of.taps;
      int c = 0;
      for (; c <= channels - LANES; c += LANES) {
        FloatVector sum = FloatVector.fromArray(SPECIES, of.bias, c);
        for (int k = 0; k < taps; k++) {
          int row = t - taps + 1 + k;
          FloatVector input =
              row < 0
                  ? FloatVector.fromArray(SPECIES, from, (row + taps - 1) * channels + c)
                  : FloatVector.fromArray(SPECIES, x, row * channels + c);
          sum = input.fma(FloatVector.fromArray(SPECIES, of.weight, k * channels + c), sum);
        }
        sum.intoArray(y, t * channels + c);
      }
      return c;
    }
  }
}
