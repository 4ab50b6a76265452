package dev.ordo.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  private static final SeriesName SORT =
      SeriesName.of("org.acme.Sort.quick", "avgt", 1, params("type", "int", "order", "random"));

  private static Map<String, String> params(String... pairs) {
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      params.put(pairs[i], pairs[i + 1]);
    }
    return params;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.acme.Sort.quick | true",
        "Sort.quick | true",
        "sort.* | true",
        "*.quick | true",
        "acme.* | true",
        "quick | true",
        "* | true",
        "Sort.quic? | true",
        "Sort.quick[type=int,order=random] | true",
        "Sort.quick[type=int*] | true",
        "Sort.quick[*order=random] | true",
        "Sort.quick[type=long*] | false",
        "Sort | false",
        "ort.quick | false",
        "Sort.quick@64 | false",
        "Sort.quick:time | true",
        "Sort.quick:gc.alloc.rate.norm | false"
      })
  void matchesSeries(String pattern, boolean matches) {
    assertThat(NamePattern.of(pattern).matches(SORT, "time")).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "Sort.quick@64,true",
    "Sort.quick@6?,true",
    "*@64,true",
    "Sort.quick,true",
    "*@128,false"
  })
  void matchesCells(String pattern, boolean matches) {
    assertThat(NamePattern.of(pattern).matches(SORT, "time", "64")).isEqualTo(matches);
  }

  @Test
  void matchesAnotherMetricOnlyWhereNamed() {
    assertThat(NamePattern.of("*").matches(SORT, "state.bytes")).isFalse();
    assertThat(NamePattern.of("*:state.bytes").matches(SORT, "state.bytes")).isTrue();
    assertThat(NamePattern.of("*:*").matches(SORT, "state.bytes")).isTrue();
  }

  @Test
  void builtInsAreCalledByModelAndPhase() {
    SeriesName one =
        SeriesName.of(
            "b.S.run", "avgt", 1, params("model", "mamba", "phase", "decode", "threads", "1"));
    SeriesName two =
        SeriesName.of(
            "b.S.run", "avgt", 1, params("model", "mamba", "phase", "decode", "threads", "2"));

    assertThat(one.text()).isEqualTo("mamba.decode");
    assertThat(two.text()).isEqualTo("mamba.decode[threads=2]");
    assertThat(NamePattern.of("mamba.*").matches(two, "time")).isTrue();
    assertThat(NamePattern.of("mamba.decode[]").matches(one, "time")).isTrue();
    assertThat(NamePattern.of("mamba.decode[]").matches(two, "time")).isFalse();
  }
}
