package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlotCommandTest {

  /** A run of five models over three phases. */
  private static final Path RUN = Path.of("../docs/example");

  private static final String SHA = "0123456789abcdef0123456789abcdef012345%02x";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void workWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  private int ordo(Object... arguments) {
    List<String> all = new ArrayList<>();
    List.of(arguments).forEach(argument -> all.add(argument.toString()));
    return Main.execute(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }

  private Path csv(String name, double nanos) throws IOException {
    StringBuilder csv = new StringBuilder("name,n,time_ns\n");
    for (int size = 64; size <= 1024; size *= 2) {
      for (int fork = 0; fork < 3; fork++) {
        double jitter = 1 + 0.02 * Math.sin(nanos + 1.7 * fork + size);
        csv.append(String.format(Locale.ROOT, "sort,%d,%.3f%n", size, nanos * size * jitter));
      }
    }
    return Files.writeString(folder.resolve(name), csv);
  }

  @ParameterizedTest
  @CsvSource({
    "scaling, prefill: time per operation against length",
    "exponent, prefill: local exponent against length",
    "tpot, Time per output token (TPOT) against the length of the context",
    "ttft, Time to first token (TTFT) against the length of the prompt",
    "throughput, prefill: tokens per second against length",
    "memory, prefill: bytes of state kept against length",
    "crossover, prefill: row is faster than column from which length"
  })
  void drawsEachKindOfARunAlone(String kind, String title) throws IOException {
    Path file = folder.resolve("chart.svg");

    assertThat(ordo("plot", kind, RUN, "--out", file)).as(err.toString()).isZero();
    assertThat(out.toString().lines().findFirst().orElseThrow()).isEqualTo(file + ": " + title);
    assertThat(Files.readString(file)).contains("<svg", "width=\"7.2in\"");
  }

  @Test
  void theEndingTellsTheFormatAndTheWidthTheSize() throws IOException {
    Path png = folder.resolve("a.PNG");
    Path pdf = folder.resolve("a.pdf");
    Path svg = folder.resolve("a.svg");

    assertThat(ordo("plot", "scaling", RUN, "--out", png, "--style", "slides")).isZero();
    assertThat(ordo("plot", "scaling", RUN, "--out", pdf, "--width", "one")).isZero();
    assertThat(ordo("plot", "scaling", RUN, "--out", svg, "--width", "ONE")).isZero();
    assertThat(new String(Files.readAllBytes(png), StandardCharsets.ISO_8859_1))
        .startsWith("\u0089PNG")
        .contains("pHYs");
    assertThat(new String(Files.readAllBytes(pdf), StandardCharsets.ISO_8859_1))
        .startsWith("%PDF-");
    assertThat(svg).content().contains("width=\"3.5in\"");
  }

  @Test
  void anAspectChoosesAmongSeveralChartsThatAreNamed() {
    Path file = folder.resolve("a.svg");

    assertThat(ordo("plot", "scaling", RUN, "--out", file)).isZero();
    assertThat(out.toString()).contains("others (--aspect): scaling-decode, scaling-generate");
    out.getBuffer().setLength(0);
    assertThat(ordo("plot", "scaling", RUN, "--out", file, "--aspect", "Generate")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(file + ": generate: time per operation against length\n");
    assertThat(ordo("plot", "memory", RUN, "--out", file, "--aspect", "allocation-decode"))
        .isZero();
  }

  @Test
  void drawsSomeModelsOnly() throws IOException {
    Path all = folder.resolve("all.svg");
    Path some = folder.resolve("some.svg");

    assertThat(ordo("plot", "scaling", RUN, "--out", all)).isZero();
    assertThat(ordo("plot", "scaling", RUN, "--out", some, "--models", "mamba,rnn")).isZero();
    // Colours of mamba, which is drawn, and of the transformer, which is not.
    String orange = "rgb(213,94,0)";
    String blue = "rgb(0,114,178)";
    assertThat(Files.readString(some).contains(orange)).isTrue();
    assertThat(Files.readString(some).contains(blue)).isFalse();
    assertThat(Files.readString(all).contains(orange)).isTrue();
    assertThat(Files.readString(all).contains(blue)).isTrue();
  }

  @Test
  void severalResultFilesGoIntoOneChart() throws IOException {
    Path file = folder.resolve("a.svg");

    assertThat(ordo("plot", "scaling", csv("a.csv", 1), csv("b.csv", 3), "--out", file))
        .as(err.toString())
        .isZero();
    assertThat(ordo("plot", "scaling", folder.resolve("a.csv"), RUN, "--out", file)).isZero();
  }

  @Test
  void comparesACandidateWithABase() throws IOException {
    Path file = folder.resolve("a.pdf");

    assertThat(ordo("plot", "comparison", csv("a.csv", 1), csv("b.csv", 2), "--out", file))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("time: candidate over base against n");
    assertThat(ordo("plot", "comparison", RUN, RUN, "--out", file, "--aspect", "decode"))
        .as(err.toString())
        .isZero();
  }

  @Test
  void drawsATrendOfAHistory() throws IOException {
    Path store = folder.resolve("store");
    for (int i = 0; i < 20; i++) {
      assertThat(
              ordo(
                  "history",
                  "add",
                  csv("run" + i + ".csv", i < 12 ? 1 : 1.4),
                  "--store",
                  store,
                  "--commit",
                  String.format(SHA, i),
                  "--host",
                  "machine",
                  "--time",
                  String.format("2026-03-%02d", i + 1)))
          .as(err.toString())
          .isZero();
    }
    Path file = folder.resolve("a.svg");

    assertThat(ordo("plot", "trend", store, "--out", file)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("others (--aspect): trend-");
    out.getBuffer().setLength(0);
    assertThat(ordo("plot", "trend", store, "--out", file, "--aspect", "256"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("n=256").hasLineCount(1);
  }

  @Test
  void drawsAHeadOfAttention() {
    Path maps = folder.resolve("maps");
    assertThat(ordo("attention", "--model=rnn", "--tokens=1,2", "--out", maps))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(
            ordo(
                "attention",
                "--model=transformer",
                "--shape=tiny",
                "--tokens=1,5,9,5",
                "--out",
                maps))
        .as(err.toString())
        .isZero();
    Path file = folder.resolve("a.png");
    out.getBuffer().setLength(0);

    assertThat(ordo("plot", "attention", maps, "--out", file, "--aspect", "layer1-head0"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(file + ": transformer: attention of layer 1, head 0\n");
    assertThat(
            ordo("plot", "attention", maps.resolve("attention-layer0-head1.json"), "--out", file))
        .isZero();
  }

  @Test
  void writesOverAnEarlierFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.svg"), "old");

    assertThat(ordo("plot", "ttft", RUN, "--out", file)).isZero();
    assertThat(file).content().startsWith("<?xml");
  }

  private void refused(String message, Object... arguments) {
    assertThat(ordo(arguments)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).startsWith("ordo: ").contains(message).hasLineCount(1);
  }

  @Test
  void refusesAnUnknownKindAndNamesThoseThereAre() {
    refused(
        "kind (pie) must be one of scaling, exponent, tpot",
        "plot",
        "pie",
        RUN,
        "--out",
        folder.resolve("a.svg"));
  }

  @Test
  void refusesAnUnknownAspectAndNamesThoseThereAre() {
    refused(
        "--aspect (train) must be one of scaling-prefill, scaling-decode, scaling-generate",
        "plot",
        "scaling",
        RUN,
        "--aspect=train",
        "--out",
        folder.resolve("a.svg"));
  }

  @Test
  void refusesAModelThatWasNotMeasured() {
    refused(
        "--models (gpt) must be among",
        "plot",
        "scaling",
        RUN,
        "--models=mamba,gpt",
        "--out",
        folder.resolve("a.svg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.jpg", "a.svgz"})
  void refusesAFormatThatItCannotWrite(String name) {
    refused("must end in .svg, .pdf or .png", "plot", "scaling", RUN, "--out", name);
  }

  @ParameterizedTest
  @CsvSource({"--style,poster,paper or slides", "--width,three,one or two"})
  void refusesAnUnknownStyleOrWidth(String option, String word, String known) {
    refused(
        option + " (" + word + ") must be " + known,
        "plot",
        "scaling",
        RUN,
        "--out=a.svg",
        option,
        word);
  }

  @Test
  void refusesWhatIsNoRun() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    refused("must hold a run", "plot", "scaling", empty, "--out", folder.resolve("a.svg"));
    err.getBuffer().setLength(0);
    refused("no such file", "plot", "scaling", folder.resolve("x"), "--out=a.svg");
    err.getBuffer().setLength(0);
    Path taken = Files.createDirectory(folder.resolve("taken.svg"));
    refused("must be a file, found a folder", "plot", "scaling", RUN, "--out", taken);
  }

  @Test
  void saysThatThereIsNothingToShow() {
    refused(
        "a chart of kind 'speedup' must have something to show",
        "plot",
        "speedup",
        RUN,
        "--out",
        folder.resolve("a.svg"));
  }

  @Test
  void refusesOneRunForAComparison() {
    refused("two runs", "plot", "comparison", RUN, "--out", folder.resolve("a.svg"));
  }

  @Test
  void refusesWhatIsNoHead() throws IOException {
    Path text = Files.writeString(folder.resolve("attention-x.json"), "{\"model\": 3}");

    refused(
        "must be the JSON of an attention head",
        "plot",
        "attention",
        text,
        "--out",
        folder.resolve("a.svg"));
  }
}
