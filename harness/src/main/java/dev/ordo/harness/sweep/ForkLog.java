package dev.ordo.harness.sweep;

import dev.ordo.harness.bench.SequenceBenchmark;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The log of all forks, which notices what a fork says about its warm-up. */
final class ForkLog extends OutputStream {

  private final PrintStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean unsteady;

  /**
   * Makes a log.
   *
   * @param out where all of it goes
   */
  ForkLog(PrintStream out) {
    this.out = out;
  }

  /** Returns whether a fork said that it was not steady since this was last asked. */
  synchronized boolean unsteady() {
    boolean said = unsteady;
    unsteady = false;
    return said;
  }

  @Override
  public synchronized void write(int octet) {
    out.write(octet);
    if (octet == '\n') {
      unsteady |= line.toString(StandardCharsets.UTF_8).contains(SequenceBenchmark.UNSTEADY);
      line.reset();
    } else {
      line.write(octet);
    }
  }

  @Override
  public void flush() {
    out.flush();
  }
}
