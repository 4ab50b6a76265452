package dev.ordo.models.kernel;

/** Positions that follow each other, of which there are only so many. */
final class PositionRange {

  private PositionRange() {}

  /**
   * Checks positions.
   *
   * @param position the first
   * @param rows how many there are
   * @param limit the number of positions that exist
   * @throws IndexOutOfBoundsException if one is not in 0 … limit − 1
   */
  static void check(int position, int rows, int limit) {
    if (position < 0 || rows < 0 || rows > limit - position) {
      throw new IndexOutOfBoundsException(
          "positions "
              + position
              + ".."
              + ((long) position + rows - 1)
              + " must be in 0.."
              + (limit - 1));
    }
  }
}
