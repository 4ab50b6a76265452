package dev.ordo.peers;

/** The selective scan in C: {@code src/main/c/scan.c}, compiled by {@code scripts/peers}. */
final class NativeScan {

  /** The system property that holds the path of the compiled library; absent without gcc. */
  static final String LIBRARY = "ordo.peers.scan";

  /** The system property that says what compiled it. */
  static final String COMPILER = "ordo.peers.compiler";

  static {
    System.load(System.getProperty(LIBRARY));
  }

  /** Channels that lie side by side in {@code a} and {@code h}; divides the channels. */
  static final int GROUP = 16;

  private NativeScan() {}

  /**
   * Scans.
   *
   * @param x shape (steps, channels)
   * @param dt shape (steps, channels)
   * @param bc B and C, shape (steps, 2, states)
   * @param a A, for each group of channels (states, GROUP)
   * @param skip shape (channels)
   * @param y shape (steps, channels), overwritten
   * @param h the state, laid out like {@code a}; overwritten
   */
  static native void scan(
      int steps,
      int channels,
      int states,
      float[] x,
      float[] dt,
      float[] bc,
      float[] a,
      float[] skip,
      float[] y,
      float[] h);
}
