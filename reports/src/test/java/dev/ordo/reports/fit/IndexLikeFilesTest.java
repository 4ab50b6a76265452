package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.data.SizeParameterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Result files whose only numeric parameter is no size. */
class IndexLikeFilesTest {

  @TempDir private Path directory;

  private Measurements file(
      String param, List<Integer> values, IntToDoubleFunction level, RandomGenerator random)
      throws IOException {
    StringBuilder json = new StringBuilder("[");
    for (int value : values) {
      double mean = level.applyAsDouble(value);
      json.append(json.length() == 1 ? "" : ",")
          .append("{\"benchmark\": \"org.acme.Lookup.get\", \"mode\": \"avgt\", \"params\": {\"")
          .append(param)
          .append("\": \"")
          .append(value)
          .append(
              "\"}, \"primaryMetric\": {\"scoreUnit\": \"ns/op\", \"score\": 1, \"rawData\": [");
      for (int fork = 0; fork < 3; fork++) {
        double time = mean * Math.exp(0.02 * random.nextGaussian());
        json.append(fork == 0 ? "[" : ",[")
            .append(String.format(Locale.ROOT, "%.4f, %.4f]", time, time * 1.01));
      }
      json.append("]}}");
    }
    return ResultFiles.read(Files.writeString(directory.resolve("a.json"), json.append("]")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "startOffset", "seed", "userId", "queryNumber", "testCase"})
  void asksWhichParameterIsTheSize(String param) throws IOException {
    Measurements measurements =
        file(param, List.of(1, 2, 3, 4, 5), value -> 80, new SplittableRandom(1));

    assertThatThrownBy(() -> measurements.select(Optional.empty()))
        .isInstanceOf(SizeParameterException.class)
        .hasMessageContaining("(parameters: " + param + ")");
  }

  @Test
  void callsAFlatSeriesOverAnIndexConstant() throws IOException {
    Measurements measurements =
        file("index", List.of(1, 2, 4, 8, 16, 32, 64, 128), value -> 80, new SplittableRandom(2));

    assertThat(conclusion(measurements, "index").law()).isEqualTo("constant");
  }

  /** Levels that the value picks, as a hash or a permutation does; names that sound innocent. */
  @ParameterizedTest
  @CsvSource({"key, 8", "bucket, 10", "bits, 12"})
  void claimsNoGrowthOfErraticLevels(String param, int count) throws IOException {
    int claimed = 0;
    for (int i = 0; i < 60; i++) {
      RandomGenerator random = new SplittableRandom(i).split();
      double spread = 0.1 + 0.5 * random.nextDouble();
      double[] levels = random.doubles(count + 1).map(x -> 90 * Math.exp(spread * x)).toArray();
      List<Integer> values = IntStream.rangeClosed(1, count).boxed().toList();
      Conclusion conclusion =
          conclusion(file(param, values, value -> levels[value], random), param);
      boolean growth =
          conclusion.bounds().map(bounds -> bounds.fromBelow()).orElse(conclusion.told())
              && !conclusion.law().startsWith("at most")
              && !conclusion.law().equals("constant");
      claimed += growth ? 1 : 0;
    }
    assertThat(claimed).isLessThanOrEqualTo(1);
  }

  private static Conclusion conclusion(Measurements measurements, String param) {
    return Analyst.analyze(measurements.series(Optional.of(param)).get(0), 1).conclusion();
  }
}
