package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.harness.gate.ResultText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class GateCommandTest {

  private static final double[] SIZES = {64, 256, 1024, 4096};

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int gate(Path base, Path candidate, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("gate", "--baseline", base.toString(), "--candidate", candidate.toString()));
    args.addAll(List.of(more));
    return Main.execute(
        new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new));
  }

  private Path file(String name, ResultText content) throws IOException {
    return Files.writeString(directory.resolve(name), content.text());
  }

  private static ResultText linear(double factor) {
    return new ResultText().series("org.acme.Scan.run", 3, 0.02, n -> factor * 50 * n, SIZES);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void aFileAgainstItselfPasses(int forks) throws IOException {
    Path file = file("a.json", new ResultText().series("a.B.c", forks, 0.2, n -> 50 * n, SIZES));

    assertThat(gate(file, file)).isZero();
    assertThat(out.toString()).startsWith("gate: passed").contains("unchanged");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void oneForkIsInconclusive() throws IOException {
    Path file = file("a.json", new ResultText().series("a.B.c", 1, 0.02, n -> 50 * n, SIZES));

    assertThat(gate(file, file)).isEqualTo(3);
    assertThat(out.toString()).startsWith("gate: inconclusive").contains("one fork");
    assertThat(gate(file, file, "--inconclusive", "pass")).isZero();
    assertThat(out.toString()).contains("passes here, as was asked");
  }

  @Test
  void twiceTheTimeFailsBothWaysRound() throws IOException {
    Path base = file("a.json", linear(1));
    Path slow = file("b.json", linear(2));

    assertThat(gate(base, slow)).isEqualTo(1);
    assertThat(out.toString()).contains("cost", "Scan.run", "2.00", "regressed");
    assertThat(gate(slow, base)).isZero();
    assertThat(out.toString()).contains("improved");
  }

  static Stream<Arguments> doubled() {
    return Stream.of(
        Arguments.of("thrpt", "ops/s", 0.5),
        Arguments.of("sample", "us/op", 2.0),
        Arguments.of("ss", "ms/op", 2.0));
  }

  @ParameterizedTest
  @MethodSource("doubled")
  void twiceTheTimeFailsInAnyMode(String mode, String unit, double factor) throws IOException {
    ResultText ours = new ResultText().mode(mode, unit).cell("a.B.c", "", 3, 0.03, 100);
    ResultText theirs = new ResultText().mode(mode, unit).cell("a.B.c", "", 3, 0.03, 100 * factor);
    Path base = file("a.json", ours);
    Path slow = file("b.json", theirs);

    assertThat(gate(base, slow)).isEqualTo(1);
    assertThat(gate(slow, base)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.3, 0.6})
  void twiceTheTimeNeverPassesHoweverNoisy(double noise) throws IOException {
    Path base = file("a.json", new ResultText().cell("a.B.c", "", 2, noise, 100));
    Path slow = file("b.json", new ResultText().cell("a.B.c", "", 2, noise, 200));

    assertThat(gate(base, slow)).isIn(1, 3);
  }

  @Test
  void oneCellOfManyTwiceAsSlowNeverPasses() throws IOException {
    double[] sizes = {64, 128, 256, 512, 1024, 2048, 4096};
    ResultText ours = new ResultText().series("a.B.c", 2, 0.15, n -> 50 * n, sizes);
    ResultText theirs =
        new ResultText().series("a.B.c", 2, 0.15, n -> 50 * n * (n == 256 ? 2 : 1), sizes);

    assertThat(gate(file("a.json", ours), file("b.json", theirs))).isIn(1, 3);
  }

  @Test
  void twiceTheTimeOnAnotherJvmIsInconclusive() throws IOException {
    Path base = file("a.json", linear(1));
    Path slow =
        file(
            "b.json",
            new ResultText()
                .jdk("25.0.1")
                .series("org.acme.Scan.run", 3, 0.02, n -> 100 * n, SIZES));

    assertThat(gate(base, slow)).isEqualTo(3);
    assertThat(out.toString()).contains("Different JVMs (VM 17; VM 25)");
    assertThat(gate(base, slow, "--different-machines")).isZero();
    assertThat(gate(base, slow, "--same-machine")).isEqualTo(1);
    assertThat(gate(base, slow, "--same-machine", "--different-machines")).isEqualTo(2);
  }

  @Test
  void anUpdateOfTheSameReleaseIsTheSameJvm() throws IOException {
    Path base = file("a.json", linear(1));
    ResultText newer =
        new ResultText().jdk("17.0.16").series("org.acme.Scan.run", 3, 0.02, n -> 100 * n, SIZES);

    assertThat(gate(base, file("b.json", newer))).isEqualTo(1);
  }

  @Test
  void aQuadraticScanFailsOnAnyMachine() throws IOException {
    double[] sizes = {64, 128, 256, 512, 1024, 2048};
    Path base = file("a.json", new ResultText().series("a.Scan.run", 2, 0.02, n -> 50 * n, sizes));
    ResultText text = new ResultText().jdk("25").series("a.Scan.run", 2, 0.02, n -> n * n, sizes);
    Path worse = file("b.json", text);

    assertThat(gate(base, worse)).isEqualTo(1);
    assertThat(out.toString()).contains("law", "regressed", "linear", "quadratic");
    assertThat(gate(base, worse, "--different-machines")).isEqualTo(1);
  }

  @Test
  void memoryThatBeginsToGrowFails() throws IOException {
    ResultText ours = new ResultText();
    ResultText theirs = new ResultText();
    for (double n : SIZES) {
      ours.metric("state.bytes", "B", 8192, 8192).series("a.Decode.run", 2, 0.02, size -> 5000, n);
      theirs
          .metric("state.bytes", "B", 64 * n, 64 * n)
          .series("a.Decode.run", 2, 0.02, size -> 5000, n);
    }

    assertThat(gate(file("a.json", ours), file("b.json", theirs), "--different-machines"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("state.bytes", "regressed");
  }

  @Test
  void bytesAllocatedAreJudgedWhereAsked() throws IOException {
    ResultText ours =
        new ResultText()
            .metric("gc.alloc.rate.norm", "B/op", 1000, 1001)
            .cell("a.B.c", "", 2, 0.02, 100);
    ResultText theirs =
        new ResultText()
            .metric("gc.alloc.rate.norm", "B/op", 2000, 2001)
            .cell("a.B.c", "", 2, 0.02, 100);
    Path base = file("a.json", ours);
    Path more = file("b.json", theirs);

    assertThat(gate(base, more, "--metric", "gc.alloc.rate.norm")).isEqualTo(1);
    assertThat(gate(more, base, "--metric", "gc.alloc.rate.norm")).isZero();
    assertThat(gate(base, more, "--metric", "nope")).isEqualTo(2);
    assertThat(err.toString()).contains("metric (nope) must be in both results").hasLineCount(1);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of("other parameters", new ResultText().cell("a.B.c", "\"k\":\"2\"", 3, 0, 9)),
        Arguments.of("another name", new ResultText().cell("a.B.d", "\"k\":\"1\"", 3, 0, 9)),
        Arguments.of(
            "another mode",
            new ResultText().mode("ss", "ns/op").cell("a.B.c", "\"k\":\"1\"", 3, 0, 9)),
        Arguments.of(
            "another unit",
            new ResultText().mode("avgt", "widgets").cell("a.B.c", "\"k\":\"1\"", 3, 0, 9)),
        Arguments.of("NaN", new ResultText().raw("a.B.c", "\"k\":\"1\"", "[[\"NaN\",\"NaN\"]]")),
        Arguments.of("nothing", new ResultText()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void refusesWhatHasNothingInCommonInOneLine(String what, ResultText other) throws IOException {
    Path base = file("a.json", new ResultText().cell("a.B.c", "\"k\":\"1\"", 3, 0.01, 9));

    assertThat(gate(base, file("b.json", other))).as(what).isEqualTo(2);
    assertThat(err.toString()).startsWith("ordo: ").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void refusesAMissingBaselineInOneLine() throws IOException {
    Path there = file("b.json", linear(1));

    assertThat(gate(directory.resolve("gone.json"), there)).isEqualTo(2);
    assertThat(err.toString()).contains("baseline: no such file or folder").hasLineCount(1);
  }

  @Test
  void aCellThatIsNaNInTheCandidateLeavesDoubt() throws IOException {
    ResultText ours = linear(1).cell("a.B.c", "", 3, 0.01, 9);
    ResultText theirs = linear(1).raw("a.B.c", "", "[[\"NaN\"],[1.0]]");

    assertThat(gate(file("a.json", ours), file("b.json", theirs))).isEqualTo(3);
    assertThat(out.toString()).contains("In doubt", "NaN");
  }

  @Test
  void newAndLostBenchmarksAreListed() throws IOException {
    ResultText ours = linear(1).cell("a.Gone.c", "", 3, 0.01, 9);
    ResultText theirs = linear(1).cell("a.New.c", "", 3, 0.01, 9);

    assertThat(gate(file("a.json", ours), file("b.json", theirs))).isEqualTo(3);
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("Gone.c is in the baseline and not in the candidate")
        .contains("Only in the candidate: New.c");
  }

  @Test
  void declaredLawsAreJudged() throws IOException {
    Path file = file("a.json", linear(1));
    Path config =
        Files.writeString(
            directory.resolve("c.yml"), "laws:\n  scan.*: O(n)\nmargin: 50%\nalpha: 0.05\n");

    assertThat(gate(file, file, "--config", config.toString())).isZero();
    assertThat(out.toString()).contains("declared", "O(n)");
    Files.writeString(config, "Scan.run: O(1)\n");
    assertThat(gate(file, file, "--config", config.toString())).isEqualTo(1);
    assertThat(out.toString().replaceAll("\\s+", " ")).contains("O(1) is declared");
  }

  @Test
  void aDeclaredLawThatCannotBeProvedIsInconclusive() throws IOException {
    Path file =
        file("a.json", new ResultText().series("a.Scan.run", 3, 0.02, n -> 50 * n, 64, 4096));
    Path config = Files.writeString(directory.resolve("c.yml"), "Scan.run: O(n)\n");

    assertThat(gate(file, file, "--config", config.toString())).isEqualTo(3);
  }

  @Test
  void ignoredCellsAreLeftOut() throws IOException {
    ResultText ours = linear(1).cell("a.B.c", "", 3, 0.01, 9);
    ResultText theirs = linear(1).cell("a.B.c", "", 3, 0.01, 90);
    Path base = file("a.json", ours);
    Path worse = file("b.json", theirs);
    Path config = Files.writeString(directory.resolve("c.yml"), "ignore: [B.c]\n");

    assertThat(gate(base, worse)).isEqualTo(1);
    assertThat(gate(base, worse, "--config", config.toString())).isZero();
    Files.writeString(config, "ignore: [B.x]\n");
    assertThat(gate(base, worse, "--config", config.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("ignored pattern 'B.x' must match a cell").hasLineCount(1);
    Files.writeString(config, "ignore: '*'\n");
    assertThat(gate(base, worse, "--config", config.toString())).isEqualTo(3);
  }

  @Test
  void writesAllFormatsOfHostileNames() throws Exception {
    String hostile = "a.B.c<&>'%0A::error::|`*_]]>";
    Path base = file("a.json", new ResultText().cell(hostile, "\"k\":\"x\\n<y>\"", 3, 0.01, 9));
    Path worse = file("b.json", new ResultText().cell(hostile, "\"k\":\"x\\n<y>\"", 3, 0.01, 90));
    Path junit = directory.resolve("junit.xml");
    Path gitlab = directory.resolve("gitlab.json");
    Path sarif = directory.resolve("sarif.json");
    Path summary = directory.resolve("summary.md");

    int code =
        gate(
            base,
            worse,
            "--junit",
            junit.toString(),
            "--gitlab",
            gitlab.toString(),
            "--sarif",
            sarif.toString(),
            "--summary",
            summary.toString(),
            "--github");

    assertThat(code).isEqualTo(1);
    Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit.toFile());
    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(1);
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
    JsonNode issue = new ObjectMapper().readTree(gitlab.toFile()).get(0);
    for (String field : List.of("description", "check_name", "fingerprint", "severity")) {
      assertThat(issue.get(field).isTextual()).as(field).isTrue();
    }
    assertThat(issue.at("/location/path").isTextual()).isTrue();
    assertThat(issue.at("/location/lines/begin").asInt()).isPositive();
    JsonNode result = new ObjectMapper().readTree(sarif.toFile()).at("/runs/0/results/0");
    assertThat(result.get("level").asText()).isEqualTo("error");
    assertThat(result.at("/message/text").asText()).contains("c<&>");
    assertThat(Files.readString(summary)).doesNotContain("<y>").contains("&lt;y&gt;");
    List<String> commands = out.toString().lines().filter(l -> l.startsWith("::")).toList();
    assertThat(commands).hasSize(1);
    assertThat(commands.get(0)).startsWith("::error file=").contains("%250A");
  }

  @Test
  void refusesAnOutputWithoutAFolderBeforeItJudges() throws IOException {
    Path file = file("a.json", linear(1));

    assertThat(gate(file, file, "--junit", directory.resolve("no/such.xml").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("no such folder").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--margin=much", "--alpha=0", "--inconclusive=maybe", "--metrik=time"})
  void refusesABadOption(String option) throws IOException {
    Path file = file("a.json", linear(1));

    assertThat(gate(file, file, option)).isEqualTo(2);
    assertThat(err.toString()).startsWith("ordo: ").hasLineCount(1);
  }

  @Test
  void noLineIsWiderThanATerminal() throws IOException {
    gate(file("a.json", linear(1)), file("b.json", linear(3)));

    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(out.toString()).doesNotContain("\u001b");
  }
}
