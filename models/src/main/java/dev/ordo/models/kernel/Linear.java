package dev.ordo.models.kernel;

/** An affine map y = x·Wᵀ + b whose weights were packed once, when it was made. Immutable. */
public final class Linear {

  private final int in;
  private final int out;

  /** Wᵀ in panels, one after the other, each (in, width of the panel) row-major. */
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
    return pack(weights, in, out, 1, in, bias);
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
    return pack(weights, in, out, out, 1, bias);
  }

  private static Linear pack(
      float[] weights, int in, int out, int inStride, int outStride, float[] bias) {
    long size = 0;
    for (int column = 0, width; column < out; column += width) {
      width = width(column, out);
      size += (long) in * width;
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("in × out (" + size + ") must be less than 2³¹");
    }
    float[] packed = new float[(int) size];
    int next = 0;
    for (int column = 0, width; column < out; column += width) {
      width = width(column, out);
      int first = first(column, width, out);
      for (int i = 0; i < in; i++) {
        for (int o = first; o < first + width; o++) {
          packed[next++] = weights[i * inStride + o * outStride];
        }
      }
    }
    float[] start = new float[out];
    if (bias != null) {
      System.arraycopy(bias, 0, start, 0, out);
    }
    return new Linear(in, out, packed, start);
  }

  /** Returns the width of the panel that begins with the first column not yet covered. */
  private static int width(int column, int out) {
    if (out < Gemm.LANES) {
      return out;
    }
    return out < Gemm.PANEL || out - column <= Gemm.LANES ? Gemm.LANES : Gemm.PANEL;
  }

  /**
   * Returns the first column of a panel: the last one is moved back so that it ends with the last
   * column. It computes some columns anew, to the same values; nothing is padded or masked.
   */
  private static int first(int column, int width, int out) {
    return Math.min(column, out - width);
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
    if (out < Gemm.LANES) {
      narrow(x, xOffset, rows, y, yOffset);
      return;
    }
    int panel = 0;
    for (int column = 0, width; column < out; column += width) {
      width = width(column, out);
      int first = first(column, width, out);
      int vectors = width / Gemm.LANES;
      Gemm.panel(
          vectors,
          x,
          xOffset,
          in,
          rows,
          packed,
          panel,
          in,
          bias,
          first,
          0,
          y,
          yOffset + first,
          out);
      panel += in * width;
    }
  }

  /** Fewer outputs than a vector has lanes: the only panel is Wᵀ itself. */
  private void narrow(float[] x, int xOffset, int rows, float[] y, int yOffset) {
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        float sum = bias[o];
        for (int i = 0; i < in; i++) {
          sum += x[xOffset + r * in + i] * packed[i * out + o];
        }
        y[yOffset + r * out + o] = sum;
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
