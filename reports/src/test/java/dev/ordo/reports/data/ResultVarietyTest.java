package dev.ordo.reports.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they are met: other locales, encodings, tables, mixtures. */
class ResultVarietyTest {

  @TempDir private Path directory;

  private Measurements read(String text) throws IOException {
    return read(text, StandardCharsets.UTF_8);
  }

  private Measurements read(String text, Charset charset) throws IOException {
    return ResultFiles.read(Files.writeString(directory.resolve("file.txt"), text, charset));
  }

  private static Series only(Measurements measurements) {
    List<Series> series = measurements.series(Optional.empty());
    assertThat(series).hasSize(1);
    return series.get(0);
  }

  private static String element(String name, String mode, String unit, String n, String raw) {
    return """
    {"benchmark": "%s", "mode": "%s", "params": {"n": "%s"}, "jdkVersion": "17.0.1",
     "primaryMetric": {"score": 1, "scoreError": "NaN", "scoreUnit": "%s", "rawData": %s}}\
    """
        .formatted(name, mode, n, unit, raw);
  }

  @ParameterizedTest
  @CsvSource({
    "thrpt, ops/min, 60e9",
    "thrpt, ops/hr, 3600e9",
    "thrpt, ops/day, 86400e9",
    "thrpt, ops/ns, 1",
    "avgt, us/op, 1e3",
    "avgt, min/op, 60e9",
    "sample, ms/op, 1e6",
    "ss, s/op, 1e9"
  })
  void readsEveryModeAndUnit(String mode, String unit, double nanos) throws IOException {
    Series series =
        only(
            read(
                "["
                    + element("a.B.c", mode, unit, "10K", "[[2.0, 2.0]]")
                    + ","
                    + element("a.B.c", mode, unit, "1M", "[[4.0]]")
                    + "]"));

    double first = unit.startsWith("ops") ? nanos / 2 : nanos * 2;
    assertThat(series.mode()).isEqualTo(mode);
    assertThat(series.sizes()).containsExactly(1e4, 1e6);
    assertThat(series.means()[0]).isCloseTo(first, within(first * 1e-12));
  }

  @Test
  void takesTheLastOfFieldsThatStandTwice() throws IOException {
    Series series =
        only(
            read(
                "["
                    + element("a.B.c", "avgt", "ns/op", "1", "[[5]]")
                        .replace("\"params\"", "\"params\": {\"n\": \"7\"}, \"params\"")
                    + ","
                    + element("a.B.c", "avgt", "ns/op", "2", "[[5]], \"rawData\": [[6, 8]]")
                    + "]"));

    assertThat(series.sizes()).containsExactly(1, 2);
    assertThat(series.means()).containsExactly(5, 7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A German machine quotes its decimal commas; older versions do not.
        """
        "Benchmark","Mode","Threads","Samples","Score","Score Error (99,9%)","Unit","Param: n"
        "a.B.c","avgt",1,5,"1,500000","0,1","us/op",64
        "a.B.c","avgt",1,5,"1.234,5",NaN,"us/op",128
        """,
        """
        "Benchmark","Mode","Threads","Samples","Score","Score Error (99,9%)","Unit","Param: n"
        "a.B.c","avgt",1,5,1,500000,0,100000,"us/op",64
        "a.B.c","avgt",1,5,1234,500000,NaN,"us/op",128
        """,
        """
        "Benchmark";"Mode";"Threads";"Samples";"Score";"Score Error (99,9%)";"Unit";"Param: n"
        "a.B.c";"avgt";1;5;1,500000;0,1;"us/op";64
        "a.B.c";"avgt";1;5;1234,5;;"us/op";128
        """
      })
  void readsCsvOfOtherLocales(String csv) throws IOException {
    assertThat(only(read(csv)).means()).containsExactly(1500, 1_234_500);
  }

  @Test
  void readsSecondaryRowsOfCsvAndLeavesBlankScoresOut() throws IOException {
    Measurements measurements =
        read(
            """
            "Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit","Param: n"
            "a.B.c","avgt",1,5,2.0,0.1,"ns/op",64
            "a.B.c","avgt",1,5,,NaN,"ns/op",128
            "a.B.c:·gc.alloc.rate.norm","avgt",1,5,24.0,0.1,"B/op",64
            "a.B.c:gc.alloc.rate.norm","avgt",1,5,0.0,0.1,"B/op",128
            """);

    assertThat(only(measurements).sizes()).containsExactly(64);
    assertThat(measurements.notes()).singleElement().asString().contains("n=128", "NaN");
    assertThat(only(measurements.withMetric("gc.alloc.rate.norm")).means()).containsExactly(24, 0);
  }

  @Test
  void readsTheTableThatJmhPrintsBehindItsLog() throws IOException {
    Measurements measurements =
        read(
            """
            # JMH version: 1.37
            # Run complete. Total time: 00:01:00

            REMEMBER: The numbers below are just data.

            Benchmark                       (kind)   (n)  Mode  Cnt     Score     Error   Units
            Sort.run                        random    64  avgt    5   123.450 ±   1.234   ns/op
            Sort.run                        random   128  avgt    5  ≈ 10⁻³             ns/op
            Sort.run                        random   256  avgt        500,500             ns/op
            Sort.run:gc.alloc.rate.norm     random    64  avgt    5    24.000 ±   0.001    B/op
            Sort.other                         N/A    64    ss    3     2.000 ±  (99.9%)    s/op
            """
                .replace(" ±  (99.9%)", ""));

    List<Series> series = measurements.series(Optional.of("n"));
    assertThat(series).extracting(Series::benchmark).containsExactly("Sort.run", "Sort.other");
    assertThat(series.get(0).sizes()).containsExactly(64, 256);
    assertThat(series.get(0).means()).containsExactly(123.45, 500.5);
    assertThat(series.get(1).params()).isEmpty();
    assertThat(measurements.notes()).singleElement().asString().contains("n=128");
    assertThat(measurements.metrics()).contains("gc.alloc.rate.norm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size,time_ns\n64,1.5\n128,3\n",
        "\uFEFFsize;time_ns\r\n# a comment\r\n64;1,5\r\n\r\n128;3,0\r\n",
        "# made by hand\nn\ttime (ns)\n64\t1.5\n128\t3\n",
        "64,1.5\n128,3\n",
        "64;1,5\n128;3\n",
        "64 1.5\n128 3\n",
        "mine,64,1.5\nmine,128,3\n",
        "size,time_ns,stddev_ns\n64,1.5,0.1\n128,3,0.2\n"
      })
  void readsPlainCsvInManyForms(String text) throws IOException {
    Series series = only(read(text));

    assertThat(series.sizes()).containsExactly(64, 128);
    assertThat(series.means()).containsExactly(1.5, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252"})
  void readsOtherEncodings(String charset) throws IOException {
    String json =
        "["
            + element("a.B.größe", "avgt", "µs/op", "1", "[[5.0]]")
            + ","
            + element("a.B.größe", "avgt", "µs/op", "2", "[[6.0]]")
            + "]";

    Series series = only(read(json, Charset.forName(charset)));

    assertThat(series.benchmark()).isEqualTo("a.B.größe");
    assertThat(series.means()).containsExactly(5e3, 6e3);
  }

  @Test
  void readsTextOfManyBytesWhateverTheirPlaceInTheBuffer() throws IOException {
    String name = "é€𝄞".repeat(40_000);
    for (int shift = 0; shift < 5; shift++) {
      String json =
          " ".repeat(shift)
              + "["
              + element(name, "avgt", "ns/op", "1", "[[5.0]]")
              + ","
              + element(name, "avgt", "ns/op", "2", "[[5.0]]")
              + "]";
      assertThat(only(read(json)).benchmark()).isEqualTo(name);
    }
  }

  @Test
  void saysThatFilesComeFromDifferentMachines() throws IOException {
    Path one =
        Files.writeString(
            directory.resolve("1.json"),
            "[" + element("a.B.c", "avgt", "ns/op", "1", "[[5]]") + "]");
    Path other =
        Files.writeString(
            directory.resolve("2.json"),
            "["
                + element("a.B.c", "avgt", "us/op", "1", "[[0.006]]").replace("17.0.1", "21")
                + "]");

    Measurements measurements = ResultFiles.read(List.of(one, other, one));

    assertThat(measurements.series(Optional.of("n")).get(0).points().get(0).sample().forkMeans())
        .containsExactly(5, 6);
    assertThat(measurements.notes())
        .anyMatch(note -> note.contains("more than one JVM (17.0.1; 21)"))
        .anyMatch(note -> note.endsWith("1.json is named twice; it is read once."))
        .hasSize(2);
  }

  @Test
  void readsGoogleBenchmarkWithComplexityRowsNamesAndErrors() throws IOException {
    Measurements measurements =
        read(
            """
            {"context": {"host_name": "box"}, "benchmarks": [
             {"name": "BM_x/n:64", "run_type": "iteration", "real_time": 2, "cpu_time": 2, "time_unit": "us"},
             {"name": "BM_x/n:128", "run_type": "iteration", "real_time": 4, "cpu_time": 4, "time_unit": "us",
              "counter": 7},
             {"name": "BM_x/n:256", "run_type": "iteration", "error_occurred": true, "error_message": "no"},
             {"name": "BM_x_BigO", "run_type": "aggregate", "cpu_coefficient": 3, "big_o": "N"},
             {"name": "BM_x_RMS", "run_type": "aggregate", "rms": 0.1}]}
            """);

    assertThat(only(measurements).means()).containsExactly(2e3, 4e3);
    assertThat(measurements.metrics()).containsExactly("time", "cpu_time", "counter");
    assertThat(measurements.notes()).containsExactly("BM_x/n:256 is left out: it failed: no.");
  }

  @Test
  void leavesHugeNumbersOut() throws IOException {
    Measurements measurements =
        read(
            "["
                + element("a.B.c", "avgt", "ns/op", "1", "[[1e400]]")
                + ","
                + element("a.B.c", "avgt", "day/op", "2", "[[1e300]]")
                + "]");

    assertThat(measurements.series(Optional.of("n"))).isEmpty();
    assertThat(measurements.notes()).hasSize(2).allMatch(note -> note.contains("is left out"));
  }

  @Test
  void rejectsAnEmptyFileInOneLine() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("found an empty file");
    assertThatThrownBy(() -> read("hello"))
        .hasMessageContaining("not a result file")
        .hasMessageContaining("found \"hello\"");
  }
}
