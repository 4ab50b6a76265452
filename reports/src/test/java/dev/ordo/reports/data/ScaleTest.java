package dev.ordo.reports.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

  @ParameterizedTest
  @CsvSource({
    "ns/op, 1",
    "us/op, 1e3",
    "ms/op, 1e6",
    "s/op, 1e9",
    "min/op, 60e9",
    "hr/op, 3600e9",
    "day/op, 86400e9"
  })
  void bringsTimesToNanoseconds(String unit, double nanos) {
    Scale scale = Scale.of(unit);

    assertThat(scale.unit()).isEqualTo(Unit.NANOS_PER_OP);
    assertThat(scale.toBase(2)).isEqualTo(2 * nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "ops/ns, 1",
    "ops/us, 1e3",
    "ops/ms, 1e6",
    "ops/s, 1e9",
    "ops/min, 60e9",
    "ops/hr, 3600e9",
    "ops/day, 86400e9"
  })
  void invertsThroughputs(String unit, double nanos) {
    Scale scale = Scale.of(unit);

    assertThat(scale.unit()).isEqualTo(Unit.NANOS_PER_OP);
    assertThat(scale.toBase(4)).isCloseTo(nanos / 4, within(nanos * 1e-15));
  }

  @Test
  void bringsMemoryToBytes() {
    assertThat(Scale.of("B/op").unit()).isEqualTo(Unit.BYTES_PER_OP);
    assertThat(Scale.of("KB/op").toBase(3)).isEqualTo(3072);
  }

  @Test
  void keepsOtherUnits() {
    assertThat(Scale.of("MB/sec").unit()).isEqualTo(new Unit("MB/sec", Unit.Dimension.OTHER));
    assertThat(Scale.of("counts").toBase(3)).isEqualTo(3);
    assertThat(Scale.ofTime("counts")).isEmpty();
    assertThat(Scale.ofTime("B/op")).isEmpty();
  }

  @Test
  void bytesWithoutAnOperationAreMemoryToo() {
    assertThat(Scale.of("B").unit()).isEqualTo(Unit.BYTES);
    assertThat(Scale.of("KB").toBase(3)).isEqualTo(3072);
  }
}
