package dev.ordo.peers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
  private static final int FAILED = 2;

  @Option(
      names = "--quick",
      description = "One short fork of each: shows that every row runs, measures nothing.")
  private boolean quick;

  @Option(names = "--forks", description = "Forks of each row on each JDK; default 6.")
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
    CommandLine command = new CommandLine(new Peers(console)).setOverwrittenOptionsAllowed(true);
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          line.getErr().println("peers: " + e.getMessage());
          return FAILED;
        });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Row> rows =
        Rows.all().stream()
            .filter(row -> prefixes.stream().anyMatch(row.id()::startsWith))
            .toList();
    if (list || rows.isEmpty()) {
      Rows.all().forEach(row -> console.println(row.id() + ": " + row.title()));
      return list ? 0 : FAILED;
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
    Race race = new Race(rows, jdks, plan, work.toAbsolutePath(), out, console);
    Race.End end;
    MachineLock lock = MachineLock.take();
    try {
      end = race.run();
    } finally {
      lock.close();
    }
    console.println();
    console.println(race.report());
    return switch (end) {
      case COMPLETE -> 0;
      case DIFFERENT -> DIFFERENT;
      case FAILED -> FAILED;
    };
  }
}
