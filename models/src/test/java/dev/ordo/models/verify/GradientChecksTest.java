package dev.ordo.models.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientChecksTest {

  private static final double TOLERANCE = 1e-4;

  @Test
  void aGradientThatIsZeroButForRoundingIsOnTheScaleOfTheRest() {
    Check large = new Check("grad.a", 1e-6, 2, false);
    Check small = new Check("grad.b", 1e-8, 1e-3, false);
    Check rounding = new Check("grad.c", 1e-9, 1e-15, false);
    Check wrong = new Check("grad.d", 1e-2, 1e-15, false);
    List<Check> scaled = GradientChecks.scaled(List.of(rounding, large, wrong, small));
    assertThat(scaled)
        .containsExactly(
            new Check("grad.c", 1e-9, 2, false), large, new Check("grad.d", 1e-2, 2, false), small);
    assertThat(scaled.stream().map(check -> check.passes(TOLERANCE)))
        .containsExactly(true, true, false, true);
  }

  @Test
  void gradientsThatAreAllZeroHaveNoScale() {
    Check exact = new Check("grad.a", 0, 0, false);
    Check wrong = new Check("grad.b", 1e-9, 0, false);
    List<Check> scaled = GradientChecks.scaled(List.of(exact, wrong));
    assertThat(scaled.stream().map(check -> check.passes(TOLERANCE))).containsExactly(true, false);
    assertThat(GradientChecks.scaled(List.of())).isEmpty();
  }
}
