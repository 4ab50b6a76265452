package dev.ordo.harness.bench;

import dev.ordo.models.kernel.Ceilings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A program that says how fast this machine multiplies and adds, and reads and writes: what {@link
 * Ceilings} reach. Of several short windows, spread over the time, the best counts, since a roof is
 * what can be reached.
 *
 * <p>For memory the threads walk over blocks that are together much larger than the last cache,
 * each window from where the one before ended; for the cache each thread goes over arrays of its
 * own, over and over. Of reading and triad the faster one counts; a triad is counted as STREAM
 * does, without the reading of what is overwritten.
 */
public final class PeakRates {

  /** Begins each line: threads, operations a second, bytes a second of memory and of a cache. */
  public static final String SAID = "ordo roof: ";

  /** Begins the line with the bytes that memory was measured over, and the floats of a vector. */
  public static final String SIZES = "ordo roof sizes: ";

  private static final int BLOCK_FLOATS = 2 << 20;

  /**
   * What part of the time making the blocks may take: their pages are touched for the first time.
   */
  private static final double ALLOCATION_PART = 0.35;

  private static final int ROUNDS = 12;

  /** From so many calls on the JVM compiles a method as well as it can, whatever its loops do. */
  private static final int WARMUP_CALLS = 6_000;

  private static final int WARMUP_STEPS = 16;

  private static final long LONGEST_WINDOW_NANOS = 20_000_000;
  private static final int STEPS = 2_000;

  private static volatile float sink;

  private final List<float[]> blocks = new ArrayList<>();
  private final int cacheFloats;

  private PeakRates(int cacheFloats) {
    this.cacheFloats = cacheFloats;
  }

  /**
   * Measures and prints.
   *
   * @param args the numbers of threads with commas between them, the bytes of main memory to walk
   *     over, the bytes of a cache that a thread has to itself, and about how many milliseconds all
   *     may take
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    int[] threads = Arrays.stream(args[0].split(",")).mapToInt(Integer::parseInt).toArray();
    long nanos = Long.parseLong(args[3]) * 1_000_000;
    PeakRates rates = new PeakRates((int) (Long.parseLong(args[2]) / Float.BYTES));
    warmUp();
    int kinds = rates.works(1).size();
    rates.allocate(Long.parseLong(args[1]), (long) (ALLOCATION_PART * nanos));
    System.out.println(SIZES + rates.bytes() + " " + Ceilings.lanes());
    List<List<Work>> works = Arrays.stream(threads).mapToObj(rates::works).toList();
    double[][] best = new double[threads.length][kinds];
    for (int round = 0; round < ROUNDS; round++) {
      long left = nanos - (System.nanoTime() - start);
      long windows = (long) (ROUNDS - round) * threads.length * kinds;
      long window = Math.max(1, Math.min(LONGEST_WINDOW_NANOS, left / windows));
      for (int i = 0; i < threads.length; i++) {
        for (int k = 0; k < kinds; k++) {
          best[i][k] = Math.max(best[i][k], rate(threads[i], window, works.get(i).get(k)));
        }
      }
    }
    for (int i = 0; i < threads.length; i++) {
      double cache = Math.max(best[i][1], best[i][2]);
      double memory = Math.max(best[i][3], best[i][4]);
      System.out.println(
          SAID
              + String.format(
                  Locale.ROOT, "%d %.4e %.4e %.4e", threads[i], best[i][0], memory, cache));
    }
  }

  /**
   * Has the loops compiled by many short calls: what is compiled in the midst of a long one keeps
   * its vectors on the heap.
   */
  private static void warmUp() {
    float[] a = new float[256];
    float[] b = new float[256];
    float[] c = new float[256];
    for (int call = 0; call < WARMUP_CALLS; call++) {
      sink = Ceilings.multiplyAdd(WARMUP_STEPS, call) + Ceilings.sum(a);
      Ceilings.triad(a, b, c, 0.5f);
    }
  }

  /** Returns arithmetic, reading and triad of a cache, and both of memory. */
  private List<Work> works(int threads) {
    Cache[] caches = IntStream.range(0, threads).mapToObj(t -> new Cache()).toArray(Cache[]::new);
    int[] next = IntStream.range(0, threads).toArray();
    return List.of(
        thread -> {
          sink = Ceilings.multiplyAdd(STEPS, thread);
          return (long) STEPS * Ceilings.flopsPerStep();
        },
        thread -> caches[thread].read(),
        thread -> caches[thread].triad(),
        thread -> {
          sink = Ceilings.sum(block(next[thread]));
          next[thread] += threads;
          return (long) BLOCK_FLOATS * Float.BYTES;
        },
        thread -> {
          int first = next[thread];
          next[thread] += 3 * threads;
          Ceilings.triad(block(first), block(first + threads), block(first + 2 * threads), 0.5f);
          return 3L * BLOCK_FLOATS * Float.BYTES;
        });
  }

  /** Makes blocks up to a number of bytes or for so long, three of them at least. */
  private void allocate(long bytes, long nanos) {
    long start = System.nanoTime();
    while (blocks.size() < 3 || (bytes() < bytes && System.nanoTime() - start < nanos)) {
      blocks.add(new float[BLOCK_FLOATS]);
    }
  }

  private long bytes() {
    return (long) blocks.size() * BLOCK_FLOATS * Float.BYTES;
  }

  private float[] block(int index) {
    return blocks.get(index % blocks.size());
  }

  /** Three arrays that fit a cache together. */
  private final class Cache {
    private final float[] a = new float[cacheFloats / 3];
    private final float[] b = new float[cacheFloats / 3];
    private final float[] c = new float[cacheFloats / 3];

    long read() {
      sink = Ceilings.sum(a) + Ceilings.sum(b) + Ceilings.sum(c);
      return 3L * a.length * Float.BYTES;
    }

    long triad() {
      Ceilings.triad(a, b, c, 0.5f);
      return 3L * a.length * Float.BYTES;
    }
  }

  /** Some work of a thread. */
  private interface Work {
    /** Does it and returns how much that was. */
    long run(int thread);
  }

  /** Returns how much work a second all threads do together within a window. */
  private static double rate(int threads, long nanos, Work work) {
    double[] rates = new double[threads];
    CyclicBarrier begin = new CyclicBarrier(threads);
    Thread[] others = new Thread[threads];
    for (int t = 1; t < threads; t++) {
      int thread = t;
      others[t] = new Thread(() -> rates[thread] = rate(thread, nanos, work, begin));
      others[t].start();
    }
    rates[0] = rate(0, nanos, work, begin);
    for (int t = 1; t < threads; t++) {
      try {
        others[t].join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("a measurement was interrupted", e);
      }
    }
    return DoubleStream.of(rates).sum();
  }

  private static double rate(int thread, long nanos, Work work, CyclicBarrier begin) {
    try {
      begin.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException("a measurement was interrupted", e);
    }
    long start = System.nanoTime();
    long done = 0;
    long spent;
    do {
      done += work.run(thread);
      spent = System.nanoTime() - start;
    } while (spent < nanos);
    return done * 1e9 / spent;
  }
}
