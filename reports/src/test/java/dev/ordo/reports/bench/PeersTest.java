package dev.ordo.reports.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.fit.Growth;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeersTest {

  private static final double[] SIZES = {16, 32, 64, 128, 256, 512, 1024};

  private static Answer answer(Peer peer, DoubleUnaryOperator curve) {
    return peer.answer(SIZES, Arrays.stream(SIZES).map(curve).toArray());
  }

  @ParameterizedTest
  @EnumSource(
      value = Growth.class,
      names = {"CONSTANT", "LOGARITHMIC", "LINEAR", "LINEARITHMIC", "QUADRATIC", "CUBIC"})
  void googleRuleNamesItsOwnCurvesWithoutNoise(Growth growth) {
    Answer answer = answer(new GoogleRule(), n -> 7 * growth.at(n));

    assertThat(answer.claim()).isEqualTo(Claim.of(Order.of(growth)));
    assertThat(answer.curve().applyAsDouble(4096)).isCloseTo(7 * growth.at(4096), within(1e-3));
  }

  @Test
  void googleRuleHasNoIntercept() {
    Answer answer = answer(new GoogleRule(), n -> 1000 + n);

    assertThat(answer.claim()).isEqualTo(Claim.of(Order.of(Growth.LOGARITHMIC)));
  }

  @ParameterizedTest
  @EnumSource(value = Growth.class, mode = EnumSource.Mode.EXCLUDE, names = "CONSTANT")
  void extraPNamesItsOwnCurvesUnderOverheadWithoutNoise(Growth growth) {
    Answer answer = answer(new ExtraPRule(), n -> 50 + 3 * growth.at(n));

    assertThat(answer.claim()).isEqualTo(Claim.of(Order.of(growth)));
    double truth = 50 + 3 * growth.at(4096);
    assertThat(answer.curve().applyAsDouble(4096) / truth).isCloseTo(1, within(1e-9));
  }

  @Test
  void extraPKeepsTheConstantWhereNothingPredictsLeftOutPointsBetter() {
    double[] values = {10, 11, 10, 11, 10, 11, 10};

    assertThat(new ExtraPRule().answer(SIZES, values).claim()).isEqualTo(Claim.of(Order.CONSTANT));
  }

  @ParameterizedTest
  @EnumSource(Growth.class)
  void slopeIsReadAsTheLawThatHasIt(Growth growth) {
    Answer answer = answer(SlopeRule.overAll(), n -> 3 * growth.at(n));

    assertThat(answer.claim()).isEqualTo(Claim.of(Order.of(growth)));
  }

  @Test
  void slopeOfNoLawIsAPower() {
    Answer answer = answer(SlopeRule.overLastThree(), n -> 3 * Math.pow(n, 1.35));

    assertThat(answer.claim().low().power()).isCloseTo(1.35, within(1e-12));
    assertThat(answer.curve().applyAsDouble(2048) / (3 * Math.pow(2048, 1.35)))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void slopeOfTheLastThreeIgnoresTheOverheadOfSmallSizes() {
    Answer last = answer(SlopeRule.overLastThree(), n -> 200 + n * n);
    Answer all = answer(SlopeRule.overAll(), n -> 200 + n * n);

    assertThat(last.claim()).isEqualTo(Claim.of(Order.QUADRATIC));
    assertThat(all.claim()).isNotEqualTo(Claim.of(Order.QUADRATIC));
  }
}
