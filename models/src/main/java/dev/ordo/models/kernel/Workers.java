package dev.ordo.models.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The threads that kernels split their work over: a fixed number, the calling one included.
 *
 * <p>The number is the system property {@value #PROPERTY}, 1 if it is not set. Kernels split where
 * no sum is cut in two, so their results are bitwise equal for every number of threads.
 */
public final class Workers {

  /** The system property that holds the number of threads. */
  public static final String PROPERTY = "ordo.threads";

  private static final int MOST_THREADS = 1024;

  /**
   * The fewest operations worth a thread's while: 2¹⁹ take 5 to 50 µs, while handing work to a
   * thread that is waiting for it takes about 1 µs, and waking one up 5 to 50 µs.
   */
  private static final double WORTHWHILE = 1 << 19;

  private static final int THREADS = threads(System.getProperty(PROPERTY, "1"));

  private static volatile boolean alone = THREADS == 1;

  private Workers() {}

  /** Returns the number of threads. */
  public static int threads() {
    return THREADS;
  }

  /**
   * Returns the number of threads that work is split over at present: 1 after {@link #alone
   * alone(true)}. What brings threads of its own, such as a native library, is to use as many.
   */
  public static int active() {
    return alone ? 1 : THREADS;
  }

  /**
   * Lets the calling thread do all work from now on, or all threads again. Sessions that are open
   * stay as they are, so that the same work can be timed in turns on one thread and on all.
   */
  public static void alone(boolean oneThread) {
    alone = oneThread || THREADS == 1;
  }

  /**
   * Returns into how many parts work is best cut: 1 if there is one thread or too little to do.
   *
   * @param operations about how many floating-point operations there are
   * @param most the largest number of parts that it can be cut into
   */
  public static int parts(double operations, int most) {
    if (alone || operations < 2 * WORTHWHILE) {
      return 1;
    }
    return Math.max(1, (int) Math.min(Math.min(THREADS, most), operations / WORTHWHILE));
  }

  /**
   * Returns where a part begins, if {@code count} things are cut into parts of whole units that
   * differ by at most one unit.
   *
   * @param part 0 … parts; the end of a part is the beginning of the next
   * @param parts the number of parts
   * @param count how many things there are
   * @param unit things that must not be separated; the last unit may have fewer
   */
  public static int start(int part, int parts, int count, int unit) {
    long units = ((long) count + unit - 1) / unit;
    return (int) Math.min(count, units * part / parts * unit);
  }

  /**
   * Runs a task for each of the numbers 0 … tasks−1, on all threads at once, and waits for them. In
   * which order, and on which thread, is not said. If other work is under way (another thread's, or
   * the task's own caller's) this thread does all itself. Allocates nothing.
   *
   * @param tasks the number of tasks
   * @param task is called by several threads at once; what it throws first is thrown here once all
   *     tasks have ended, the first in time if there are several
   */
  public static void each(int tasks, IntConsumer task) {
    if (alone || tasks < 2 || !Shared.POOL.run(tasks, task)) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
    }
  }

  static int threads(String value) {
    int threads;
    try {
      threads = Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      threads = 0;
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          PROPERTY + " (" + value + ") must be in 1.." + MOST_THREADS);
    }
    return threads;
  }

  /** Starts the threads when they are first needed. */
  private static final class Shared {
    static final Pool POOL = new Pool(THREADS);
  }

  /** A fixed number of daemon threads that help a caller with its tasks. */
  static final class Pool {

    /** How long a thread looks for work, or for the end of it, before it goes to sleep. */
    private static final long SPIN_NANOS = 100_000;

    private static final int HELD = 32;
    private static final long UNCLAIMED = (1L << HELD) - 1;

    private final AtomicBoolean taken = new AtomicBoolean();

    /** In the upper half the number of the job, in the lower how many tasks nobody has claimed. */
    private final AtomicLong state = new AtomicLong();

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Helper[] helpers;
    private volatile IntConsumer task;
    private volatile Thread waiting;

    Pool(int threads) {
      helpers = new Helper[threads - 1];
      for (int i = 0; i < helpers.length; i++) {
        helpers[i] = new Helper("ordo-worker-" + (i + 1));
        helpers[i].start();
      }
    }

    /** Returns false, having done nothing, if the pool is busy. */
    boolean run(int tasks, IntConsumer job) {
      if (!taken.compareAndSet(false, true)) {
        return false;
      }
      try {
        task = job;
        unfinished.set(tasks);
        state.set(((state.get() >>> HELD) + 1 << HELD) + tasks);
        for (int i = 0; i < Math.min(helpers.length, tasks - 1); i++) {
          helpers[i].wake();
        }
        runAll();
        awaitEnd();
        Throwable thrown = failure.getAndSet(null);
        if (thrown instanceof Error error) {
          throw error;
        }
        if (thrown != null) {
          throw (RuntimeException) thrown;
        }
        return true;
      } finally {
        task = null;
        taken.set(false);
      }
    }

    /**
     * Claims tasks and runs them until none is left. The task is read only once it is claimed: from
     * then until it is finished no other job can begin.
     */
    private void runAll() {
      for (long seen = state.get(); (seen & UNCLAIMED) != 0; seen = state.get()) {
        if (state.compareAndSet(seen, seen - 1)) {
          try {
            task.accept((int) (seen & UNCLAIMED) - 1);
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
          }
          if (unfinished.decrementAndGet() == 0) {
            LockSupport.unpark(waiting);
          }
        }
      }
    }

    private void awaitEnd() {
      long start = System.nanoTime();
      while (unfinished.get() > 0 && System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      }
      if (unfinished.get() > 0) {
        waiting = Thread.currentThread();
        while (unfinished.get() > 0) {
          LockSupport.park(this);
        }
        waiting = null;
      }
    }

    private final class Helper extends Thread {

      private volatile boolean asleep;

      Helper(String name) {
        super(name);
        setDaemon(true);
      }

      void wake() {
        if (asleep) {
          LockSupport.unpark(this);
        }
      }

      @Override
      public void run() {
        while (true) {
          long start = System.nanoTime();
          while ((state.get() & UNCLAIMED) == 0 && System.nanoTime() - start < SPIN_NANOS) {
            Thread.onSpinWait();
          }
          asleep = true;
          while ((state.get() & UNCLAIMED) == 0) {
            LockSupport.park(this);
          }
          asleep = false;
          runAll();
        }
      }
    }
  }
}
