package dev.ordo.harness.cli;

import static java.util.stream.Collectors.joining;

import dev.ordo.harness.history.HistoryStore;
import dev.ordo.reports.document.HistoryFiles;
import dev.ordo.reports.document.HistoryTable;
import dev.ordo.reports.history.History;
import dev.ordo.reports.history.HistoryAnalyst;
import dev.ordo.reports.history.HistoryOptions;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.Trend;
import dev.ordo.reports.history.TrendKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the trends of a store, and where they changed; it only informs. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows the trend of every cell and exponent of a store, where it changed, by how much and"
            + " with which commit. It informs only: the exit code is 0 whatever changed, and 2"
            + " where a file of the store is damaged (all others are shown all the same).")
final class HistoryShowCommand implements Callable<Integer> {

  private static final int MOST_DAMAGES = 5;
  private static final int MOST_NAMES = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = HistoryCommand.STORE,
      description = "The folder that holds the history. Default: ${DEFAULT-VALUE}.")
  private Path store;

  @Option(
      names = "--cell",
      paramLabel = "PATTERN",
      description =
          "Only cells and exponents with this in their names, parameters (as n=64), metric or"
              + " 'exponent'; * is anything. May be repeated: all must be there.")
  private List<String> patterns = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Only runs from then on, as 2026-11-03 or 2026-11-03T14:00:00Z.")
  private Instant since;

  @Option(names = "--branch", paramLabel = "NAME", description = "Only runs of this branch.")
  private String branch;

  @Option(
      names = "--order",
      paramLabel = "BY",
      defaultValue = "time",
      description =
          "The order of runs: the time of measuring, or of the commit. Default: ${DEFAULT-VALUE}.")
  private Order order;

  @Option(
      names = "--alpha",
      paramLabel = "LEVEL",
      defaultValue = "0.05",
      description =
          "Of all changes called at most this part is expected to be false. Default:"
              + " ${DEFAULT-VALUE}.")
  private double alpha;

  @Option(
      names = "--margin",
      paramLabel = "PART",
      defaultValue = "0.01",
      description =
          "The change that is too small to be called one: 0.01 is 1%% of a cost and 0.01 of an"
              + " exponent. Default: ${DEFAULT-VALUE}.")
  private double margin;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Fixes the permutations. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--all", description = "List all cells and all changes, however many.")
  private boolean all;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write history.md, history.json and charts; earlier ones are written over.")
  private Path out;

  /** What runs are ordered by. */
  enum Order {
    /** When they were measured. */
    TIME,
    /** When their commits were made. */
    COMMIT
  }

  @Override
  public Integer call() throws IOException {
    if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
      throw new IOException("output " + out + " must be a folder, found a file");
    }
    HistoryOptions options = new HistoryOptions(alpha, margin, seed);
    HistoryStore.Content content = new HistoryStore(store).read();
    PrintWriter errors = spec.commandLine().getErr();
    content.damages().stream()
        .limit(MOST_DAMAGES)
        .forEach(damage -> errors.println("ordo: " + damage.strip().replaceAll("\\s+", " ")));
    if (content.damages().size() > MOST_DAMAGES) {
      errors.println(
          "ordo: and "
              + (content.damages().size() - MOST_DAMAGES)
              + " more damaged files in "
              + store);
    }
    errors.flush();
    if (!content.runs().isEmpty() || content.damages().isEmpty()) {
      show(HistoryAnalyst.study(chosen(content.runs()), options));
    }
    return content.damages().isEmpty() ? ExitCode.FINE : ExitCode.BAD_INPUT;
  }

  private void show(HistoryStudy study) throws IOException {
    PrintWriter console = spec.commandLine().getOut();
    console.print(HistoryTable.text(study, Columns.of(), all));
    if (out != null) {
      HistoryFiles.Files files = HistoryFiles.write(study, out);
      console.println();
      console.println("history: " + files.markdown());
    }
    console.flush();
  }

  private History chosen(List<History.Recorded> recorded) throws IOException {
    if (recorded.isEmpty()) {
      throw new IOException("store " + store + " holds no runs ('ordo history add' adds them)");
    }
    List<History.Recorded> runs =
        recorded.stream()
            .filter(one -> since == null || !one.run().time().isBefore(since))
            .filter(one -> branch == null || one.run().branch().filter(branch::equals).isPresent())
            .toList();
    if (runs.isEmpty()) {
      throw new IOException(
          "store "
              + store
              + " holds no runs"
              + (branch == null ? "" : " of branch " + branch)
              + (since == null ? "" : " since " + since)
              + ", of "
              + recorded.size()
              + " in all");
    }
    Comparator<Run> by = order == Order.TIME ? Run.BY_TIME : Run.BY_COMMIT;
    History history = History.of(runs, by, List.of());
    if (patterns.isEmpty()) {
      return history;
    }
    List<Pattern> compiled = patterns.stream().map(HistoryShowCommand::pattern).toList();
    List<Trend> trends =
        history.trends().stream().filter(trend -> matches(name(trend.key()), compiled)).toList();
    if (trends.isEmpty()) {
      throw new IOException(
          "--cell ("
              + String.join(", ", patterns)
              + ") must be in the name of a cell, such as "
              + history.trends().stream()
                  .limit(MOST_NAMES)
                  .map(trend -> "\"" + name(trend.key()) + "\"")
                  .collect(joining(", ")));
    }
    return history.withTrends(trends);
  }

  private static boolean matches(String name, List<Pattern> patterns) {
    return patterns.stream().allMatch(pattern -> pattern.matcher(name).find());
  }

  /** Returns all that a pattern may match. */
  private static String name(TrendKey key) {
    String params =
        key.params().entrySet().stream()
            .map(param -> " " + param.getKey() + "=" + param.getValue())
            .collect(joining());
    return key.benchmark()
        + params
        + " "
        + key.mode()
        + " "
        + key.metric()
        + (key.isExponent() ? " exponent" : "");
  }

  private static Pattern pattern(String text) {
    String quoted =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\*", -1))
            .map(Pattern::quote)
            .collect(joining(".*"));
    return Pattern.compile(quoted, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
