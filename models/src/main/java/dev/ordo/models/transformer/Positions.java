package dev.ordo.models.transformer;

/** Learned position embeddings: rows of a checkpoint, or random rows made when they are needed. */
interface Positions {

  /** Returns the number of positions that there are. */
  int limit();

  /**
   * Returns the rows of the first positions.
   *
   * @param count how many, at most {@link #limit}
   * @return shape (at least count, d), row-major; not to be modified
   */
  float[] first(int count);

  /** Positions of a checkpoint: {@code table} of shape (limit, width), not modified. */
  static Positions of(float[] table, int width) {
    return new Positions() {
      @Override
      public int limit() {
        return table.length / width;
      }

      @Override
      public float[] first(int count) {
        return table;
      }
    };
  }

  /** Random positions: row p depends on seed and p alone, so no row is made before it is needed. */
  static Positions random(int width, long seed) {
    return new Positions() {
      @Override
      public int limit() {
        return Math.min(Gpt2.MOST_RANDOM_POSITIONS, (Integer.MAX_VALUE - 8) / width);
      }

      @Override
      public float[] first(int count) {
        float[] table = new float[count * width];
        for (int p = 0; p < count; p++) {
          float[] row = Gpt2Weights.normal(width, Gpt2Weights.DEVIATION, seed, Gpt2.POSITIONS + p);
          System.arraycopy(row, 0, table, p * width, width);
        }
        return table;
      }
    };
  }
}
