package dev.ordo.reports.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analyst;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static List<String> explained(Series series, Optional<Study.Theory> theory) {
    Study.Finding finding =
        new Study.Finding("mamba", "decode", series, Analyst.analyze(series, 1), theory);
    return Explanation.of(
        new Study("t", List.of(finding), Map.of("cpu", "Xeon", "jvm", "OpenJDK 17"), List.of()),
        finding);
  }

  private static Series quadratic() {
    return Studies.series(
        "org.example.Bench.run",
        Map.of("model", "mamba"),
        "length",
        List.of(64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0, 4096.0),
        n -> 3 * n * n,
        new Random(4),
        0.01);
  }

  @Test
  void tellsAllInSixSentences() {
    List<String> sentences = explained(quadratic(), Optional.of(new Study.Theory("L²", 1.98)));
    assertThat(sentences).hasSize(6);
    assertThat(sentences.get(0))
        .isEqualTo(
            "Measured was mamba, decode, at 7 values of length from 64 to 4096, with 3 forks at"
                + " each and 4 iterations in a fork, on Xeon with OpenJDK 17.");
    assertThat(sentences.get(1))
        .matches("Fork means of one size vary by .* %, iterations within a fork by .* %\\.");
    assertThat(sentences.get(2))
        .matches(
            "Of 11 laws that were fitted, .*b·n² = .*·n² won: it is off by .* % and has .* % of"
                + " the Akaike weight, and the claim is quadratic at a slope of 2\\.00 \\[.*].*"
                + " credible.*\\.");
    assertThat(sentences.get(3))
        .startsWith("Rejected were ")
        .contains("ΔAICc", "more, off by up to ", "; not rejected ");
    assertThat(sentences.get(4))
        .startsWith(
            "That is consistent with theory's O(L²), whose count has a slope of 1.98 over these"
                + " sizes; it holds from 64 to 4096 and says nothing of what lies beyond; without"
                + " 4096 the fit predicts ")
        .endsWith("so the check holds.");
    assertThat(sentences.get(5)).startsWith("To be surer: ");
    assertThat(sentences).allMatch(sentence -> sentence.split("\\. ").length == 1);
  }

  @Test
  void saysWhereTheoryIsContradicted() {
    assertThat(explained(quadratic(), Optional.of(new Study.Theory("L", 1))).get(4))
        .startsWith("That contradicts theory's O(L), whose count has a slope of 1.00");
  }

  @Test
  void explainsCountedBytes() {
    List<String> sentences =
        explained(
            Studies.plain("n", Unit.BYTES, 64, 640, 128, 1280, 256, 2560, 512, 5120),
            Optional.empty());
    assertThat(sentences).hasSize(6);
    assertThat(sentences.get(1)).startsWith("With one fork at each size");
    assertThat(sentences.get(2)).startsWith("One law was fitted, ").contains("10.0 B·n");
    assertThat(sentences.get(3))
        .isEqualTo("No other law had to be rejected: this one meets every size.");
    assertThat(sentences.get(4)).startsWith("No theory stands beside it; it holds from 64 to 512");
  }

  @Test
  void explainsWhatCannotBeTold() {
    List<String> sentences =
        explained(Studies.plain("n", Unit.NANOS_PER_OP, 64, 640, 128, 1280), Optional.empty());
    assertThat(sentences.get(0)).contains("at 2 values of n from 64 to 128, with 1 fork at each");
    assertThat(sentences.get(2)).isEqualTo("No law was fitted, and no law is claimed.");
    assertThat(sentences.get(5))
        .contains("a second fork at each size would show the noise", "more sizes than 2");
    assertThat(explained(Studies.plain("n", Unit.NANOS_PER_OP, 64, 640), Optional.empty()).get(0))
        .contains("at one n, 64, with");
  }

  @Test
  void takesEveryFindingThatThereIs() {
    for (Study study :
        List.of(
            Studies.models(),
            Studies.odd(),
            Studies.single(),
            Studies.analysed(4),
            Studies.parallel(List.of("rnn"), 1, 2))) {
      for (Study.Finding finding : study.findings()) {
        assertThat(Explanation.of(study, finding))
            .hasSize(6)
            .allMatch(sentence -> sentence.endsWith(".") && !sentence.contains("\u001b"))
            .doesNotContainNull();
      }
    }
    assertThat(Explanation.of(Studies.single(), Studies.single().findings().get(0)).get(0))
        .endsWith("on a machine that is not recorded.");
  }
}
