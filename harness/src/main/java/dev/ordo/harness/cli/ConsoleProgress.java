package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.Entry;
import dev.ordo.harness.sweep.Progress;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/**
 * Shows progress on standard error: one line that is redrawn on a terminal, plain lines elsewhere.
 */
abstract class ConsoleProgress implements Progress, AutoCloseable {

  private final PrintStream out;

  private ConsoleProgress(PrintStream out) {
    this.out = out;
  }

  /** Returns the progress that suits where the program runs. */
  static ConsoleProgress of(PrintStream out, int columns) {
    return Terminal.isThere() ? new Line(out, columns) : new Lines(out);
  }

  @Override
  public void failed(Entry.Fork fork) {
    say("failed: " + fork.cell() + ": " + fork.failure().reason());
  }

  @Override
  public void leftOut(Entry.LeftOut entry) {
    say(entry.reason());
  }

  void say(String line) {
    out.println(line);
  }

  @Override
  public void close() {}

  static String clock(long millis) {
    long seconds = TimeUnit.MILLISECONDS.toSeconds(Math.max(0, millis));
    return seconds >= 3600
        ? String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format("%d:%02d", seconds / 60, seconds % 60);
  }

  private static String text(Step step, long elapsedMillis, long leftMillis) {
    return String.format(
        "round %d/%d %s  %s elapsed  %s left",
        step.round(), step.rounds(), step.cell(), clock(elapsedMillis), clock(leftMillis));
  }

  /** A line every quarter of a minute. */
  private static final class Lines extends ConsoleProgress {

    private static final long INTERVAL_MILLIS = 15_000;

    private long next;

    Lines(PrintStream out) {
      super(out);
    }

    @Override
    public void starting(Step step) {
      if (step.elapsedMillis() >= next) {
        say(text(step, step.elapsedMillis(), step.leftMillis()));
        next = step.elapsedMillis() + INTERVAL_MILLIS;
      }
    }
  }

  /** One line that is redrawn every second. */
  private static final class Line extends ConsoleProgress {

    private static final int BAR = 8;

    private final int columns;
    private final ProgressBar bar;
    private volatile Step step;
    private volatile long stepNanos;

    Line(PrintStream out, int columns) {
      super(out);
      this.columns = columns;
      this.bar =
          new ProgressBarBuilder()
              .setTaskName("ordo")
              .setInitialMax(1)
              .setUpdateIntervalMillis(1000)
              .continuousUpdate()
              .setConsumer(new ConsoleProgressBarConsumer(out, columns))
              .setRenderer(this::render)
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void starting(Step next) {
      step = next;
      stepNanos = System.nanoTime();
      bar.refresh();
    }

    private String render(ProgressState state, int width) {
      Step now = step;
      if (now == null) {
        return "starting";
      }
      long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stepNanos);
      long elapsed = now.elapsedMillis() + since;
      long left = Math.max(0, now.leftMillis() - since);
      int done = elapsed + left == 0 ? 0 : (int) (BAR * elapsed / (elapsed + left));
      String line =
          "[" + "#".repeat(done) + "-".repeat(BAR - done) + "] " + text(now, elapsed, left);
      int end = Math.min(width, columns - 1);
      return line.substring(0, Math.min(line.length(), end))
          + " ".repeat(Math.max(0, end - line.length()));
    }

    @Override
    void say(String line) {
      super.say("\r" + line + " ".repeat(Math.max(0, columns - 1 - line.length())));
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
