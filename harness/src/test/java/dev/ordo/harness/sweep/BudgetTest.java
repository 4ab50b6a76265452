package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {

  @Test
  void holdsTwoRoundsOfAllLengthsWhereThereIsTime() {
    assertThat(Budget.of(Duration.ofMinutes(5), 15, 7, 5)).isEqualTo(new Budget(7, 2));
  }

  @Test
  void asksForNoMoreRoundsThanForks() {
    assertThat(Budget.of(Duration.ofMinutes(5), 15, 7, 1)).isEqualTo(new Budget(7, 1));
  }

  @Test
  void givesUpTheSecondRoundBeforeItGoesBelowFourLengths() {
    assertThat(Budget.of(Duration.ofSeconds(85), 15, 7, 5)).isEqualTo(new Budget(4, 1));
  }

  @Test
  void givesUpLengthsAtLast() {
    assertThat(Budget.of(Duration.ofSeconds(45), 15, 7, 5)).isEqualTo(new Budget(2, 1));
  }

  @Test
  void refusesABudgetThatHoldsNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Budget.of(Duration.ofSeconds(3), 15, 7, 5))
        .withMessageContaining("budget (3 s)")
        .withMessageContaining("15 cells");
  }
}
