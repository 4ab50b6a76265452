package dev.ordo.harness.sweep;

import dev.ordo.harness.bench.SequenceBenchmark;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log of all forks, which notices what a fork says about its warm-up. */
final class ForkLog extends OutputStream {

  private static final Pattern SAID =
      Pattern.compile(Pattern.quote(SequenceBenchmark.ACCOUNT) + " (\\d+) (\\d+) (\\d+)");

  private static final Pattern HELD =
      Pattern.compile(Pattern.quote(SequenceBenchmark.RETAINED) + " (\\d+)");

  private final PrintStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Diagnosis diagnosis = new Diagnosis();
  private boolean unsteady;
  private Optional<WarmUp> warmUp = Optional.empty();
  private OptionalLong retained = OptionalLong.empty();

  /**
   * What a fork did before its first iteration.
   *
   * @param setUpMillis making the model, in milliseconds
   * @param operations the operations until the workload was steady
   * @param millis their time, in milliseconds
   */
  record WarmUp(double setUpMillis, long operations, double millis) {}

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

  /** Returns what tells why a fork failed. */
  Diagnosis diagnosis() {
    return diagnosis;
  }

  /** Returns what a fork said about its warm-up since this was last asked. */
  synchronized Optional<WarmUp> warmUp() {
    Optional<WarmUp> said = warmUp;
    warmUp = Optional.empty();
    return said;
  }

  /** Returns the bytes that a fork said it holds since this was last asked. */
  synchronized OptionalLong retained() {
    OptionalLong said = retained;
    retained = OptionalLong.empty();
    return said;
  }

  @Override
  public synchronized void write(int octet) {
    out.write(octet);
    if (octet == '\n') {
      read(line.toString(StandardCharsets.UTF_8));
      line.reset();
    } else {
      line.write(octet);
    }
  }

  private void read(String text) {
    diagnosis.read(text);
    unsteady |= text.contains(SequenceBenchmark.UNSTEADY);
    Matcher held = HELD.matcher(text);
    if (held.find()) {
      retained = OptionalLong.of(Long.parseLong(held.group(1)));
    }
    Matcher said = SAID.matcher(text);
    if (said.find()) {
      warmUp =
          Optional.of(
              new WarmUp(
                  Long.parseLong(said.group(1)) / 1e3,
                  Long.parseLong(said.group(2)),
                  Long.parseLong(said.group(3)) / 1e3));
    }
  }

  @Override
  public void flush() {
    out.flush();
  }
}
