package dev.ordo.models.kernel;

/**
 * The gradients of {@link LayerNorm} and {@link RmsNorm}. With x̂ the normalised row before gain
 * and bias, r what it was divided by, g the gain and s = dy·g:
 *
 * <pre>
 * dg += dy·x̂,  db += dy
 * layer norm:  dx = (s − mean(s) − x̂·mean(s·x̂)) / r
 * RMS norm:    dx = (s − x̂·mean(s·x̂)) / r
 * </pre>
 */
public final class NormGradient {

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
      float[] dBias) {
    int d = gain.length;
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      double sum = 0;
      for (int i = 0; i < d; i++) {
        sum += x[row + i];
      }
      float mean = (float) (sum / d);
      double squares = 0;
      for (int i = 0; i < d; i++) {
        squares += (x[row + i] - mean) * (x[row + i] - mean);
      }
      float inverse = (float) (1 / Math.sqrt(squares / d + epsilon));
      double sums = 0;
      double products = 0;
      for (int i = 0; i < d; i++) {
        float normed = (x[row + i] - mean) * inverse;
        float s = dy[row + i] * gain[i];
        sums += s;
        products += s * normed;
        dGain[i] += dy[row + i] * normed;
        dBias[i] += dy[row + i];
      }
      float average = (float) (sums / d);
      float along = (float) (products / d);
      for (int i = 0; i < d; i++) {
        float normed = (x[row + i] - mean) * inverse;
        dx[row + i] += (dy[row + i] * gain[i] - average - normed * along) * inverse;
      }
    }
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
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void rms(
      float[] x, float[] gain, float epsilon, float[] dy, int rows, float[] dx, float[] dGain) {
    int d = gain.length;
    for (int r = 0; r < rows; r++) {
      int row = r * d;
      double squares = 0;
      for (int i = 0; i < d; i++) {
        squares += x[row + i] * x[row + i];
      }
      float inverse = (float) (1 / Math.sqrt(squares / d + epsilon));
      double products = 0;
      for (int i = 0; i < d; i++) {
        float normed = x[row + i] * inverse;
        products += dy[row + i] * gain[i] * normed;
        dGain[i] += dy[row + i] * normed;
      }
      float along = (float) (products / d);
      for (int i = 0; i < d; i++) {
        dx[row + i] += (dy[row + i] * gain[i] - x[row + i] * inverse * along) * inverse;
      }
    }
  }
}
