package dev.ordo.reports.data;

import static dev.ordo.reports.data.JmhResultsTest.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {

  private static Series only(Measurements measurements) {
    List<Series> series = measurements.series(Optional.empty());
    assertThat(series).hasSize(1);
    return series.get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"throughput.json", "average.json", "results.csv", "empty.json"})
  void readsFilesOfJmhAsJmhResultsDoes(String name) throws IOException {
    Measurements measurements = ResultFiles.read(file(name));

    assertThat(measurements.table().print(1000))
        .isEqualTo(JmhResults.read(file(name)).table().print(1000));
    assertThat(measurements.notes()).isEqualTo(JmhResults.read(file(name)).notes());
  }

  @Test
  void takesRepetitionsOfGoogleBenchmarkAsForks() throws IOException {
    Measurements measurements = ResultFiles.read(file("google-repetitions.json"));

    Series series = only(measurements);
    assertThat(series.benchmark()).isEqualTo("BM_Sort");
    assertThat(series.sizeName()).isEqualTo("n");
    assertThat(series.sizes()).containsExactly(1024, 8192);
    assertThat(series.points().get(0).sample().forkMeans()).containsExactly(2500, 3500);
    assertThat(series.points().get(1).sample().forkMeans()).containsExactly(20_000);
    assertThat(series.points().get(0).sample().unit()).isEqualTo(Unit.NANOS_PER_OP);
  }

  @Test
  void keepsCpuTimeAndCountersOfGoogleBenchmark() throws IOException {
    Measurements measurements = ResultFiles.read(file("google-repetitions.json"));

    assertThat(measurements.metrics()).containsExactly("time", "cpu_time", "items_per_second");
    assertThat(only(measurements.withMetric("cpu_time")).means()).containsExactly(2500, 19_000);
    Series items = only(measurements.withMetric("items_per_second"));
    assertThat(items.means()).containsExactly(3.5e8, 4.1e8);
    assertThat(items.points().get(0).sample().unit().symbol()).isEqualTo("items/s");
  }

  @Test
  void saysWhichBenchmarksFailedAndThatRepetitionsShareAProcess() throws IOException {
    assertThat(ResultFiles.read(file("google-repetitions.json")).notes())
        .anyMatch(
            note -> note.equals("BM_Sort/65536/repeats:2 is left out: it failed: out of memory."))
        .anyMatch(note -> note.contains("repetitions within one process"))
        .hasSize(2);
  }

  @Test
  void findsTheArgumentsInTheNamesOfGoogleBenchmark() throws IOException {
    List<Series> series = ResultFiles.read(file("google-names.json")).series(Optional.empty());

    assertThat(series)
        .extracting(Series::benchmark)
        .containsExactly("BM_Copy<a/b>/pinned", "BM_Two");
    assertThat(series.get(0).sizeName()).isEqualTo("rows");
    assertThat(series.get(0).sizes()).containsExactly(8, 16);
    assertThat(series.get(0).params()).isEqualTo(Map.of("arg1", "64"));
    assertThat(series.get(0).threads()).isEqualTo(4);
    assertThat(series.get(0).means()).containsExactly(1e6, 2e6);
    assertThat(series.get(1).sizeName()).isEqualTo("arg0");
    assertThat(series.get(1).means()).containsExactly(3e9, 4e9);
  }

  @Test
  void takesLinesOfOneSizeAsForks() throws IOException {
    Measurements measurements = ResultFiles.read(file("plain.csv"));

    Series series = only(measurements);
    assertThat(series.benchmark()).isEqualTo("plain");
    assertThat(series.sizes()).containsExactly(64, 128, 1000);
    assertThat(series.points().get(0).sample().forkMeans()).containsExactly(1500, 2500);
    assertThat(series.points().get(2).sample().forkMeans()).containsExactly(20_000, 22_000);
    assertThat(measurements.notes()).isEmpty();
  }

  @Test
  void readsSeveralSeriesWithSemicolonsAndDecimalCommas() throws IOException {
    List<Series> series = ResultFiles.read(file("plain-names.csv")).series(Optional.empty());

    assertThat(series).extracting(Series::benchmark).containsExactly("quick sort", "merge; sort");
    assertThat(series.get(0).means()).containsExactly(1.5e6, 3.5e6);
  }

  @Test
  void saysThatTimesWithoutAUnitAreTakenAsNanoseconds() throws IOException {
    Measurements measurements = ResultFiles.read(file("plain-without-unit.csv"));

    assertThat(only(measurements).means()).containsExactly(5, 11);
    assertThat(measurements.notes()).singleElement().asString().contains("taken as nanoseconds");
  }

  @ParameterizedTest
  @CsvSource({
    "time_ns, 1",
    "timeNs, 1",
    "time_µs, 1e3",
    "time (μs), 1e3",
    "micros, 1e3",
    "ms, 1e6",
    "Elapsed [ms], 1e6",
    "runtime_seconds, 1e9",
    "s, 1e9",
  })
  void readsTheUnitFromTheHeader(String column, double nanos, @TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("a.csv"), "n," + column + "\n8,1\n16,2\n");

    assertThat(only(ResultFiles.read(file)).means()).containsExactly(nanos, 2 * nanos);
  }

  @Test
  void mergesFilesOfDifferentFormats() throws IOException {
    Measurements measurements =
        ResultFiles.read(List.of(file("plain.csv"), file("google-names.json")));

    assertThat(measurements.series(Optional.empty()))
        .extracting(Series::benchmark)
        .containsExactly("plain", "BM_Copy<a/b>/pinned", "BM_Two");
  }

  @Test
  void notesAFileOfGoogleBenchmarkWithoutResults() throws IOException {
    assertThat(ResultFiles.read(file("google-benchmark.json")).notes())
        .singleElement()
        .asString()
        .contains("holds no results");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "truncated.json | not JSON: Unexpected end-of-input",
        "google-truncated.json | not JSON: Unexpected end-of-input",
        "google-other-object.json | benchmarks: expected an array, found nothing",
        "google-aggregates.json | benchmarks: expected repetitions, found aggregates alone",
        "google-wrong-unit.json | element 0 (BM_Sort/8): time_unit: expected ns, us, ms or s, found"
            + " \"fortnights\"",
        "google-wrong-time.json | element 0 (BM_Sort/8): real_time: expected a number, found"
            + " \"fast\"",
        "plain-wrong-time.csv | line 2: seconds: expected a number, found \"fast\"",
        "plain-wrong-size.csv | line 2: n: expected a positive number, found \"0\"",
        "plain-other-column.csv | line 1: header: expected one size, one time and at most one name,"
            + " found \"colour\"",
        "plain-two-sizes.csv | line 1: header: expected one size, one time and at most one name,"
            + " found \"size\"",
        "plain-wrong-count.csv | line 2: expected 2 fields, found 3",
        "plain-neither.csv | not a result file: expected JSON, CSV or the table of JMH, JSON of"
            + " google/benchmark, or a CSV with columns size and time, found \"colour,shape\"",
      })
  void saysInOneLineWhatIsWrong(String name, String problem) {
    assertThatThrownBy(() -> ResultFiles.read(file(name)))
        .isInstanceOf(ResultFileException.class)
        .hasMessageStartingWith(file(name) + ": ")
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void rejectsAMissingFile(@TempDir Path directory) {
    Path missing = directory.resolve("none.json");

    assertThatThrownBy(() -> ResultFiles.read(missing))
        .isInstanceOf(ResultFileException.class)
        .hasMessage(missing + ": no such file");
  }
}
