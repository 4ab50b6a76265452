package dev.ordo.harness.sweep;

import dev.ordo.harness.bench.ForkGuard;
import dev.ordo.harness.bench.NotFiniteException;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;

/** Finds out why a fork failed, from what it printed and how it ended. */
final class Diagnosis {

  /** What the JVM says where it lacks memory of another kind than the heap. */
  private static final Pattern NOT_HEAP = Pattern.compile("(?i)metaspace|class space|native");

  private static final Pattern HEAP = Pattern.compile(Pattern.quote(ForkGuard.HEAP) + " (\\d+)");

  private static final Pattern THREW =
      Pattern.compile(Pattern.quote(ForkGuard.THREW) + " (\\S+?)(?:: (.*))?$");

  /** What HotSpot prints when {@code -XX:+ExitOnOutOfMemoryError} ends it. */
  private static final Pattern EXHAUSTED =
      Pattern.compile("Terminating due to java\\.lang\\.OutOfMemoryError: (.*)");

  private static final Pattern COMPLAINT =
      Pattern.compile(
          "(?:Error|Unrecognized|Invalid|Conflicting|Improperly|Could not) .*|Error: .*");

  /** What JMH says of a JVM that ended without an error before it was to. */
  private static final String PREMATURE = "VM prematurely exited";

  private static final Pattern EXIT = Pattern.compile("Forked VM failed with exit code (-?\\d+)");

  /** The exit code of a process that a signal ended is the signal's number and this. */
  private static final int SIGNALLED = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 9,
          "SIGKILL", 11, "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  private Optional<Matcher> heap = Optional.empty();
  private Optional<Matcher> threw = Optional.empty();
  private Optional<Matcher> exhausted = Optional.empty();
  private Optional<String> complaint = Optional.empty();

  /** Forgets the fork before. */
  synchronized void begin() {
    heap = Optional.empty();
    threw = Optional.empty();
    exhausted = Optional.empty();
    complaint = Optional.empty();
  }

  /** Takes note of a line that a fork printed. */
  synchronized void read(String line) {
    String text = line.strip();
    heap = heap.or(() -> match(HEAP, text));
    threw = threw.or(() -> match(THREW, text));
    exhausted = exhausted.or(() -> match(EXHAUSTED, text));
    if (complaint.isEmpty() && COMPLAINT.matcher(text).matches()) {
      complaint = Optional.of(text);
    }
  }

  private static Optional<Matcher> match(Pattern pattern, String text) {
    // JMH may have begun the line with the name of the iteration.
    return Optional.of(pattern.matcher(text)).filter(Matcher::find);
  }

  /**
   * Returns why the fork failed.
   *
   * @param e what JMH says
   * @param limit the time limit, if the fork was ended because of it
   */
  synchronized Failure of(RunnerException e, Optional<Duration> limit) {
    if (exhausted.isPresent()) {
      return outOfMemory(exhausted.get().group(1));
    }
    if (threw.isPresent()) {
      return threw(threw.get().group(1), Optional.ofNullable(threw.get().group(2)).orElse(""));
    }
    if (limit.isPresent()) {
      return new Failure(
          Failure.Kind.TIMED_OUT,
          "timed out after " + Figures.value(limit.get().toNanos(), Unit.NANOS_PER_OP));
    }
    List<Throwable> causes = causes(e);
    for (Throwable cause : causes) {
      if (cause instanceof IOException
          && String.valueOf(cause.getMessage()).contains("No space left")) {
        return new Failure(Failure.Kind.DISK_FULL, "disk full: " + cause.getMessage());
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    Matcher exit = EXIT.matcher(String.valueOf(root.getMessage()));
    if (exit.find()) {
      return ended(Integer.parseInt(exit.group(1)));
    }
    if (root instanceof RunnerException || String.valueOf(root.getMessage()).contains(PREMATURE)) {
      return new Failure(Failure.Kind.EXITED, "the JVM ended before it had measured anything");
    }
    return threw(root.getClass().getName(), String.valueOf(root.getMessage()));
  }

  private Failure ended(int code) {
    if (code > SIGNALLED) {
      int signal = code - SIGNALLED;
      String name = SIGNALS.containsKey(signal) ? " (" + SIGNALS.get(signal) + ")" : "";
      String kernel = signal == 9 ? ", as the system does where memory is short" : "";
      return new Failure(
          Failure.Kind.KILLED, "the JVM was ended by signal " + signal + name + kernel);
    }
    return new Failure(
        Failure.Kind.EXITED,
        "the JVM ended with exit code " + code + complaint.map(text -> ": " + text).orElse(""));
  }

  private Failure threw(String type, String message) {
    String said = message.isEmpty() ? "" : ": " + message;
    if (type.equals(OutOfMemoryError.class.getName())) {
      return outOfMemory(message);
    }
    if (type.equals(NotFiniteException.class.getName())) {
      return new Failure(Failure.Kind.NOT_FINITE, message);
    }
    return new Failure(
        Failure.Kind.THREW, "threw " + type.substring(type.lastIndexOf('.') + 1) + said);
  }

  private Failure outOfMemory(String message) {
    if (NOT_HEAP.matcher(message).find()) {
      return new Failure(Failure.Kind.OUT_OF_MEMORY, "out of memory: " + message);
    }
    String most =
        heap.map(
                bytes ->
                    " of at most " + Figures.value(Double.parseDouble(bytes.group(1)), Unit.BYTES))
            .orElse("");
    return new Failure(
        Failure.Kind.OUT_OF_MEMORY, "out of memory with a heap" + most + ": " + message);
  }

  /** Returns an exception and what is behind it, JMH's own wrapping first. */
  private static List<Throwable> causes(Throwable e) {
    List<Throwable> causes = new ArrayList<>();
    Throwable next = e;
    while (next != null && !causes.contains(next)) {
      causes.add(next);
      next =
          next.getCause() != null
              ? next.getCause()
              : next.getSuppressed().length > 0 ? next.getSuppressed()[0] : null;
    }
    return causes;
  }
}
