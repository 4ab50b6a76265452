package dev.ordo.models.kernel;

/**
 * The order in which recurrences keep a value for each state of each channel: channels lie side by
 * side in the lanes of a vector, and for each vector of channels there is the shape (states,
 * lanes); the last vector of channels may be narrower.
 *
 * @param channels the number of channels
 * @param states the number of complex states of a channel
 */
record ChannelLanes(int channels, int states) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  ChannelLanes {
    if (channels < 1) {
      throw new IllegalArgumentException("channels (" + channels + ") must be positive");
    }
    if (states < 1) {
      throw new IllegalArgumentException("states (" + states + ") must be positive");
    }
  }

  /**
   * Brings values into this order.
   *
   * @param name what they are called
   * @param values shape (channels, states), row-major, not modified
   * @throws IllegalArgumentException if there are more or fewer
   */
  float[] packed(String name, double[] values) {
    if (values.length != (long) channels * states) {
      throw new IllegalArgumentException(
          name
              + " ("
              + values.length
              + " values) must have channels × states = "
              + (long) channels * states);
    }
    float[] packed = new float[values.length];
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < states; n++) {
        packed[index(c, n)] = (float) values[c * states + n];
      }
    }
    return packed;
  }

  /** Returns where the value of a channel's state is. */
  int index(int c, int n) {
    int first = c / Lanes.COUNT * Lanes.COUNT;
    return first * states + n * Math.min(Lanes.COUNT, channels - first) + c - first;
  }
}
