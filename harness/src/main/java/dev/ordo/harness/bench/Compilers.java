package dev.ordo.harness.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The time that the just-in-time compilers of this JVM have spent.
 *
 * <p>The platform's own figure moves only when a compilation ends, and one of vector code may take
 * half a second. On Linux the processor time of the compiler threads tells it while it goes on.
 */
final class Compilers {

  private static final Path TASKS = Path.of("/proc/self/task");

  private Compilers() {}

  /** Returns a source of the time spent so far, in nanoseconds; it may fall when a thread ends. */
  static LongSupplier nanos() {
    if (Files.isReadable(TASKS) && threadNanos() > 0) {
      return Compilers::threadNanos;
    }
    CompilationMXBean bean = ManagementFactory.getCompilationMXBean();
    return bean == null || !bean.isCompilationTimeMonitoringSupported()
        ? () -> 0
        : () -> bean.getTotalCompilationTime() * 1_000_000;
  }

  private static long threadNanos() {
    long sum = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        sum += nanos(task);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  /**
   * Returns the processor time of a compiler thread, and 0 of any other and of one that has ended.
   */
  private static long nanos(Path task) throws IOException {
    try {
      String name = Files.readString(task.resolve("comm"));
      if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
        return 0;
      }
      String times = Files.readString(task.resolve("schedstat"));
      return Long.parseLong(times, 0, times.indexOf(' '), 10);
    } catch (IOException e) {
      // A thread that ends while its file is open makes the read fail, not the opening.
      if (Files.exists(task)) {
        throw e;
      }
      return 0;
    }
  }
}
