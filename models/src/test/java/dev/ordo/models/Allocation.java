package dev.ordo.models;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what the current thread allocates on the heap. */
public final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /**
   * Returns the bytes that a call allocates once it is compiled.
   *
   * <p>The compilers run beside the test, and vectors are boxed until they are done: the smallest
   * of many rounds counts, and rounds go on until one is free of allocation or there were enough.
   *
   * @param call what to run; any state it changes must not make later calls fail
   */
  public static long bytesPerCall(Runnable call) {
    int calls = 100;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 300 && least > 0; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / calls);
    }
    return least;
  }
}
