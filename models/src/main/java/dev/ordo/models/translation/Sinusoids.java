package dev.ordo.models.translation;

/**
 * Marian's position embeddings: sines in the first half of a row, cosines in the second.
 *
 * <p>Source: Vaswani et al., <a href="https://arxiv.org/abs/1706.03762">Attention Is All You
 * Need</a> (2017), section 3.5; the order of columns as in the reference's {@code
 * MarianSinusoidalPositionalEmbedding}.
 */
final class Sinusoids {

  private Sinusoids() {}

  /**
   * Returns the rows of the first positions, shape (count, width), row-major.
   *
   * @throws ArithmeticException if there are 2³¹ values or more
   */
  static float[] rows(int count, int width) {
    float[] rows = new float[Math.multiplyExact(count, width)];
    int sines = (width + 1) / 2;
    for (int j = 0; j < width; j++) {
      int pair = j < sines ? j : j - sines;
      double period = Math.pow(10000, 2.0 * pair / width);
      for (int p = 0; p < count; p++) {
        double angle = p / period;
        rows[p * width + j] = (float) (j < sines ? Math.sin(angle) : Math.cos(angle));
      }
    }
    return rows;
  }
}
