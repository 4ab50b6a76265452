package dev.ordo.reports.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ordo.reports.Gap;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesNameTest {

  private static final Study MODELS = Studies.models();
  private static final Study THREADS = Studies.parallel(List.of("mamba"), 1, 2, 4);

  private static String subject(Study study, String name, Map<String, String> settings) {
    return SeriesName.find(study, name, settings).subject();
  }

  @Test
  void findsModelAndPhase() {
    Study.Finding found = SeriesName.find(MODELS, "transformer-kv.Decode", Map.of());
    assertThat(found.subject()).isEqualTo("transformer-kv");
    assertThat(found.aspect()).isEqualTo("decode");
  }

  @Test
  void findsASubjectThatHasOneAspect() {
    assertThat(subject(Studies.single(), "Bench.run", Map.of())).isEqualTo("Bench.run");
    assertThat(subject(Studies.single(), "Bench.run.time", Map.of())).isEqualTo("Bench.run");
    assertThat(subject(Studies.odd(), Studies.HOSTILE, Map.of())).isEqualTo(Studies.HOSTILE);
  }

  @Test
  void tellsSettingsApart() {
    assertThat(subject(THREADS, "mamba.train", Map.of())).isEqualTo("mamba");
    assertThat(subject(THREADS, "mamba.train", Map.of("threads", "4")))
        .isEqualTo("mamba [threads=4]");
    assertThat(subject(THREADS, "mamba [threads=2].train", Map.of()))
        .isEqualTo("mamba [threads=2]");
  }

  @Test
  void saysWhichSettingsThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesName.find(THREADS, "mamba.train", Map.of("threads", "3")))
        .withMessage("mamba.train was not measured with threads=3: threads is 1 or 2 or 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesName.find(THREADS, "mamba.train", Map.of("batch", "3")))
        .withMessage("mamba.train was not measured with batch=3: it has no setting batch");
  }

  @Test
  void asksWhichOfSeveralIsMeant() {
    Study doubled =
        new Study("t", Studies.parallel(List.of("mamba"), 1, 2).findings(), Map.of(), List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesName.find(doubled, "mamba.train", Map.of()))
        .withMessage("mamba.train must be one series, there are 2: add threads=1 or threads=2");
  }

  @Test
  void namesThoseThatAreNear() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesName.find(MODELS, "mamba.decod", Map.of()))
        .withMessage(
            "unknown series 'mamba.decod'; nearest: mamba.decode, mamba.prefill, rnn.decode");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesName.find(MODELS, "mamba", Map.of()))
        .withMessageStartingWith("unknown series 'mamba'; nearest: ");
  }

  @Test
  void saysWhyASeriesIsMissing() {
    Study study =
        MODELS.withGaps(
            List.of(new Gap("mamba", "train", 64, Map.of(), 0, 2, "out-of-memory", "no heap")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesName.find(study, "mamba.train", Map.of()))
        .withMessage("mamba.train was not measured: no heap");
  }
}
