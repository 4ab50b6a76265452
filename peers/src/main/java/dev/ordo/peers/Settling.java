package dev.ordo.peers;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs a contender until the compiler is done with its vector code, which allocates a box for every
 * vector until then and is a hundred times slower.
 */
final class Settling {

  private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FEW_BYTES = 1024;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Settling() {}

  /**
   * Runs until the runs of a tenth of a second allocate less than a kilobyte each, or a time is
   * over. Does nothing for a contender that allocates by its nature.
   *
   * @param boundNanos the time, in nanoseconds
   */
  static void run(Contender contender, long boundNanos) {
    long start = System.nanoTime();
    boolean boxing = !contender.allocates();
    while (boxing && System.nanoTime() - start < boundNanos) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long begin = System.nanoTime();
      int runs = 0;
      do {
        contender.run();
        runs++;
      } while (System.nanoTime() - begin < BATCH_NANOS);
      boxing = THREADS.getCurrentThreadAllocatedBytes() - bytes > runs * FEW_BYTES;
    }
  }
}
