package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.Course;
import dev.ordo.reports.fit.ForkSummary;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.NoiseSplit;
import dev.ordo.reports.fit.Regime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FitsJsonTest {

  private static JsonNode read(Study study) throws IOException {
    return new ObjectMapper().readTree(text(study));
  }

  @Test
  void namesItsSchema() throws IOException {
    JsonNode root = read(Studies.empty());
    assertThat(root.get("schema").asText()).isEqualTo("ordo-fits");
    assertThat(root.get("version").asInt()).isEqualTo(1);
    assertThat(root.get("series")).isEmpty();
  }

  @Test
  void holdsWhatWasFittedAndConcluded() throws IOException {
    Study study = Studies.models();
    JsonNode series = read(study).get("series");
    assertThat(series).hasSize(15);
    JsonNode first = series.get(0);
    assertThat(first.get("subject").asText()).isEqualTo("transformer");
    assertThat(first.get("params").get("phase").asText()).isEqualTo("prefill");
    assertThat(first.get("unit").asText()).isEqualTo("ns/op");
    assertThat(first.get("sizes")).hasSize(7);
    assertThat(first.get("means").get(6).asDouble())
        .isEqualTo(study.findings().get(0).series().means()[6]);
    assertThat(first.get("exponent").get("confidence").asDouble()).isEqualTo(0.95);
    assertThat(first.get("ranking")).hasSize(3);
    assertThat(first.get("best")).isEqualTo(first.get("ranking").get(0));
    assertThat(first.get("best").get("terms").get(1).get("power").asDouble()).isEqualTo(2);
    assertThat(first.get("crossover").get("insideRange").asBoolean()).isTrue();
    assertThat(first.get("conclusion").get("law").asText()).isEqualTo("linear + quadratic");
    assertThat(first.get("theory").get("order").asText()).isEqualTo("L²");
  }

  @Test
  void holdsTheIntervalOfEveryTerm() throws IOException {
    Series series =
        Studies.plain("n", Unit.NANOS_PER_OP, 8, 80, 16, 165, 32, 312, 64, 648, 128, 1280);
    Study study =
        new Study(
            "",
            List.of(
                new Study.Finding("s", "a", series, Analyst.analyze(series, 1), Optional.empty())),
            Map.of(),
            List.of());
    for (JsonNode term : read(study).get("series").get(0).get("best").get("terms")) {
      JsonNode interval = term.get("interval");
      assertThat(interval.get("low").asDouble()).isLessThan(term.get("coefficient").asDouble());
      assertThat(interval.get("high").asDouble()).isGreaterThan(term.get("coefficient").asDouble());
      assertThat(interval.get("confidence").asDouble()).isEqualTo(0.95);
    }
  }

  @Test
  void holdsPredictionsAndTheirCheckAndLocalExponents() throws IOException {
    Study study = Studies.analysed(1).withPredictions(List.of(1e6));
    JsonNode series = read(study).get("series").get(0);
    JsonNode prediction = series.get("predictions").get(0);
    assertThat(prediction.get("size").asDouble()).isEqualTo(1e6);
    assertThat(prediction.get("distance").asDouble()).isEqualTo(1e6 / 4096);
    assertThat(prediction.get("value").get("value").asDouble()).isBetween(3e8, 5e8);
    assertThat(prediction.get("value").get("confidence").asDouble()).isEqualTo(0.95);
    assertThat(prediction.get("law").asText()).isEqualTo("b·n");
    assertThat(prediction.get("reason").asText()).isEmpty();
    JsonNode heldOut = series.get("heldOut");
    assertThat(heldOut.get("size").asDouble()).isEqualTo(4096);
    assertThat(heldOut.get("ratio").get("value").asDouble())
        .isEqualTo(
            heldOut.get("measured").asDouble() / heldOut.get("predicted").get("value").asDouble());
    assertThat(heldOut.get("holds").asBoolean()).isTrue();
    assertThat(series.get("localExponents")).hasSize(6);
    assertThat(series.get("localExponents").get(0).get("to").asDouble()).isEqualTo(128);
    assertThat(series.get("localExponents").get(0).get("interval").get("low").isNumber()).isTrue();
    JsonNode without = read(Studies.models()).get("series").get(0);
    assertThat(without.get("heldOut").isNull()).isTrue();
    assertThat(without.get("predictions")).isEmpty();
  }

  @Test
  void holdsHowForksRan() throws IOException {
    Course course =
        new Course(
            Course.Shape.WARM_UP, List.of(new Course.Level(0, 4, 9), new Course.Level(4, 12, 5)));
    ForkSummary forks =
        new ForkSummary(
            Optional.of(new NoiseSplit(0.02, 9, 0.01, 180, 0.021, 10, 0.25)),
            20,
            List.of(new ForkSummary.Labelled(64, 2, course, ForkSummary.Treatment.LAST_LEVEL)));
    Study.Finding first = Studies.models().findings().get(0);
    Study.Finding finding =
        new Study.Finding(
            "s", "a", first.series(), first.analysis().withForks(forks), Optional.empty());
    JsonNode written =
        read(new Study("", List.of(finding), Map.of(), List.of()))
            .get("series")
            .get(0)
            .get("forks");

    assertThat(written.get("noise").get("between").asDouble()).isEqualTo(0.02);
    assertThat(written.get("noise").get("iterationsShare").asDouble()).isBetween(0.03, 0.05);
    assertThat(written.get("judged").asInt()).isEqualTo(20);
    JsonNode fork = written.get("labelled").get(0);
    assertThat(fork.get("size").asDouble()).isEqualTo(64);
    assertThat(fork.get("fork").asInt()).isEqualTo(2);
    assertThat(fork.get("shape").asText()).isEqualTo("warm-up");
    assertThat(fork.get("levels").get(1).get("mean").asDouble()).isEqualTo(5);
    assertThat(fork.get("treatment").asText()).isEqualTo("counted from its last level on");
    assertThat(read(Studies.models()).get("series").get(0).get("forks").get("noise").isNull())
        .isTrue();
  }

  @Test
  void infinityIsNull() throws IOException {
    String text = text(Studies.models());
    assertThat(text).doesNotContain("NaN", "Infinity");
    JsonNode series = read(Studies.models()).get("series");
    assertThat(series.get(0).get("ranking").get(2).get("aicc").isNull()).isTrue();
    assertThat(series.get(10).get("crossover").get("high").isNull()).isTrue();
    assertThat(series.get(10).get("crossover").get("low").isNumber()).isTrue();
  }

  @Test
  void absentPartsAreNull() throws IOException {
    JsonNode point = read(Studies.odd()).get("series").get(3);
    for (String part : new String[] {"exponent", "best", "crossover", "regime", "theory"}) {
      assertThat(point.get(part).isNull()).as(part).isTrue();
    }
    assertThat(point.get("ranking")).isEmpty();
  }

  @Test
  void holdsThePlaceAtWhichASeriesChanges() throws IOException {
    Study study = Studies.models();
    Study.Finding first = study.findings().get(0);
    Interval height = new Interval(1.3, 1.2, 1.4, 0.95);
    Analysis analysis =
        first
            .analysis()
            .withRegime(Optional.of(new Regime(Regime.Kind.STEP, 256, 512, height, 0.002)));
    Study changed =
        new Study(
            "",
            List.of(
                new Study.Finding(
                    first.subject(), first.aspect(), first.series(), analysis, Optional.empty())),
            Map.of(),
            List.of());

    JsonNode regime = read(changed).get("series").get(0).get("regime");

    assertThat(regime.get("kind").asText()).isEqualTo("step");
    assertThat(regime.get("after").asDouble()).isEqualTo(256);
    assertThat(regime.get("from").asDouble()).isEqualTo(512);
    assertThat(regime.get("height").get("high").asDouble()).isEqualTo(1.4);
    assertThat(regime.get("falseAlarm").asDouble()).isEqualTo(0.002);
  }

  @Test
  void textsStayAsTheyWere() throws IOException {
    Study study = Studies.odd();
    JsonNode root = read(study);
    assertThat(root.get("title").asText()).isEqualTo(study.title());
    for (int i = 0; i < study.findings().size(); i++) {
      assertThat(root.get("series").get(i).get("subject").asText())
          .isEqualTo(study.findings().get(i).subject());
    }
    assertThat(root.get("notes").get(0).asText()).isEqualTo(study.notes().get(0));
  }

  @Test
  void holdsSpeedUpsAtAllSizes() throws IOException {
    Study study = Studies.parallel(List.of("mamba"), 1, 2);
    JsonNode root = read(study);
    assertThat(root.get("series")).hasSize(4);
    assertThat(root.get("parallelism")).hasSize(2);
    JsonNode training = root.get("parallelism").get(0);
    assertThat(training.get("subject").asText()).isEqualTo("mamba");
    assertThat(training.get("fromThreads").asInt()).isEqualTo(1);
    assertThat(training.get("toThreads").asInt()).isEqualTo(2);
    assertThat(training.get("places")).hasSize(4);
    JsonNode last = training.get("places").get(3);
    assertThat(last.get("size").asDouble()).isEqualTo(512);
    assertThat(last.get("speedUp").asDouble())
        .isEqualTo(study.parallelism().get(0).largest().ratio().value());
    assertThat(last.get("interval").get("low").asDouble()).isGreaterThan(1.1);
    assertThat(last.get("forksOnMore").asInt()).isEqualTo(3);
    assertThat(last.get("verdict").asText()).isEqualTo("faster");
    assertThat(training.get("span").get("parallelismOrder").asText()).isEqualTo("L²/log L");
    assertThat(root.get("parallelism").get(1).get("span").isNull()).isTrue();
  }

  @Test
  void holdsMemory() throws IOException {
    JsonNode memory = read(Studies.parallel(List.of("mamba"), 1, 2)).get("memory");
    assertThat(memory).hasSize(2);
    JsonNode training = memory.get(0);
    assertThat(training.get("aspect").asText()).isEqualTo("train");
    assertThat(training.get("kept").get("unit").asText()).isEqualTo("B");
    assertThat(training.get("kept").get("means").get(3).asDouble()).isEqualTo(266240);
    JsonNode terms = training.get("kept").get("best").get("terms");
    assertThat(terms.get(0).get("coefficient").asDouble()).isEqualTo(4096);
    assertThat(terms.get(1).get("coefficient").asDouble()).isEqualTo(512);
    assertThat(training.get("allocated").get("conclusion").get("law").asText())
        .isEqualTo("constant");
    assertThat(training.get("theory").get("order").asText()).isEqualTo("L");
  }

  private static String text(Study study) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FitsJson.write(study, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
