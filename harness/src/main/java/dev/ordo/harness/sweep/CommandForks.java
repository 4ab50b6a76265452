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

  /** The environment variable that holds the seed. */
  static final String SEED = "ORDO_SEED";

  /** The time after which a fork no longer waits for steady answers. */
  private static final Duration WARMUP = Duration.ofSeconds(3);

  /** An answer may take this part of the budget, and so may the start of a command. */
  private static final int PART_OF_BUDGET = 5;

  private static final Duration LEAST_LIMIT = Duration.ofSeconds(10);

  private record Work(String model, String phase) {}

  private final Sweep sweep;
  private final PrintStream log;
  private final Duration limit;
  private final Map<Work, Integer> lacking = new HashMap<>();

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
    Integer from = lacking.get(work(cell));
    return from != null && cell.length() >= from;
  }

  private static Work work(Cell cell) {
    return new Work(cell.model(), cell.phase().id());
  }

  @Override
  public Entry.Fork run(int round, Cell cell, ForkPlan plan) {
    Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    long start = System.nanoTime();
    List<String> words = CommandWords.of(sweep.guest(cell.model()).orElseThrow().source());
    log.println("# " + cell + ": " + String.join(" ", words));
    ForkPlan done = plan;
    double[] nanos = {};
    boolean steady = false;
    String failure = null;
    Map<String, String> environment =
        Map.of(
            THREADS, Integer.toString(cell.threads()), SEED, Long.toString(sweep.seed()));
    try (CommandProcess process = CommandProcess.start(words, environment, log)) {
      String request = cell.phase().id() + " " + cell.length();
      OptionalDouble first = process.nanos(request, limit);
      if (first.isEmpty()) {
        lacking.merge(work(cell), cell.length(), Math::min);
        throw new CommandProcess.Failure("the command answers '" + request + "' with unsupported");
      }
      CommandWarmup.Answers answers = () -> again(process, request);
      CommandWarmup warmup = new CommandWarmup(WARMUP, System::nanoTime);
      steady = warmup.run(answers);
      done = plan(plan, warmup.elapsedPerRequest());
      nanos = iterations(done, answers);
    } catch (CommandProcess.Failure e) {
      failure = e.getMessage();
      nanos = new double[0];
      if (!lacks(cell)) {
        ForkRunner.letInterruptArrive();
      }
    }
    return new Entry.Fork(
        round,
        cell,
        started.toString(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
        done,
        new Entry.Jvm(words.get(0), words.subList(1, words.size()), "none", "command", "none"),
        nanos,
        Map.of(),
        steady && failure == null,
        failure);
  }

  private double again(CommandProcess process, String request) throws CommandProcess.Failure {
    return process
        .nanos(request, limit)
        .orElseThrow(
            () ->
                new CommandProcess.Failure(
                    "expected a number in answer to '"
                        + request
                        + "' as before, found 'unsupported'"));
  }

  /** Requests that turn out to be longer than an iteration get no more of them than they need. */
  private static ForkPlan plan(ForkPlan asked, double elapsedPerRequest) {
    ForkPlan needed = ForkPlan.of(elapsedPerRequest);
    return needed.iterations() < asked.iterations() ? needed : asked;
  }

  private static double[] iterations(ForkPlan plan, CommandWarmup.Answers answers)
      throws CommandProcess.Failure {
    double[] nanos = new double[plan.iterations()];
    for (int i = -plan.warmups(); i < nanos.length; i++) {
      long start = System.nanoTime();
      double sum = 0;
      int count = 0;
      do {
        sum += answers.next();
        count++;
      } while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(plan.iterationMillis()));
      if (i >= 0) {
        nanos[i] = sum / count;
      }
    }
    return nanos;
  }
}
