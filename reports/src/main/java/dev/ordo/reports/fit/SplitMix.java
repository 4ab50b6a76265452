package dev.ordo.reports.fit;

/**
 * A fast source of random numbers for resampling: SplitMix64 (Steele, Lea and Flood, <i>Fast
 * Splittable Pseudorandom Number Generators</i>, OOPSLA 2014).
 *
 * <p>Written out so that results are the same on every Java: the classes of the JDK may change how
 * they make small integers and normal numbers.
 */
final class SplitMix {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;
  private double spare = Double.NaN;

  SplitMix(long seed) {
    state = seed;
  }

  /** Returns 64 random bits. */
  long nextLong() {
    state += GOLDEN;
    long bits = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }

  /**
   * Returns a number in 0 … bound − 1, each as likely as the next to within bound/2³².
   *
   * @param bits 32 random bits, in the lower half
   */
  static int below(int bound, long bits) {
    return (int) ((bits & 0xffffffffL) * bound >>> 32);
  }

  /** Returns a standard normal number, by Marsaglia's polar method. */
  double nextGaussian() {
    if (!Double.isNaN(spare)) {
      double kept = spare;
      spare = Double.NaN;
      return kept;
    }
    while (true) {
      double x = (nextLong() >> 11) * 0x1p-52;
      double y = (nextLong() >> 11) * 0x1p-52;
      double square = x * x + y * y;
      if (square < 1 && square > 0) {
        double factor = Math.sqrt(-2 * Math.log(square) / square);
        spare = y * factor;
        return x * factor;
      }
    }
  }
}
