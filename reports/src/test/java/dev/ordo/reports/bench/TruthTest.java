package dev.ordo.reports.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.bench.Truth.Judgement;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TruthTest {

  private static final Truth LINEAR = new Truth(n -> n, Order.LINEAR, OptionalDouble.empty());

  private static final Truth POWER =
      new Truth(n -> Math.pow(n, 1.2), new Order(1.2, 0), OptionalDouble.empty());

  @Test
  void silenceIsNeverWrong() {
    assertThat(LINEAR.judge(Claim.NOTHING, 1024)).isEqualTo(Judgement.CANNOT_TELL);
    assertThat(Claim.NOTHING.growth()).isFalse();
  }

  @Test
  void rangeThatHoldsTheLawIsBounded() {
    Claim quasi = Claim.between(Order.LINEAR, Order.LINEARITHMIC);

    assertThat(LINEAR.judge(quasi, 1024)).isEqualTo(Judgement.BOUNDED);
    assertThat(POWER.judge(quasi, 1024)).isEqualTo(Judgement.WRONG);
    assertThat(POWER.judge(Claim.between(Order.CONSTANT, Order.QUADRATIC), 1024))
        .isEqualTo(Judgement.BOUNDED);
  }

  @Test
  void anotherLawIsWrong() {
    assertThat(LINEAR.judge(Claim.of(Order.LINEAR), 1024)).isEqualTo(Judgement.EXACT);
    assertThat(LINEAR.judge(Claim.of(Order.LINEARITHMIC), 1024)).isEqualTo(Judgement.WRONG);
    assertThat(LINEAR.judge(Claim.MIXED, 1024)).isEqualTo(Judgement.WRONG);
  }

  @Test
  void powerIsNamedByANearbyExponent() {
    assertThat(POWER.judge(Claim.of(new Order(1.24, 0)), 1024)).isEqualTo(Judgement.EXACT);
    assertThat(POWER.judge(Claim.of(new Order(1.26, 0)), 1024)).isEqualTo(Judgement.WRONG);
    assertThat(POWER.judge(Claim.of(new Order(1.2, 1)), 1024)).isEqualTo(Judgement.WRONG);
  }

  @Test
  void linearIsRightOfASumOnlyWhereTheQuadraticPartCannotBeSeen() {
    Truth sum = TrueLaw.mixed(1, 8192);

    assertThat(sum.judge(Claim.MIXED, 1024)).isEqualTo(Judgement.EXACT);
    assertThat(sum.judge(Claim.of(Order.QUADRATIC), 1024)).isEqualTo(Judgement.BOUNDED);
    assertThat(sum.judge(Claim.of(Order.LINEAR), 512)).isEqualTo(Judgement.BOUNDED);
    assertThat(sum.judge(Claim.of(Order.LINEAR), 1024)).isEqualTo(Judgement.WRONG);
    assertThat(sum.judge(Claim.of(Order.LINEARITHMIC), 512)).isEqualTo(Judgement.WRONG);
  }
}
