package dev.ordo.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A small part of what {@code scripts/bench-gate} prints, asserted. */
@Tag("simulation")
class GateProofTest {

  private static final double[] SIZES = {64, 128, 256, 512, 1024, 2048};

  private static final BenchGate BENCH = new BenchGate(7, 1, System.out);

  private static GeneratedSuite linear(int forks, double noise) {
    return GeneratedSuite.small(3, SIZES, forks, noise, n -> 50 * n);
  }

  @Test
  void theSameCodeDoesNotFail() {
    List<GateResult> results = BENCH.small(linear(2, 0.04), BenchGate.same(), 40);

    assertThat(BenchGate.share(results, BenchGate::regressed)).isLessThanOrEqualTo(0.05);
    assertThat(BenchGate.share(results, r -> r.outcome() == Outcome.PASSED))
        .isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void theSameCodeDoesNotFailOnAnotherMachine() {
    List<GateResult> results =
        BENCH.small(linear(3, 0.03), BenchGate.elsewhere(BenchGate.same(), 0.06), 40);

    assertThat(BenchGate.share(results, BenchGate::regressed)).isLessThanOrEqualTo(0.05);
  }

  @Test
  void aTenthIsFoundAndNeverCalledBetter() {
    List<GateResult> results =
        BENCH.usual(
            BenchGate.QUIET, BenchGate.LOUD, BenchGate.change("mamba", kind -> kind.times(1.1)), 4);

    assertThat(results).allMatch(r -> BenchGate.found(r, "mamba", Claim.Kind.SERIES));
    assertThat(results).noneMatch(r -> BenchGate.improved(r, "mamba"));
  }

  @Test
  void aQuadraticPartIsFoundAlsoOnAnotherMachine() {
    BenchGate.Scenario quadratic = BenchGate.change("m0", BenchGate.growing(256));

    assertThat(BENCH.small(linear(3, 0.03), quadratic, 10))
        .allMatch(r -> BenchGate.found(r, "m0", Claim.Kind.LAW));
    assertThat(BENCH.small(linear(3, 0.03), BenchGate.elsewhere(quadratic, 0.03), 10))
        .allMatch(r -> BenchGate.found(r, "m0", Claim.Kind.LAW));
  }

  @Test
  void lessOverheadIsNoRegressionOfTheLaw() {
    GeneratedSuite base = GeneratedSuite.small(3, SIZES, 3, 0.02, n -> 20_000 + 50 * n);
    BenchGate.Scenario cheaper = BenchGate.change("m0", kind -> kind.with(n -> 5_000 + 50 * n));

    assertThat(BENCH.small(base, cheaper, 10)).noneMatch(BenchGate::regressed);
  }
}
