package dev.ordo.reports.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhResultsTest {

  static Path file(String name) {
    URL url = Objects.requireNonNull(JmhResultsTest.class.getResource(name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Series only(Measurements measurements) {
    List<Series> series = measurements.series(Optional.empty());
    assertThat(series).hasSize(1);
    return series.get(0);
  }

  @Test
  void invertsThroughputIterationByIteration() throws IOException {
    Series series = only(JmhResults.read(file("throughput.json")));

    Sample sample = series.points().get(0).sample();
    assertThat(sample.unit()).isEqualTo(Unit.NANOS_PER_OP);
    assertThat(sample.fork(0)).containsExactly(1000, 2000);
    assertThat(sample.fork(1)).containsExactly(500);
    assertThat(series.mode()).isEqualTo("thrpt");
    assertThat(series.params()).containsOnly(java.util.Map.entry("order", "random"));
  }

  @Test
  void leavesOutACellWithAThroughputOfZeroAndSaysSo() throws IOException {
    Measurements measurements = JmhResults.read(file("throughput.json"));

    assertThat(only(measurements).sizes()).containsExactly(64, 1000);
    assertThat(measurements.notes())
        .singleElement()
        .asString()
        .contains("length=16K", "throughput is 0.0 in fork 0, iteration 1");
  }

  @Test
  void leavesOutACellWithNaNAndSaysSo() throws IOException {
    Measurements measurements = JmhResults.read(file("average.json"));

    assertThat(only(measurements).sizes()).containsExactly(1000, 100_000);
    assertThat(only(measurements).points().get(0).sample().fork(1)).containsExactly(11e3, 13e3);
    assertThat(measurements.notes()).singleElement().asString().contains("NaN in fork 1");
  }

  @Test
  void keepsSecondaryMetricsWithoutTheirDot() throws IOException {
    Measurements measurements = JmhResults.read(file("average.json"));

    assertThat(measurements.metrics())
        .containsExactly("time", "gc.alloc.rate.norm", "gc.alloc.rate");
    Series bytes = only(measurements.withMetric("gc.alloc.rate.norm"));
    assertThat(bytes.sizes()).containsExactly(1000, 10_000, 100_000);
    assertThat(bytes.means()).containsExactly(24, 48, 96);
    assertThat(bytes.points().get(0).sample().unit()).isEqualTo(Unit.BYTES_PER_OP);
    assertThat(measurements.withMetric("gc.alloc.rate.norm").notes()).isEmpty();
  }

  @Test
  void rejectsAnUnknownMetricByName() throws IOException {
    Measurements measurements = JmhResults.read(file("average.json"));

    assertThatThrownBy(() -> measurements.withMetric("cycles"))
        .hasMessage("metric (cycles) must be one of time, gc.alloc.rate.norm, gc.alloc.rate");
  }

  @Test
  void readsSingleShotsInMixedUnits() throws IOException {
    Series series = only(JmhResults.read(file("single-shot.json")));

    assertThat(series.points().get(0).sample().forkMeans()).containsExactly(5e6, 6e6, 7e6);
    assertThat(series.points().get(1).sample().mean()).isCloseTo(6e8, within(1e-3));
  }

  @Test
  void takesMeansOfHistogramsAndOfTheScoreWhereThereIsNothingElse() throws IOException {
    Series series = only(JmhResults.read(file("sample.json")));

    assertThat(series.points().get(0).sample().forkMeans()).containsExactly(125, 110);
    assertThat(series.points().get(1).sample().forkMeans()).containsExactly(240);
  }

  @Test
  void mergesElementsOfOneCellAsForks() throws IOException {
    Series series = only(JmhResults.read(file("two-elements.json")));

    assertThat(series.points().get(0).sample().forkMeans()).containsExactly(10, 12, 14);
  }

  @Test
  void mergesFilesAsForks() throws IOException {
    Path file = file("two-elements.json");

    Series series = only(JmhResults.read(List.of(file, file)));

    assertThat(series.points().get(0).sample().forkCount()).isEqualTo(6);
    assertThat(series.points().get(1).sample().forkCount()).isEqualTo(2);
  }

  @Test
  void holdsOneRowForEveryIterationOfEveryMetric() throws IOException {
    Measurements measurements = JmhResults.read(file("average.json"));

    assertThat(measurements.table().columnNames())
        .containsExactly(
            "benchmark",
            "mode",
            "threads",
            "Param: length",
            "metric",
            "unit",
            "cell",
            "fork",
            "iteration",
            "value");
    // 2 cells of time, 3 of allocation, 1 of rate; 2 forks of 2 iterations each.
    assertThat(measurements.table().rowCount()).isEqualTo(6 * 4);
  }

  @Test
  void readsAnEmptyArrayWithANote() throws IOException {
    Measurements measurements = JmhResults.read(file("empty.json"));

    assertThat(measurements.series(Optional.empty())).isEmpty();
    assertThat(measurements.notes()).singleElement().asString().endsWith("holds no results.");
  }

  @Test
  void readsTheCsvOfJmh() throws IOException {
    Measurements measurements = JmhResults.read(file("results.csv"));

    assertThat(only(measurements).means()).containsExactly(1500, 3100);
    assertThat(only(measurements).params()).isEmpty();
    assertThat(only(measurements.withMetric("gc.alloc.rate.norm")).sizes()).containsExactly(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "truncated.json | not JSON: Unexpected end-of-input",
        "not-json.json | not JSON: Unrecognized token 'Benchmark'",
        "google-benchmark.json | not a JMH result file: expected an array of results, found an"
            + " object",
        "array-of-others.json | element 0: benchmark: expected a string, found nothing",
        "wrong-raw-data.json | element 1 (org.acme.Sort.run): primaryMetric.rawData[0][1]: expected"
            + " a number, found true",
        "wrong-unit.json | primaryMetric.scoreUnit: expected time/op or ops/time, found"
            + " \"furlongs\"",
        "wrong-threads.json | threads: expected a whole number, found \"many\"",
      })
  void saysInOneLineWhatIsWrong(String name, String problem) {
    assertThatThrownBy(() -> JmhResults.read(file(name)))
        .isInstanceOf(ResultFileException.class)
        .hasMessageStartingWith(file(name) + ": ")
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void rejectsAMissingFile(@TempDir Path directory) {
    Path missing = directory.resolve("none.json");

    assertThatThrownBy(() -> JmhResults.read(missing))
        .isInstanceOf(ResultFileException.class)
        .hasMessage(missing + ": no such file");
  }

  @Test
  void rejectsAnEmptyFileAndText(@TempDir Path directory) throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));

    assertThatThrownBy(() -> JmhResults.read(empty))
        .isInstanceOf(ResultFileException.class)
        .hasMessageContaining("found an empty file");
  }

  @Test
  void rejectsTextBehindTheArray(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("two.json"), "[] []");

    assertThatThrownBy(() -> JmhResults.read(file))
        .isInstanceOf(ResultFileException.class)
        .hasMessageContaining("expected the end of the file");
  }
}
