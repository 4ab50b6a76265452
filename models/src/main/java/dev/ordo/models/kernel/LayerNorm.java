package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Layer normalisation with gain and bias: y = (x − mean) / √(variance + ε) · g + b over each row.
 * Immutable.
 *
 * <p>Source: Ba, Kiros and Hinton, <a href="https://arxiv.org/abs/1607.06450">Layer
 * Normalization</a> (2016), equation 4 over one token; the variance is divided by d, not d − 1.
 */
public final class LayerNorm {

  /** About what one value costs. */
  private static final double OPERATIONS = 8;

  private final float[] gain;
  private final float[] bias;
  private final float epsilon;

  /**
   * Makes a normalisation over rows of d values.
   *
   * @param gain g, shape (d), copied
   * @param bias b, shape (d), copied
   * @param epsilon ε, positive
   * @throws IllegalArgumentException if gain and bias differ in length or are empty, or {@code
   *     epsilon} is not positive
   */
  public LayerNorm(float[] gain, float[] bias, float epsilon) {
    if (gain.length < 1) {
      throw new IllegalArgumentException("gain (0 values) must not be empty");
    }
    if (bias.length != gain.length) {
      throw new IllegalArgumentException(
          "bias (" + bias.length + " values) must be as long as gain (" + gain.length + ")");
    }
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon (" + epsilon + ") must be positive");
    }
    this.gain = gain.clone();
    this.bias = bias.clone();
    this.epsilon = epsilon;
  }

  /**
   * Normalises some rows. Allocates nothing.
   *
   * @param x shape (rows, d), row-major, not modified unless it is also y
   * @param xOffset where x begins in its array
   * @param rows the number of rows
   * @param y shape (rows, d), row-major, overwritten; may be x at the same offset
   * @param yOffset where y begins in its array
   * @throws IndexOutOfBoundsException if x or y does not lie within its array
   */
  public void apply(float[] x, int xOffset, int rows, float[] y, int yOffset) {
    int parts = Workers.parts(OPERATIONS * rows * gain.length, rows);
    if (parts == 1) {
      rows(x, xOffset, 0, rows, y, yOffset);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, rows, 1);
          rows(x, xOffset, from, Workers.start(part + 1, parts, rows, 1), y, yOffset);
        });
  }

  private void rows(float[] x, int xOffset, int from, int to, float[] y, int yOffset) {
    for (int r = from; r < to; r++) {
      row(x, xOffset + r * gain.length, y, yOffset + r * gain.length);
    }
  }

  private void row(float[] x, int xOffset, float[] y, int yOffset) {
    int d = gain.length;
    int whole = Lanes.VECTORS ? d - d % Lanes.COUNT : 0;
    float sum = whole > 0 ? Vectors.sum(x, xOffset, whole) : 0;
    for (int i = whole; i < d; i++) {
      sum += x[xOffset + i];
    }
    float mean = sum / d;
    float square = whole > 0 ? Vectors.squares(x, xOffset, whole, mean) : 0;
    for (int i = whole; i < d; i++) {
      square += (x[xOffset + i] - mean) * (x[xOffset + i] - mean);
    }
    float inverse = (float) (1 / Math.sqrt(square / d + epsilon));
    if (whole > 0) {
      Vectors.scale(x, xOffset, whole, mean, inverse, gain, bias, y, yOffset);
    }
    for (int i = whole; i < d; i++) {
      y[yOffset + i] = (x[xOffset + i] - mean) * inverse * gain[i] + bias[i];
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static float sum(float[] x, int offset, int length) {
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = 0; i < length; i += LANES) {
        sums = sums.add(FloatVector.fromArray(SPECIES, x, offset + i));
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }

    static float squares(float[] x, int offset, int length, float mean) {
      FloatVector squares = FloatVector.zero(SPECIES);
      for (int i = 0; i < length; i += LANES) {
        FloatVector centred = FloatVector.fromArray(SPECIES, x, offset + i).sub(mean);
        squares = centred.fma(centred, squares);
      }
      return squares.reduceLanes(VectorOperators.ADD);
    }

    static void scale(
        float[] x,
        int xOffset,
        int length,
        float mean,
        float inverse,
        float[] gain,
        float[] bias,
        float[] y,
        int yOffset) {
      for (int i = 0; i < length; i += LANES) {
        FloatVector.fromArray(SPECIES, x, xOffset + i)
            .sub(mean)
            .mul(inverse)
            .fma(FloatVector.fromArray(SPECIES, gain, i), FloatVector.fromArray(SPECIES, bias, i))
            .intoArray(y, yOffset + i);
      }
    }
  }
}
