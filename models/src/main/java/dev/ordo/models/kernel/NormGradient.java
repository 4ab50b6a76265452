package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradients of {@link LayerNorm} and {@link RmsNorm}. With x̂ the normalised row before gain
 * and bias, r what it was divided by, g the gain and s = dy·g:
 *
 * <pre>
 * dg += dy·x̂,  db += dy
 * layer norm:  dx = (s − mean(s) − x̂·mean(s·x̂)) / r
 * RMS norm:    dx = (s − x̂·mean(s·x̂)) / r
 * </pre>
 *
 * <p>Split over {@link Workers}: dx by rows, dg and db by columns, so that no sum is cut.
 */
public final class NormGradient {

  /** About what one value costs in each of the two halves. */
  private static final double OPERATIONS = 10;

  private NormGradient() {}

  /**
   * Adds the gradients of layer normalisation.
   *
   * @param x its input, shape (rows, d), row-major, not modified
   * @param gain g, shape (d), not modified
   * @param epsilon ε
   * @param dy the gradient of its output, shape (rows, d), not modified
   * @param rows the number of rows
   * @param dx shape (rows, d), added to
   * @param dGain shape (d), added to
   * @param dBias shape (d), added to
   * @param scratch of {@link #scratchSize} floats
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void layer(
      float[] x,
      float[] gain,
      float epsilon,
      float[] dy,
      int rows,
      float[] dx,
      float[] dGain,
      float[] dBias,
      float[] scratch) {
    run(true, x, gain, epsilon, dy, rows, dx, dGain, scratch);
    RowSums.add(dy, gain.length, rows, gain.length, dBias, 0);
  }

  /**
   * Adds the gradients of root-mean-square normalisation.
   *
   * @param x its input, shape (rows, d), row-major, not modified
   * @param gain g, shape (d), not modified
   * @param epsilon ε
   * @param dy the gradient of its output, shape (rows, d), not modified
   * @param rows the number of rows
   * @param dx shape (rows, d), added to
   * @param dGain shape (d), added to
   * @param scratch of {@link #scratchSize} floats
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void rms(
      float[] x,
      float[] gain,
      float epsilon,
      float[] dy,
      int rows,
      float[] dx,
      float[] dGain,
      float[] scratch) {
    run(false, x, gain, epsilon, dy, rows, dx, dGain, scratch);
  }

  /** Returns the floats of scratch memory that a number of rows needs. */
  public static int scratchSize(int rows) {
    return Math.multiplyExact(2, rows);
  }

  private static void run(
      boolean centred,
      float[] x,
      float[] gain,
      float epsilon,
      float[] dy,
      int rows,
      float[] dx,
      float[] dGain,
      float[] scratch) {
    int d = gain.length;
    int byRows = Workers.parts(OPERATIONS * rows * d, rows);
    int unit = 2 * Lanes.COUNT;
    int byColumns = Workers.parts(OPERATIONS * rows * d, (d + unit - 1) / unit);
    if (byRows == 1) {
      rows(centred, x, gain, epsilon, dy, 0, rows, dx, scratch);
    } else {
      Workers.each(
          byRows,
          part -> {
            int from = Workers.start(part, byRows, rows, 1);
            int to = Workers.start(part + 1, byRows, rows, 1);
            rows(centred, x, gain, epsilon, dy, from, to, dx, scratch);
          });
    }
    if (byColumns == 1) {
      columns(x, dy, scratch, rows, d, 0, d, dGain);
    } else {
      Workers.each(
          byColumns,
          part -> {
            int from = Workers.start(part, byColumns, d, unit);
            int to = Workers.start(part + 1, byColumns, d, unit);
            columns(x, dy, scratch, rows, d, from, to, dGain);
          });
    }
  }

  /**
   * Adds to dx, and leaves of each row 1/r and −mean/r in {@code scratch}: x̂ = x·(1/r) − mean/r.
   */
  private static void rows(
      boolean centred,
      float[] x,
      float[] gain,
      float epsilon,
      float[] dy,
      int from,
      int to,
      float[] dx,
      float[] scratch) {
    int d = gain.length;
    int whole = Lanes.VECTORS ? d - d % Lanes.COUNT : 0;
    for (int r = from; r < to; r++) {
      int row = r * d;
      float mean = 0;
      if (centred) {
        float sum = whole > 0 ? Vectors.sum(x, row, whole) : 0;
        for (int i = whole; i < d; i++) {
          sum += x[row + i];
        }
        mean = sum / d;
      }
      float squares = whole > 0 ? Vectors.squares(x, row, whole, mean) : 0;
      for (int i = whole; i < d; i++) {
        squares += (x[row + i] - mean) * (x[row + i] - mean);
      }
      float inverse = (float) (1 / Math.sqrt(squares / d + epsilon));
      float shift = -mean * inverse;
      float sums = centred && whole > 0 ? Vectors.dot(dy, row, gain, whole) : 0;
      float products = whole > 0 ? Vectors.products(x, dy, row, gain, whole, inverse, shift) : 0;
      for (int i = whole; i < d; i++) {
        float s = dy[row + i] * gain[i];
        sums += s;
        products += s * (x[row + i] * inverse + shift);
      }
      float average = centred ? sums / d : 0;
      float along = products / d;
      if (whole > 0) {
        Vectors.add(x, dy, row, gain, whole, inverse, shift, average, along, dx);
      }
      for (int i = whole; i < d; i++) {
        float normed = x[row + i] * inverse + shift;
        dx[row + i] += (dy[row + i] * gain[i] - average - normed * along) * inverse;
      }
      scratch[2 * r] = inverse;
      scratch[2 * r + 1] = shift;
    }
  }

  /** Adds Σ dy·x̂ over all rows to some columns of dg. */
  private static void columns(
      float[] x, float[] dy, float[] scratch, int rows, int d, int from, int to, float[] dGain) {
    int i = Lanes.VECTORS ? Vectors.columns(x, dy, scratch, rows, d, from, to, dGain) : from;
    for (; i < to; i++) {
      float sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += dy[r * d + i] * (x[r * d + i] * scratch[2 * r] + scratch[2 * r + 1]);
      }
      dGain[i] += sum;
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static float sum(float[] x, int row, int count) {
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = 0; i < count; i += LANES) {
        sums = sums.add(FloatVector.fromArray(SPECIES, x, row + i));
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }

    static float squares(float[] x, int row, int count, float mean) {
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = 0; i < count; i += LANES) {
        FloatVector centred = FloatVector.fromArray(SPECIES, x, row + i).sub(mean);
        sums = centred.fma(centred, sums);
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }

    static float dot(float[] dy, int row, float[] gain, int count) {
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = 0; i < count; i += LANES) {
        sums =
            FloatVector.fromArray(SPECIES, dy, row + i)
                .fma(FloatVector.fromArray(SPECIES, gain, i), sums);
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }

    static float products(
        float[] x, float[] dy, int row, float[] gain, int count, float inverse, float shift) {
      FloatVector factors = FloatVector.broadcast(SPECIES, inverse);
      FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = 0; i < count; i += LANES) {
        FloatVector normed = FloatVector.fromArray(SPECIES, x, row + i).fma(factors, shifts);
        sums =
            FloatVector.fromArray(SPECIES, dy, row + i)
                .mul(FloatVector.fromArray(SPECIES, gain, i))
                .fma(normed, sums);
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }

    static void add(
        float[] x,
        float[] dy,
        int row,
        float[] gain,
        int count,
        float inverse,
        float shift,
        float average,
        float along,
        float[] dx) {
      FloatVector factors = FloatVector.broadcast(SPECIES, inverse);
      FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
      FloatVector averages = FloatVector.broadcast(SPECIES, -average);
      FloatVector back = FloatVector.broadcast(SPECIES, -along);
      for (int i = 0; i < count; i += LANES) {
        FloatVector normed = FloatVector.fromArray(SPECIES, x, row + i).fma(factors, shifts);
        FloatVector slope =
            FloatVector.fromArray(SPECIES, dy, row + i)
                .fma(FloatVector.fromArray(SPECIES, gain, i), averages);
        normed
            .fma(back, slope)
            .fma(factors, FloatVector.fromArray(SPECIES, dx, row + i))
            .intoArray(dx, row + i);
      }
    }

    /** Two vectors of columns at a time, then one; returns the column that it came to. */
    static int columns(
        float[] x, float[] dy, float[] scratch, int rows, int d, int from, int to, float[] dGain) {
      int i = from;
      for (; i <= to - 2 * LANES; i += 2 * LANES) {
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = FloatVector.zero(SPECIES);
        for (int r = 0; r < rows; r++) {
          int at = r * d + i;
          FloatVector factors = FloatVector.broadcast(SPECIES, scratch[2 * r]);
          FloatVector shifts = FloatVector.broadcast(SPECIES, scratch[2 * r + 1]);
          FloatVector n0 = FloatVector.fromArray(SPECIES, x, at).fma(factors, shifts);
          FloatVector n1 = FloatVector.fromArray(SPECIES, x, at + LANES).fma(factors, shifts);
          s0 = FloatVector.fromArray(SPECIES, dy, at).fma(n0, s0);
          s1 = FloatVector.fromArray(SPECIES, dy, at + LANES).fma(n1, s1);
        }
        s0.add(FloatVector.fromArray(SPECIES, dGain, i)).intoArray(dGain, i);
        s1.add(FloatVector.fromArray(SPECIES, dGain, i + LANES)).intoArray(dGain, i + LANES);
      }
      for (; i <= to - LANES; i += LANES) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int r = 0; r < rows; r++) {
          int at = r * d + i;
          FloatVector factors = FloatVector.broadcast(SPECIES, scratch[2 * r]);
          FloatVector shifts = FloatVector.broadcast(SPECIES, scratch[2 * r + 1]);
          FloatVector normed = FloatVector.fromArray(SPECIES, x, at).fma(factors, shifts);
          sum = FloatVector.fromArray(SPECIES, dy, at).fma(normed, sum);
        }
        sum.add(FloatVector.fromArray(SPECIES, dGain, i)).intoArray(dGain, i);
      }
      return i;
    }
  }
}
