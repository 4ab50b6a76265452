package dev.ordo.models.kernel;

/** An affine map y = x·Wᵀ + b whose weights were packed once, when it was made. Immutable. */
public final class Linear {

  private final int in;
  private final int out;
  private final float[] packed;
  private final float[] bias;

  private Linear(int in, int out, float[] packed, float[] bias) {
    this.in = in;
    this.out = out;
    this.packed = packed;
    this.bias = bias;
  }

  /**
   * Packs weights stored one output a row, as torch.nn.Linear stores them.
   *
   * @param weights W, shape (out, in), row-major; copied
   * @param out the number of outputs
   * @param in the number of inputs
   * @param bias b, shape (out), copied; or null for none
   * @throws IllegalArgumentException if a size is not positive or an array has another length
   */
  public static Linear ofRows(float[] weights, int out, int in, float[] bias) {
    check(weights, out, in, bias);
    float[] columns = new float[weights.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        columns[i * out + o] = weights[o * in + i];
      }
    }
    return new Linear(in, out, columns, bias == null ? null : bias.clone());
  }

  /**
   * Packs weights stored one output a column, as GPT-2's Conv1D stores them.
   *
   * @param weights Wᵀ, shape (in, out), row-major; copied
   * @param in the number of inputs
   * @param out the number of outputs
   * @param bias b, shape (out), copied; or null for none
   * @throws IllegalArgumentException if a size is not positive or an array has another length
   */
  public static Linear ofColumns(float[] weights, int in, int out, float[] bias) {
    check(weights, out, in, bias);
    return new Linear(in, out, weights.clone(), bias == null ? null : bias.clone());
  }

  /** Returns the number of inputs. */
  public int in() {
    return in;
  }

  /** Returns the number of outputs. */
  public int out() {
    return out;
  }

  /**
   * Computes y = x·Wᵀ + b for some rows. Allocates nothing.
   *
   * @param x shape (rows, in), row-major, not modified
   * @param xOffset where x begins in its array
   * @param rows the number of rows; 0 does nothing
   * @param y shape (rows, out), row-major, overwritten; must not overlap x
   * @param yOffset where y begins in its array
   * @throws IndexOutOfBoundsException if x or y does not lie within its array
   */
  public void apply(float[] x, int xOffset, int rows, float[] y, int yOffset) {
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        y[yOffset + r * out + o] = bias == null ? 0 : bias[o];
      }
      for (int i = 0; i < in; i++) {
        float xi = x[xOffset + r * in + i];
        for (int o = 0; o < out; o++) {
          y[yOffset + r * out + o] += xi * packed[i * out + o];
        }
      }
    }
  }

  private static void check(float[] weights, int out, int in, float[] bias) {
    if (out < 1) {
      throw new IllegalArgumentException("out (" + out + ") must be positive");
    }
    if (in < 1) {
      throw new IllegalArgumentException("in (" + in + ") must be positive");
    }
    if (weights.length != (long) out * in) {
      throw new IllegalArgumentException(
          "weights (" + weights.length + " values) must have out × in = " + (long) out * in);
    }
    if (bias != null && bias.length != out) {
      throw new IllegalArgumentException(
          "bias (" + bias.length + " values) must have out = " + out);
    }
  }
}
