package dev.ordo.harness.bench;

import java.io.IOException;

/** What a forked JVM tells the program that started it, and that it does not outlive it. */
public final class ForkGuard {

  /** What a fork prints before the most bytes that its heap may take. */
  public static final String HEAP = "ordo: heap";

  /** What a fork prints before the class and the message of what a model threw. */
  public static final String THREW = "ordo: the model threw";

  private static final int ORPHANED = 3;

  private ForkGuard() {}

  /**
   * Tells the size of the heap, and from now on ends this JVM, and all processes that it started,
   * once the program that started it is gone: the pipe that is this JVM's standard input ends then.
   * Nobody writes to it.
   */
  static void enter() {
    System.out.println(HEAP + " " + Runtime.getRuntime().maxMemory());
    Thread watch = new Thread(ForkGuard::outliveNobody, "ordo-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static void outliveNobody() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // A pipe that cannot be read has nobody at its other end either.
      System.out.println("ordo: the standard input cannot be read: " + e.getMessage());
    }
    ProcessHandle.current().descendants().toList().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(ORPHANED);
  }

  /**
   * Prints what a model threw, and returns it as an exception that every JVM can read: the one that
   * started this one may lack the class.
   */
  static RuntimeException told(Throwable thrown) {
    String text =
        String.valueOf(thrown.getMessage() == null ? "" : ": " + thrown.getMessage())
            .replaceAll("\\s*\\R\\s*", " ");
    String line = thrown.getClass().getName() + text;
    System.out.println(THREW + " " + line);
    thrown.printStackTrace();
    return new IllegalStateException(line);
  }
}
