package dev.ordo.models;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what the current thread allocates on the heap. */
public final class Allocation {

  /**
   * The tag of tests that call this. Each class of them runs in a JVM of its own: where vectors of
   * several element types have been seen, the compilers of JDK 17 box vectors for good in whatever
   * they compile next.
   */
  public static final String TAG = "allocation";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a step may allocate at most, in bytes. */
  private static final long FEW = 100;

  private static final long AMPLE_NANOS = 30_000_000_000L;

  private Allocation() {}

  /**
   * Returns the bytes that a call allocates once it is compiled, or fewer than {@value #FEW}.
   *
   * @param call what to run; any state it changes must not make later calls fail
   */
  public static long bytesPerCall(Runnable call) {
    return bytesPerCall(call, FEW);
  }

  /**
   * Returns the bytes that a call allocates once it is compiled.
   *
   * <p>The compilers run beside the test, and vectors are boxed until they are done: calls go on
   * until a hundred of them allocate little enough or the compilers had ample time, and the best
   * hundred counts.
   *
   * @param call what to run; any state it changes must not make later calls fail
   * @param enough where fewer bytes than these are seen, the calls end
   */
  public static long bytesPerCall(Runnable call, long enough) {
    int calls = 100;
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    while (least >= enough && System.nanoTime() - start < AMPLE_NANOS) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / calls);
    }
    return least;
  }
}
