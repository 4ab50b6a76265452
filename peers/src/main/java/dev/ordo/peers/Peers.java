package dev.ordo.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line: measures Ordo and its peers side by side and prints a table. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures Ordo's kernels and models against other libraries in the same run.")
public final class Peers implements Callable<Integer> {

  private static final int DIFFERENT = 1;
  private static final int UNUSABLE = 2;

  @Option(
      names = "--quick",
      description = "One short fork of each: shows that every row runs, measures nothing.")
  private boolean quick;

  @Option(names = "--forks", description = "Forks of each contender on each JDK; default 5.")
  private Integer forks;

  @Option(
      names = "--rows",
      split = ",",
      description = "Only the rows whose ids begin so; see --list.")
  private List<String> prefixes = List.of("");

  @Option(names = "--list", description = "Print the ids of all rows and end.")
  private boolean list;

  @Option(names = "--jdk", required = true, description = "The home of a JDK; may be repeated.")
  private List<Path> homes;

  @Option(
      names = "--work",
      required = true,
      description = "A folder for unpacked libraries and logs.")
  private Path work;

  @Option(
      names = "--out",
      required = true,
      description = "Where peers.json and peers.md are written.")
  private Path out;

  private final PrintStream console;

  private Peers(PrintStream console) {
    this.console = console;
  }

  /** Runs the command and exits: 0 when all ran, 1 when outputs differ, 2 when something failed. */
  public static void main(String[] args) {
    PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CommandLine command = new CommandLine(new Peers(console));
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          line.getErr().println("peers: " + e.getMessage());
          return UNUSABLE;
        });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    List<Row> rows =
        Rows.all().stream()
            .filter(row -> prefixes.stream().anyMatch(row.id()::startsWith))
            .toList();
    if (list || rows.isEmpty()) {
      Rows.all().forEach(row -> console.println(row.id() + ": " + row.title()));
      return list ? 0 : UNUSABLE;
    }
    List<Jdk> jdks = new ArrayList<>();
    for (Path home : homes) {
      jdks.add(Jdk.at(home));
    }
    Plan plan = quick ? Plan.QUICK : Plan.FULL;
    if (forks != null) {
      plan = plan.withForks(forks);
    }
    Files.createDirectories(work);
    Files.createDirectories(out);
    Results results = new Results(Environment.of(jdks, plan, work));
    return run(rows, jdks, plan, results);
  }

  private int run(List<Row> rows, List<Jdk> jdks, Plan plan, Results results)
      throws IOException, InterruptedException, RunnerException {
    ForkRunner runner = new ForkRunner(work.toAbsolutePath(), plan);
    List<Row> measured = new ArrayList<>();
    boolean equal = true;
    for (Row row : rows) {
      if (row.missing().isPresent()) {
        console.println(row.id() + ": not measured: " + row.missing().get());
        results.leaveOut(row, row.missing().get());
      } else if (row.kind() != Row.Kind.TIME || outputsAgree(row, jdks, runner, results)) {
        measured.add(row);
      } else {
        results.leaveOut(row, "the outputs differ");
        equal = false;
      }
    }
    for (int round = 0; round < plan.forks(); round++) {
      for (Row row : measured) {
        boolean due = row.kind() != Row.Kind.ALLOCATION || round < plan.counting().forks();
        for (Jdk jdk : due ? jdks : List.<Jdk>of()) {
          measure(row, jdk, round, runner, results);
        }
      }
      write(results, rows, jdks, plan);
    }
    console.println(new Report(results, rows, jdks, plan.trial()).text());
    return equal ? 0 : DIFFERENT;
  }

  private boolean outputsAgree(Row row, List<Jdk> jdks, ForkRunner runner, Results results)
      throws IOException, InterruptedException {
    boolean equal = true;
    for (Jdk jdk : jdks) {
      OutputCheck check = runner.check(row, jdk);
      results.add(row, jdk, check);
      boolean good = check.differences().values().stream().allMatch(d -> d <= row.tolerance());
      console.println(
          row.id()
              + ", "
              + jdk
              + ": outputs differ by "
              + check.differences()
              + (good ? "" : ", which is more than " + row.tolerance()));
      equal &= good;
    }
    return equal;
  }

  /** Contenders of a row run right after each other, in turns from the first and from the last. */
  private void measure(Row row, Jdk jdk, int round, ForkRunner runner, Results results)
      throws RunnerException {
    List<String> contenders = new ArrayList<>(row.contenders().keySet());
    if (round % 2 == 1) {
      Collections.reverse(contenders);
    }
    for (String contender : contenders) {
      Fork fork = runner.run(row, contender, jdk, round);
      results.add(fork);
      console.printf(
          "round %d, %s, %s, %s: %.4g ms%n",
          round + 1, row.id(), jdk, contender, fork.nanos() / 1e6);
    }
  }

  private void write(Results results, List<Row> rows, List<Jdk> jdks, Plan plan)
      throws IOException {
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(out.resolve("peers.json").toFile(), results);
    Files.writeString(
        out.resolve("peers.md"), new Report(results, rows, jdks, plan.trial()).text());
  }
}
