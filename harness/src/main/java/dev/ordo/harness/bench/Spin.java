package dev.ordo.harness.bench;

/**
 * A program that does the same arithmetic over and over and says how long it took: what it tells
 * about is the machine. It touches no memory, allocates nothing and has no length.
 *
 * <p>Each operation is a chain of multiplications that need each other, modulo 2⁶⁴ with Knuth's
 * constants for MMIX; the chain is as fast as the processor's clock lets it be.
 */
public final class Spin {

  /** Begins each line that holds the time of an operation, in nanoseconds. */
  public static final String SAID = "ordo spin: ";

  private static final int STEPS = 1_000_000;
  private static final long WARMUP_NANOS = 150_000_000;

  private Spin() {}

  /**
   * Warms up, then prints the time of an operation in each of some iterations.
   *
   * @param args the number of iterations, and the least length of one in milliseconds
   */
  public static void main(String[] args) {
    int iterations = Integer.parseInt(args[0]);
    long nanos = Long.parseLong(args[1]) * 1_000_000;
    long state = 1;
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARMUP_NANOS) {
      state = spin(state);
    }
    double[] perOp = new double[iterations];
    for (int i = 0; i < iterations; i++) {
      long operations = 0;
      long spent;
      start = System.nanoTime();
      do {
        state = spin(state);
        operations++;
        spent = System.nanoTime() - start;
      } while (spent < nanos);
      perOp[i] = (double) spent / operations;
    }
    for (double value : perOp) {
      System.out.println(SAID + value);
    }
    // A state that nobody sees need not be computed.
    System.err.println(state);
  }

  private static long spin(long state) {
    long next = state;
    for (int i = 0; i < STEPS; i++) {
      next = next * 6364136223846793005L + 1442695040888963407L;
    }
    return next;
  }
}
