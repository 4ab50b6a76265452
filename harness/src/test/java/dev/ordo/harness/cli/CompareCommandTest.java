package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path base;
  private Path candidate;

  @BeforeEach
  void writeResults() throws IOException {
    base = write("base.csv", "name,n,time_ns\nsort,64,100\nsort,64,101\nsort,64,99\n");
    candidate = write("new.csv", "name,n,time_ns\nsort,64,200\nsort,64,201\nsort,64,199\n");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int compare(Object... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "compare";
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = arguments[i].toString();
    }
    return Main.execute(new PrintWriter(out), new PrintWriter(err), all);
  }

  @Test
  void informsWithoutFailing() {
    assertThat(compare(base, candidate, "--margin", "5%")).isEqualTo(ExitCode.FINE);
    assertThat(out.toString())
        .contains("slower", "1 cell compared: 1 slower", "A change counts from 5.0 % on")
        .doesNotContain("\u001b");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void writesFilesWhenAsked() {
    Path target = folder.resolve("out");

    assertThat(compare(base, candidate, "--alpha", "0.01", "--out", target)).isZero();
    assertThat(target.resolve("comparison.json")).exists();
    assertThat(target.resolve("comparison.md")).exists();
    assertThat(out.toString()).contains("comparison: " + target.resolve("comparison.md"));
  }

  @Test
  void saysWhenThereIsNothingInCommon() throws IOException {
    Path other = write("other.csv", "name,n,time_ns\nsort,128,100\nsort,128,101\n");

    assertThat(compare(base, other)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .startsWith("ordo: base and candidate must have a cell in common")
        .hasLineCount(1);
  }

  @Test
  void rejectsWhatIsMissingOrNoNumber() {
    assertThat(compare(base, folder.resolve("none.json"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(compare(base, folder)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(compare(base, candidate, "--margin", "much")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(compare(base, candidate, "--out", base)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .contains("no such file or folder: ")
        .contains("must hold a run (a journal.jsonl), found none")
        .contains("--margin (much) must be a number like 5% or 0.05")
        .contains("must be a folder, found a file");
  }
}
