package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {

  private static final String SHA = "0123456789abcdef0123456789abcdef012345%02x";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int history(Object... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "history";
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = arguments[i].toString();
    }
    return Main.execute(new PrintWriter(out), new PrintWriter(err), all);
  }

  private Path store() {
    return folder.resolve("store");
  }

  private Path results(int number, double nanos) throws IOException {
    StringBuilder csv = new StringBuilder("name,n,time_ns\n");
    for (int size = 64; size <= 512; size *= 2) {
      for (int fork = 0; fork < 3; fork++) {
        // A fixed jitter of up to 2 %, different in each run.
        double jitter = 1 + 0.02 * Math.sin(7.3 * number + 1.7 * fork + size);
        csv.append(String.format(Locale.ROOT, "sort,%d,%.3f%n", size, nanos * size * jitter));
      }
    }
    return Files.writeString(folder.resolve("run" + number + ".csv"), csv);
  }

  private void fill(int runs) throws IOException {
    for (int i = 0; i < runs; i++) {
      Path file = results(i, i < 12 ? 1 : 1.4);
      assertThat(
              history(
                  "add",
                  file,
                  "--store",
                  store(),
                  "--commit",
                  String.format(SHA, i),
                  "--branch",
                  i % 2 == 0 ? "even" : "odd",
                  "--host",
                  "machine",
                  "--time",
                  String.format("2026-03-%02d", i + 1)))
          .as(err.toString())
          .isZero();
    }
    out.getBuffer().setLength(0);
  }

  @Test
  void addsAndShows() throws IOException {
    fill(20);

    assertThat(history("show", "--store", store())).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("n=64", "n=512", "exponent", "worse")
        .contains("Since 0123456789", "2026-03-13")
        .contains("20 runs from 2026-03-01 to 2026-03-20 on 1 host: 4 cells and 1 exponent")
        .doesNotContain("\u001b");
    assertThat(out.toString().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void writesFilesWhenAsked() throws IOException {
    fill(14);
    Path target = folder.resolve("out");

    assertThat(history("show", "--store", store(), "--cell", "n=64 ", "--out", target)).isZero();
    assertThat(target.resolve("history.json")).exists();
    assertThat(target.resolve("history.md")).exists();
    assertThat(target.resolve("charts")).isDirectory();
    assertThat(out.toString()).contains("history: " + target.resolve("history.md"));
  }

  @Test
  void addsTheSameRunOnce() throws IOException {
    Path file = results(1, 1);

    assertThat(history("add", file, "--store", store(), "--commit", "abcdef1")).isZero();
    assertThat(
            history("add", file, "--store", store(), "--commit", "abcdef1", "--time", "2026-09-09"))
        .isZero();
    assertThat(out.toString()).contains("added " + file).contains("is in the store already, as ");
    try (Stream<Path> all = Files.walk(store())) {
      assertThat(all.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void showsASingleRun() throws IOException {
    fill(1);

    assertThat(history("show", "--store", store())).isZero();
    assertThat(out.toString()).contains("Too few runs to find a change");
  }

  @Test
  void choosesRunsAndCells() throws IOException {
    fill(6);

    assertThat(history("show", "--store", store(), "--branch", "odd", "--since", "2026-03-03"))
        .isZero();
    assertThat(out.toString()).contains("2 runs from 2026-03-04 to 2026-03-06");
    out.getBuffer().setLength(0);
    assertThat(history("show", "--store", store(), "--cell", "SORT*exponent", "--order", "commit"))
        .isZero();
    assertThat(out.toString()).contains("0 cells and 1 exponent").doesNotContain("n=64");
  }

  @Test
  void saysWhatIsNotThere() throws IOException {
    assertThat(history("show", "--store", store())).isEqualTo(ExitCode.BAD_INPUT);
    Files.createDirectories(store());
    assertThat(history("show", "--store", store())).isEqualTo(ExitCode.BAD_INPUT);
    fill(2);
    assertThat(history("show", "--store", store(), "--cell", "merge"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(history("show", "--store", store(), "--branch", "none"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(history("show", "--store", store(), "--since", "soon"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(history("show", "--store", store(), "--alpha", "2")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(history()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines())
        .hasSize(7)
        .allSatisfy(line -> assertThat(line).startsWith("ordo: "));
    assertThat(err.toString())
        .contains("is not there: 'ordo history add' makes it")
        .contains("holds no runs ('ordo history add' adds them)")
        .contains("--cell (merge) must be in the name of a cell, such as \"")
        .contains("holds no runs of branch none, of 2 in all")
        .contains("time 'soon' must be like 2026-11-03")
        .contains("alpha (2.0) must be between 0 and 1")
        .contains("history add or history show");
  }

  @Test
  void rejectsRunsWithoutResults() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.json"), "[]");

    assertThat(history("add", empty, "--store", store())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(history("add", folder, "--store", store())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(history("add", folder.resolve("none.json"), "--store", store()))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(history("add", results(1, 1), "--store", store(), "--metric", "joules"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .contains("holds no results")
        .contains("must hold a run (a journal.jsonl), found none")
        .contains("no such file or folder: ")
        .contains("metric (joules) must be one of time")
        .hasLineCount(4);
    assertThat(store()).doesNotExist();
  }

  @Test
  void showsTheRestBesideADamagedFile() throws IOException {
    fill(3);
    Path file;
    try (Stream<Path> all = Files.walk(store())) {
      file = all.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
    Files.writeString(file, "{\"format\":\"ordo-history\",\"version\":1,\n\"time\"");

    assertThat(history("show", "--store", store())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).startsWith("ordo: " + file + ": must be whole JSON").hasLineCount(1);
    assertThat(out.toString()).contains("2 runs from 2026-03-02");
  }

  @Test
  void keepsTimesAndThroughputsApart() throws IOException {
    Path times = Files.writeString(folder.resolve("a.csv"), jmh("avgt", "ns/op"));
    Path rates = Files.writeString(folder.resolve("b.csv"), jmh("thrpt", "ops/s"));

    assertThat(history("add", times, rates, "--store", store())).as(err.toString()).isZero();
    out.getBuffer().setLength(0);
    assertThat(history("show", "--store", store())).isZero();
    assertThat(out.toString()).contains("2 runs").contains("2 cells");
  }

  private static String jmh(String mode, String unit) {
    return "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error"
        + " (99.9%)\",\"Unit\"\n"
        + "\"a.B.c\",\""
        + mode
        + "\",1,5,12.5,0.1,\""
        + unit
        + "\"\n";
  }

  @Test
  void keepsHostileNamesHarmless() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("h.csv"),
            "name,n,time_ns\n\"<b>\u001b[31m|x\",64,1\n\"<b>\u001b[31m|x\",128,2\n");
    Path target = folder.resolve("out");

    assertThat(history("add", file, "--store", store(), "--branch", "\u001b]0;x\u0007<i>"))
        .as(err.toString())
        .isZero();
    assertThat(history("show", "--store", store(), "--out", target)).isZero();
    assertThat(out.toString()).doesNotContain("\u001b");
    assertThat(Files.readString(target.resolve("history.md"))).doesNotContain("<b>", "\u001b");
  }
}
