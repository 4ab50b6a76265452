package dev.ordo.models.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtypeTest {

  /** Values of IEEE 754-2019, binary16: largest, smallest normal, smallest, one third. */
  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x3C00, 1",
    "0xC000, -2",
    "0x7BFF, 65504",
    "0x0400, 6.103515625e-5",
    "0x0001, 5.9604645e-8",
    "0x8001, -5.9604645e-8",
    "0x3555, 0.33325195",
    "0x7C00, Infinity",
    "0xFC00, -Infinity",
    "0x7E00, NaN"
  })
  void readsHalfPrecision(String bits, float value) {
    assertThat(Dtype.halfToFloat((short) (int) Integer.decode(bits)))
        .isEqualTo(Float.valueOf(value));
  }

  @Test
  void keepsTheSignOfZero() {
    assertThat(1 / Dtype.halfToFloat((short) 0x8000)).isEqualTo(Float.NEGATIVE_INFINITY);
  }
}
