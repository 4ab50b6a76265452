package dev.ordo.harness.sweep;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Measures a cell in a fresh process of a command, which times itself.
 *
 * <p>The process reads lines like {@code prefill 64} from its standard input and answers each with
 * the nanoseconds that one such operation took, or with {@code unsupported}. Requests take the
 * place of JMH's operations: some until the answers are steady, then iterations, each as many
 * requests as fit its time and one at the least; the value of an iteration is the mean of its
 * answers.
 */
final class CommandForks implements Forks {

  /** The environment variable that holds the number of threads. */
  static final String THREADS = "ORDO_THREADS";

  /** The environment variable that holds the number of rows of one operation. */
  static final String BATCH = "ORDO_BATCH";

  /** The environment variable that holds the seed. */
  static final String SEED = "ORDO_SEED";

  /** The time after which a fork no longer waits for steady answers. */
  private static final Duration WARMUP = Duration.ofSeconds(3);

  /** An answer may take this part of the budget, and so may the start of a command. */
  private static final int PART_OF_BUDGET = 5;

  private static final Duration LEAST_LIMIT = Duration.ofSeconds(10);

  private final Sweep sweep;
  private final PrintStream log;
  private final Duration limit;
  private final Map<Cell, Integer> lacking = new HashMap<>();

  /**
   * Makes a runner.
   *
   * @param sweep gives the commands, the seed and the budget, of which an answer may take a fifth,
   *     but always 10 s
   * @param log takes what commands write to their standard error
   */
  CommandForks(Sweep sweep, PrintStream log) {
    this(sweep, log, longer(sweep.budget().dividedBy(PART_OF_BUDGET), LEAST_LIMIT));
  }

  /**
   * Makes a runner.
   *
   * @param limit how long an answer may take
   */
  CommandForks(Sweep sweep, PrintStream log, Duration limit) {
    this.sweep = sweep;
    this.log = log;
    this.limit = limit;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** Returns whether a cell is one of a command. */
  boolean measures(Cell cell) {
    return sweep.guest(cell.model()).filter(Guest::isCommand).isPresent();
  }

  /** A command that does not do a phase at a length does not do it at longer ones either. */
  @Override
  public boolean lacks(Cell cell) {
    Integer from = lacking.get(series(cell));
    return from != null && cell.length() >= from;
  }

  private static Cell series(Cell cell) {
    return cell.at(1);
  }

  @Override
  public Entry.Fork run(int round, Cell cell, ForkPlan plan) {
    Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    long start = System.nanoTime();
    List<String> words = CommandWords.of(sweep.guest(cell.model()).orElseThrow().source());
    log.println("# " + cell + ": " + String.join(" ", words));
    String request = cell.phase().id() + " " + cell.length();
    Map<String, String> environment =
        Map.of(
            THREADS,
            Integer.toString(cell.threads()),
            BATCH,
            Integer.toString(cell.batch()),
            SEED,
            Long.toString(sweep.seed()));
    Measured measured = Measured.nothing(plan);
    Failure failure = null;
    try (CommandProcess process = CommandProcess.start(words, environment, log)) {
      OptionalDouble first = process.nanos(request, limit);
      long startMillis = millisSince(start);
      if (first.isEmpty()) {
        lacking.merge(series(cell), cell.length(), Math::min);
        throw new CommandProcess.NoAnswer(
            Failure.Kind.OTHER, "the command answers '" + request + "' with unsupported");
      }
      measured = measured(plan, startMillis, () -> again(process, request));
    } catch (CommandProcess.NoAnswer e) {
      failure = e.failure();
      if (!lacks(cell)) {
        ForkRunner.letInterruptArrive();
      }
    }
    return new Entry.Fork(
        round,
        cell,
        started.toString(),
        millisSince(start),
        measured.plan(),
        new Entry.Jvm(words.get(0), words.subList(1, words.size()), "none", "command", "none"),
        measured.nanos(),
        Map.of(),
        measured.steady(),
        measured.account(),
        failure);
  }

  /** What a process answered, and where the time went. */
  private record Measured(ForkPlan plan, double[] nanos, boolean steady, Entry.Account account) {

    static Measured nothing(ForkPlan plan) {
      return new Measured(plan, new double[0], false, null);
    }
  }

  private static Measured measured(ForkPlan asked, long startMillis, CommandWarmup.Answers answers)
      throws CommandProcess.NoAnswer {
    CommandWarmup warmup = new CommandWarmup(WARMUP, System::nanoTime);
    long start = System.nanoTime();
    boolean steady = warmup.run(answers);
    long warmUpMillis = millisSince(start);
    ForkPlan plan = plan(asked, warmup.elapsedPerRequest());
    double[] nanos = new double[plan.iterations()];
    long operations = 0;
    double measuredMillis = 0;
    for (int i = -plan.warmups(); i < nanos.length; i++) {
      long begun = System.nanoTime();
      double sum = 0;
      int count = 0;
      do {
        sum += answers.next();
        count++;
      } while (millisSince(begun) < plan.iterationMillis());
      if (i >= 0) {
        nanos[i] = sum / count;
        operations += count;
        measuredMillis += sum / 1e6;
      }
    }
    return new Measured(
        plan,
        nanos,
        steady,
        new Entry.Account(
            startMillis, 0, warmup.requests(), warmUpMillis, operations, measuredMillis));
  }

  private double again(CommandProcess process, String request) throws CommandProcess.NoAnswer {
    return process
        .nanos(request, limit)
        .orElseThrow(
            () ->
                new CommandProcess.NoAnswer(
                    Failure.Kind.OTHER,
                    "expected a number in answer to '"
                        + request
                        + "' as before, found 'unsupported'"));
  }

  /** Requests that turn out to be longer than an iteration get no more of them than they need. */
  private static ForkPlan plan(ForkPlan asked, double elapsedPerRequest) {
    ForkPlan needed = ForkPlan.of(elapsedPerRequest);
    return needed.iterations() < asked.iterations() ? needed : asked;
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
