package dev.ordo.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.JmhResults;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {

  @TempDir private Path directory;

  private static String element(String model, String phase, int length, double nanos) {
    return """
    {"benchmark": "dev.ordo.Sweep.run", "mode": "ss", "threads": 1,
     "params": {"model": "%s", "phase": "%s", "length": "%d"},
     "primaryMetric": {"score": 1, "scoreError": "NaN", "scoreUnit": "us/op",
                       "rawData": [[%s, %s], [%s, %s]]}}\
    """
        .formatted(model, phase, length, nanos, nanos * 1.01, nanos * 0.98, nanos * 1.02);
  }

  private Study study(String... elements) throws IOException {
    Path file = directory.resolve("results.json");
    Files.writeString(file, "[" + String.join(",\n", elements) + "]");
    Measurements measurements = JmhResults.read(file);
    return Analyst.study("A sweep", measurements, Optional.empty(), 1);
  }

  private Study sweep() throws IOException {
    return study(
        element("rnn", "prefill", 64, 64),
        element("rnn", "prefill", 128, 128),
        element("rnn", "prefill", 256, 256),
        element("rnn", "prefill", 512, 512),
        element("rnn", "prefill", 1024, 1024),
        element("mamba", "decode", 64, 9),
        element("mamba", "decode", 128, 9));
  }

  @Test
  void holdsAFindingForEverySeries() throws IOException {
    Study study = sweep();

    assertThat(study.title()).isEqualTo("A sweep");
    assertThat(study.findings())
        .extracting(Study.Finding::subject, Study.Finding::aspect)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("rnn", "prefill"),
            org.assertj.core.groups.Tuple.tuple("mamba", "decode"));
    assertThat(study.findings().get(0).analysis().conclusion().law()).isEqualTo("linear");
    assertThat(study.findings().get(1).analysis().conclusion().law()).isEqualTo("cannot tell");
  }

  @Test
  void theOrderOfSeriesChangesNoAnalysis() throws IOException {
    Study one =
        study(
            element("rnn", "prefill", 64, 60),
            element("rnn", "prefill", 128, 130),
            element("rnn", "prefill", 256, 250));
    Study two =
        study(
            element("s4d", "prefill", 64, 60),
            element("rnn", "prefill", 64, 60),
            element("rnn", "prefill", 128, 130),
            element("rnn", "prefill", 256, 250));

    assertThat(two.findings().get(1).analysis()).isEqualTo(one.findings().get(0).analysis());
  }

  @Test
  void addsTheoryEnvironmentAndNotes() throws IOException {
    Study study =
        sweep()
            .withTheory(
                finding ->
                    finding.subject().equals("rnn")
                        ? Optional.of(new Study.Theory("L", 1))
                        : Optional.empty())
            .withEnvironment(Map.of("cpu", "one"))
            .withNotes(List.of("First."))
            .withNotes(List.of("Second."));

    assertThat(study.findings().get(0).theory()).contains(new Study.Theory("L", 1));
    assertThat(study.findings().get(1).theory()).isEmpty();
    assertThat(study.environment()).containsEntry("cpu", "one");
    assertThat(study.notes()).containsExactly("First.", "Second.");
  }
}
