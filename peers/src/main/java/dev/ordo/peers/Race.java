package dev.ordo.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * A run: compares the outputs of all rows, then measures them in rounds, and writes what it knows
 * after every row of a round.
 */
final class Race {

  /** How a run ended. */
  enum End {
    /** All was measured that can be measured here. */
    COMPLETE,
    /** The outputs of a row differ; the others were measured. */
    DIFFERENT,
    /** A fork failed; the others were measured. */
    FAILED
  }

  private final List<Row> rows;
  private final List<Jdk> jdks;
  private final Plan plan;
  private final ForkRunner runner;
  private final Results results;
  private final Path out;
  private final PrintStream console;
  private End end = End.COMPLETE;

  /**
   * Makes a run.
   *
   * @param work a folder for native libraries and logs
   * @param out the folder for the results
   * @param console takes a line for everything done
   * @throws IOException if the machine cannot be described
   */
  Race(List<Row> rows, List<Jdk> jdks, Plan plan, Path work, Path out, PrintStream console)
      throws IOException {
    this.rows = rows;
    this.jdks = jdks;
    this.plan = plan;
    this.runner = new ForkRunner(work, plan);
    this.results = new Results(Environment.of(jdks, plan, work));
    this.out = out;
    this.console = console;
  }

  /** Runs all rows. */
  End run() throws IOException, InterruptedException {
    List<Row> measured = new ArrayList<>();
    for (Row row : rows) {
      if (row.missing().isPresent()) {
        leaveOut(row.id(), row.missing().get());
      } else if (row.kind() != Row.Kind.TIME || outputsAgree(row)) {
        measured.add(row);
      }
    }
    for (int round = 0; round < plan.forks(); round++) {
      for (Row row : measured) {
        if (row.kind() != Row.Kind.ALLOCATION || round < plan.counting().forks()) {
          for (Jdk jdk : jdks) {
            measure(row, jdk, round);
          }
          write();
        }
      }
    }
    write();
    return end;
  }

  /** Returns the tables of what was measured. */
  String report() {
    return new Report(results, rows, jdks, plan.trial()).text();
  }

  private boolean outputsAgree(Row row) throws InterruptedException {
    boolean equal = true;
    for (Jdk jdk : jdks) {
      try {
        OutputCheck check = runner.check(row, jdk);
        results.add(row, jdk, check);
        console.println(row.id() + ", " + jdk + ": outputs differ by " + check.differences());
        equal &= check.differences().values().stream().allMatch(d -> d <= row.tolerance());
      } catch (IOException e) {
        end = End.FAILED;
        leaveOut(row.id(), e.getMessage());
        return false;
      }
    }
    if (!equal) {
      end = end == End.FAILED ? end : End.DIFFERENT;
      leaveOut(row.id(), "its outputs differ by more than " + row.tolerance());
    }
    return equal;
  }

  /** Contenders that are compared share forks, in turns from the first and from the last. */
  private void measure(Row row, Jdk jdk, int round) {
    List<String> contenders = new ArrayList<>(row.contenders().keySet());
    if (round % 2 == 1) {
      Collections.reverse(contenders);
    }
    if (row.kind() == Row.Kind.ALLOCATION) {
      contenders.forEach(contender -> measure(row, List.of(contender), jdk, round));
    } else {
      measure(row, contenders, jdk, round);
    }
  }

  private void measure(Row row, List<String> contenders, Jdk jdk, int round) {
    try {
      for (Fork fork : runner.run(row, contenders, jdk, round)) {
        results.add(fork);
        console.printf(
            "round %d, %s, %s, %s: %.4g ms%n",
            round + 1, row.id(), jdk, fork.contender(), fork.nanos() / 1e6);
      }
    } catch (RunnerException e) {
      end = End.FAILED;
      String names = String.join(" and ", contenders);
      leaveOut(row.id() + ", " + names + ", " + jdk, "a fork failed: " + e.getMessage());
    }
  }

  private void leaveOut(String what, String reason) {
    console.println(what + ": not measured: " + reason);
    results.leaveOut(what, reason);
  }

  private void write() throws IOException {
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(out.resolve("peers.json").toFile(), results);
    Files.writeString(out.resolve("peers.md"), report());
  }
}
