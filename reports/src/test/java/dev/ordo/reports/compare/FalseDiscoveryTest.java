package dev.ordo.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FalseDiscoveryTest {

  private static final double[] PROBABILITIES = {0.01, 0.04, 0.03, 0.005, 0.55};

  /** R 4.3: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.55), "BH"). */
  @Test
  void adjustsAsBenjaminiAndHochberg() {
    assertThat(FalseDiscovery.BENJAMINI_HOCHBERG.adjust(PROBABILITIES))
        .containsExactly(new double[] {0.025, 0.05, 0.05, 0.025, 0.55}, within(1e-12));
  }

  /** The same with "BY": times 1 + 1/2 + … + 1/5 = 137/60, at most 1. */
  @Test
  void adjustsAsBenjaminiAndYekutieli() {
    double c = 137.0 / 60;

    assertThat(FalseDiscovery.BENJAMINI_YEKUTIELI.adjust(PROBABILITIES))
        .containsExactly(new double[] {0.025 * c, 0.05 * c, 0.05 * c, 0.025 * c, 1}, within(1e-12));
  }

  @Test
  void leavesNothingAndOneAsTheyAre() {
    assertThat(FalseDiscovery.BENJAMINI_HOCHBERG.adjust(new double[0])).isEmpty();
    assertThat(FalseDiscovery.BENJAMINI_YEKUTIELI.adjust(new double[] {0.2})).containsExactly(0.2);
  }

  @Test
  void rejectsWhatIsNoProbability() {
    assertThatThrownBy(() -> FalseDiscovery.BENJAMINI_HOCHBERG.adjust(new double[] {Double.NaN}))
        .hasMessage("probability (NaN) must be in 0 … 1");
  }
}
