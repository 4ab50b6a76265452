package dev.ordo.models.kernel;

import java.util.function.IntConsumer;

/**
 * An affine map y = x·Wᵀ + b whose weights were packed once, when it was made. Immutable.
 *
 * <p>Many long rows are copied into {@link Strips}, as {@link Product} does; few or short ones are
 * read in place, which costs more only where they do not stay in the nearest cache.
 */
public final class Linear {

  /** Inputs in a block of x: a panel of weights 2·16 floats wide has 32 KiB of them. */
  private static final int DEPTH = 256;

  /** Rows in a block of x, 256 KiB. */
  private static final int ROWS = 256;

  private static final ThreadLocal<float[]> STRIPS =
      ThreadLocal.withInitial(() -> new float[ROWS * DEPTH]);

  private static final ThreadLocal<Call> CALL = ThreadLocal.withInitial(Call::new);

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
    int parts = Workers.parts(2.0 * rows * in * out, Integer.MAX_VALUE);
    if (parts == 1) {
      apply(x, xOffset, rows, y, yOffset, 0, out);
    } else {
      CALL.get().run(parts, this, x, xOffset, rows, y, yOffset);
    }
  }

  private int wholePanels() {
    return out / Gemm.PANEL;
  }

  /** Computes some columns: they begin with a panel, and end with one or with the last column. */
  private void apply(
      float[] x, int xOffset, int rows, float[] y, int yOffset, int column, int end) {
    if (out < Gemm.LANES) {
      narrow(x, xOffset, rows, y, yOffset);
      return;
    }
    int done = 0;
    int whole = Math.min(end, wholePanels() * Gemm.PANEL);
    if (in > DEPTH && rows >= 2 * Strips.HEIGHT && column < whole) {
      done = rows / Strips.HEIGHT * Strips.HEIGHT;
      for (int r = 0; r < done; r += ROWS) {
        int count = Math.min(ROWS, done - r);
        block(x, xOffset + r * in, count, y, yOffset + r * out, column, whole);
      }
      columns(x, xOffset, done, y, yOffset, whole, end);
    }
    columns(x, xOffset + done * in, rows - done, y, yOffset + done * out, column, end);
  }

  /** Computes whole panels for whole strips of rows. */
  private void block(
      float[] x, int xOffset, int rows, float[] y, int yOffset, int column, int end) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias, column, y, yOffset + r * out + column, end - column);
    }
    float[] strips = STRIPS.get();
    for (int i = 0; i < in; i += DEPTH) {
      int depth = Math.min(DEPTH, in - i);
      Strips.pack(false, x, xOffset + i, in, depth, rows, Strips.HEIGHT, strips);
      for (int j = column; j < end; j += Gemm.PANEL) {
        int panel = j * in + i * Gemm.PANEL;
        for (int r = 0; r < rows; r += Strips.HEIGHT) {
          int to = yOffset + r * out + j;
          Strips.multiply(strips, r * depth, packed, panel, depth, true, y, to, out);
        }
      }
    }
  }

  /** Computes some columns for some rows. */
  private void columns(
      float[] x, int xOffset, int rows, float[] y, int yOffset, int from, int end) {
    for (int column = from, width; column < end; column += width) {
      width = width(column, out);
      int first = first(column, width, out);
      Gemm.panel(
          width / Gemm.LANES,
          x,
          xOffset,
          in,
          rows,
          packed,
          column * in,
          in,
          bias,
          first,
          0,
          y,
          yOffset + first,
          out);
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

  /** One application on several threads, kept by its thread so that it allocates nothing. */
  private static final class Call implements IntConsumer {

    private int parts;
    private boolean byRows;
    private Linear of;
    private float[] x;
    private int xOffset;
    private int rows;
    private float[] y;
    private int yOffset;

    void run(int most, Linear map, float[] from, int fromOffset, int count, float[] to, int start) {
      // Every part has two whole strips or more, as all rows together have: so they are computed
      // in the same way.
      byRows = count >= 3 * most * Strips.HEIGHT;
      parts = byRows ? most : Math.max(1, Math.min(most, map.wholePanels()));
      of = map;
      x = from;
      xOffset = fromOffset;
      rows = count;
      y = to;
      yOffset = start;
      try {
        Workers.each(parts, this);
      } finally {
        of = null;
        x = null;
        y = null;
      }
    }

    @Override
    public void accept(int part) {
      if (byRows) {
        int row = Workers.start(part, parts, rows, Strips.HEIGHT);
        int count = Workers.start(part + 1, parts, rows, Strips.HEIGHT) - row;
        of.apply(x, xOffset + row * of.in, count, y, yOffset + row * of.out, 0, of.out);
      } else {
        // What does not fill a panel overlaps the panel before it: both are the last part's.
        int from = Workers.start(part, parts, of.wholePanels(), 1) * Gemm.PANEL;
        int end = Workers.start(part + 1, parts, of.wholePanels(), 1) * Gemm.PANEL;
        of.apply(x, xOffset, rows, y, yOffset, from, part == parts - 1 ? of.out : end);
      }
    }
  }
}
