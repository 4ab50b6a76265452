package dev.ordo.reports.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.fit.Bounds;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Growth;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrdoTest {

  private static Claim claim(String law, Growth atLeast, Growth atMost) {
    return Ordo.claim(new Conclusion(law, true, "", Optional.of(new Bounds(atLeast, atMost))));
  }

  @Test
  void readsABoundedConclusionAsItsBounds() {
    assertThat(claim("quasi-linear", Growth.LINEAR, Growth.LINEARITHMIC))
        .isEqualTo(Claim.between(Order.LINEAR, Order.LINEARITHMIC));
    assertThat(claim("overhead + linear", Growth.LINEAR, Growth.LINEAR))
        .isEqualTo(Claim.of(Order.LINEAR));
  }

  @Test
  void readsASumOfWhichBothPartsAreClaimed() {
    assertThat(claim("linear + quadratic", Growth.LINEAR, Growth.QUADRATIC)).isEqualTo(Claim.MIXED);
  }

  @Test
  void readsPowersFromTheNumberBecauseBoundsAreWider() {
    assertThat(claim("n^1.23", Growth.LINEAR, Growth.THREE_HALVES))
        .isEqualTo(Claim.of(new Order(1.23, 0)));
    assertThat(claim("at most n^0.13", Growth.CONSTANT, Growth.SQUARE_ROOT))
        .isEqualTo(Claim.between(Order.CONSTANT, new Order(0.13, 0)));
  }

  @Test
  void rejectsAClaimWithoutBounds() {
    assertThat(Ordo.claim(new Conclusion("cannot tell", false, ""))).isEqualTo(Claim.NOTHING);
    assertThatThrownBy(() -> Ordo.claim(new Conclusion("linear", true, "")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the claim (linear) has no bounds");
  }
}
