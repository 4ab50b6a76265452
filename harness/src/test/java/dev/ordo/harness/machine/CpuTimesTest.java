package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuTimesTest {

  private static final String GUEST =
      """
      cpu  100 0 50 800 10 0 0 40 7 0
      cpu0 50 0 25 400 5 0 0 20 7 0
      intr 1234
      """;

  @Test
  void sumsWhatAllProcessorsDid() {
    assertThat(CpuTimes.parse(GUEST)).contains(new CpuTimes(1000, 810, 40));
  }

  @Test
  void tellsWhatWasStolenAndWhatWasBusyMeanwhile() {
    CpuTimes before = new CpuTimes(1000, 810, 40);
    CpuTimes after = new CpuTimes(1200, 910, 60);

    assertThat(after.stolenSince(before)).isCloseTo(0.1, within(1e-12));
    assertThat(after.busySince(before)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void saysNothingWasStolenWhereNoTimeHasPassed() {
    CpuTimes now = new CpuTimes(1000, 810, 40);

    assertThat(now.stolenSince(now)).isZero();
  }

  @Test
  void readsKernelsThatKnowNoSteal() {
    assertThat(CpuTimes.parse("cpu 100 0 50 800 10")).contains(new CpuTimes(960, 810, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cpu", "cpu0 1 2 3 4 5", "cpu a b c d e", "cpu 1 2 3 -4 5", "intr 5"})
  void findsNothingInOtherTexts(String text) {
    assertThat(CpuTimes.parse(text)).isEmpty();
  }
}
