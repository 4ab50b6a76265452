package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {

  private static Series series(String benchmark, String mode, Map<String, String> params) {
    Sample sample = new Sample(List.of(new double[] {1}), Unit.NANOS_PER_OP);
    return new Series(benchmark, mode, params, 1, "n", List.of(new Series.Point(8, sample)));
  }

  private static List<String> subjects(Series... series) {
    Labels labels = new Labels(List.of(series), "time");
    return List.of(series).stream().map(labels::subject).toList();
  }

  @Test
  void takesModelAndPhaseWhereTheyAreParameters() {
    Series series = series("dev.Sweep.run", "ss", Map.of("model", "mamba", "phase", "decode"));

    assertThat(subjects(series)).containsExactly("mamba");
    assertThat(new Labels(List.of(series), "time").aspect(series)).isEqualTo("decode");
    assertThat(new Labels(List.of(series), "gc.alloc.rate.norm").aspect(series))
        .isEqualTo("decode gc.alloc.rate.norm");
  }

  @Test
  void shortensNamesAsFarAsTheyStayUnique() {
    assertThat(
            subjects(
                series("org.acme.A.sort", "avgt", Map.of()),
                series("org.acme.B.sort", "avgt", Map.of()),
                series("org.acme.B.find", "avgt", Map.of()),
                series("org.acme.fast.B.find", "avgt", Map.of()),
                series("main", "avgt", Map.of())))
        .containsExactly("A.sort", "B.sort", "acme.B.find", "fast.B.find", "main");
  }

  @Test
  void addsParametersThatVary() {
    assertThat(
            subjects(
                series("org.acme.A.sort", "avgt", Map.of("order", "random", "type", "int")),
                series("org.acme.A.sort", "avgt", Map.of("order", "sorted", "type", "int"))))
        .containsExactly("A.sort [order=random]", "A.sort [order=sorted]");
  }

  @Test
  void addsTheModeWhereThereAreSeveral() {
    assertThat(
            subjects(
                series("org.acme.A.sort", "avgt", Map.of()),
                series("org.acme.A.sort", "thrpt", Map.of())))
        .containsExactly("A.sort [avgt]", "A.sort [thrpt]");
  }

  @Test
  void namesTheMetricWhereThereIsNoPhase() {
    Series series = series("org.acme.A.sort", "avgt", Map.of());

    assertThat(new Labels(List.of(series), "time").aspect(series)).isEqualTo("time");
  }

  @Test
  void namesThreadsOnlyWhereThereAreMoreThanOne() {
    assertThat(
            subjects(
                series("b", "avgt", Map.of("model", "rnn", "threads", "1")),
                series("b", "avgt", Map.of("model", "rnn", "threads", "2"))))
        .containsExactly("rnn", "rnn [threads=2]");
    assertThat(
            subjects(
                series("b", "avgt", Map.of("model", "rnn")),
                series("b", "avgt", Map.of("model", "rnn", "threads", "1"))))
        .containsExactly("rnn", "rnn [threads=1]");
  }
}
