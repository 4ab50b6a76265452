package dev.ordo.harness.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while measuring: ends the running fork and holds the JVM until what was measured is
 * written.
 */
final class Interruption implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 30;

  /** A fork that hangs may not listen to a request to end. */
  private static final int KINDNESS_SECONDS = 5;

  private final CountDownLatch written = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "ordo-interruption");
  private final PrintStream console = System.err;
  private volatile boolean requested;

  /** Starts to listen. */
  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Returns whether the run is to end now. */
  boolean requested() {
    return requested;
  }

  private void stop() {
    requested = true;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      // A fork may be starting at this moment: what comes up after the first look is ended too.
      long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(KINDNESS_SECONDS);
      do {
        boolean kind = System.nanoTime() < patience;
        ProcessHandle.current()
            .descendants()
            .forEach(kind ? ProcessHandle::destroy : ProcessHandle::destroyForcibly);
      } while (!written.await(200, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
      if (written.getCount() > 0) {
        console.println(
            "ordo: gave up waiting for the results; 'ordo analyze' makes them from the journal");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops to listen: all is written. */
  @Override
  public void close() {
    written.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      requested = true;
    }
  }
}
