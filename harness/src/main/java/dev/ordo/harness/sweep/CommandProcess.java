package dev.ordo.harness.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A running command that answers requests: one line in, one line out. */
final class CommandProcess implements AutoCloseable {

  /** The answer to a request that the command does not do. */
  static final String UNSUPPORTED = "unsupported";

  private static final Pattern NUMBER =
      Pattern.compile("\\+?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  /** A longer line is no number. */
  private static final int LONGEST_LINE = 200;

  /** What writes so many lines that nobody asked for is not listened to any longer. */
  private static final int MOST_LINES = 1000;

  /** What a signal ended has this exit code and the number of the signal. */
  private static final int SIGNALLED = 128;

  /** How long a process has to end by itself once there is nothing more to read. */
  private static final long PATIENCE_MILLIS = 2000;

  private final Process process;
  private final PrintStream log;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final Thread errors;
  private volatile String lastError = "";

  private CommandProcess(Process process, PrintStream log) {
    this.process = process;
    this.log = log;
    start(this::readOutput, "ordo-command-output");
    this.errors = start(this::readErrors, "ordo-command-errors");
  }

  /** A command did not measure; the reason says what was expected and what was found. */
  static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure.Kind kind;

    NoAnswer(Failure.Kind kind, String message) {
      super(message);
      this.kind = kind;
    }

    /** Returns the failure of the fork. */
    Failure failure() {
      return new Failure(kind, getMessage());
    }
  }

  /**
   * Starts a command.
   *
   * @param words program and arguments
   * @param environment variables that are added to this process's own
   * @param log takes what the command writes to its standard error
   * @throws NoAnswer if it cannot be started
   */
  static CommandProcess start(List<String> words, Map<String, String> environment, PrintStream log)
      throws NoAnswer {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    try {
      return new CommandProcess(builder.start(), log);
    } catch (IOException e) {
      throw new NoAnswer(Failure.Kind.OTHER, "the command cannot be started: " + e.getMessage());
    }
  }

  /**
   * Asks for one measurement.
   *
   * @param request a line without its end
   * @param limit how long the answer may take
   * @return nanoseconds, positive; nothing if the command does not do what it is asked for
   * @throws NoAnswer if there is no answer in time, or it is something else
   */
  OptionalDouble nanos(String request, Duration limit) throws NoAnswer {
    Optional<String> early = lines.peek();
    if (early != null && early.isPresent()) {
      throw new NoAnswer(
          Failure.Kind.OTHER,
          "expected nothing before '"
              + request
              + "' was asked, found the line '"
              + early.get()
              + "'");
    }
    try {
      process.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      // A process that has ended reads no more; what it has left to say says why.
    }
    String line = answer(request, limit).strip();
    if (line.equalsIgnoreCase(UNSUPPORTED)) {
      return OptionalDouble.empty();
    }
    double nanos = NUMBER.matcher(line).matches() ? Double.parseDouble(line) : Double.NaN;
    if (!(nanos > 0) || Double.isInfinite(nanos)) {
      boolean number = NOT_FINITE.matcher(line).matches() || Double.isInfinite(nanos);
      throw new NoAnswer(
          number ? Failure.Kind.NOT_FINITE : Failure.Kind.OTHER,
          expected(request) + ", found '" + line + "'");
    }
    return OptionalDouble.of(nanos);
  }

  private String answer(String request, Duration limit) throws NoAnswer {
    Optional<String> line;
    try {
      line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer(Failure.Kind.KILLED, "interrupted while '" + request + "' was measured");
    }
    if (line == null) {
      throw new NoAnswer(
          Failure.Kind.TIMED_OUT,
          expected(request)
              + " within "
              + limit.toSeconds()
              + " s, found none (does the command flush its output?)"
              + lastWords());
    }
    if (line.isEmpty()) {
      throw ended(request);
    }
    return line.get();
  }

  private static String expected(String request) {
    return "expected a positive number of nanoseconds in answer to '" + request + "'";
  }

  private NoAnswer ended(String request) {
    String found = "the command closed its output";
    Failure.Kind kind = Failure.Kind.OTHER;
    try {
      if (process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        errors.join(PATIENCE_MILLIS);
        found = "the command ended with exit code " + process.exitValue();
        kind = process.exitValue() > SIGNALLED ? Failure.Kind.KILLED : Failure.Kind.EXITED;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new NoAnswer(kind, expected(request) + ", found that " + found + lastWords());
  }

  private String lastWords() {
    return lastError.isEmpty() ? "" : "; its last words: " + lastError;
  }

  private static Thread start(Runnable reading, String name) {
    Thread thread = new Thread(reading, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void readOutput() {
    try (Reader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = output.read(); c >= 0; c = output.read()) {
        if (c == '\n') {
          lines.add(Optional.of(line.toString()));
          line.setLength(0);
          if (lines.size() > MOST_LINES) {
            return;
          }
        } else if (line.length() < LONGEST_LINE) {
          line.append((char) c);
        }
      }
      if (line.length() > 0) {
        lines.add(Optional.of(line.toString()));
      }
    } catch (IOException e) {
      log.println("the output of the command cannot be read: " + e.getMessage());
    } finally {
      lines.add(Optional.empty());
    }
  }

  private void readErrors() {
    try (BufferedReader text =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        log.println(line);
        if (!line.isBlank()) {
          lastError = line.strip();
        }
      }
    } catch (IOException e) {
      log.println("the errors of the command cannot be read: " + e.getMessage());
    }
  }

  /** Lets the process end at the end of its input, and ends it and its children if it does not. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // What could not be written to a process that has ended is not needed any more.
    }
    try {
      process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      children.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      errors.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
