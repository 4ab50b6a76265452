package dev.ordo.reports.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LooksTest {

  @Test
  void looksTwiceInEachDoubling() {
    assertThat(IntStream.range(0, 9).map(Looks::at))
        .containsExactly(3, 4, 6, 8, 12, 16, 24, 32, 48);
  }

  @Test
  void spendsTheLevelAndNoMore() {
    double spent = IntStream.range(0, 60).mapToDouble(Looks::weight).sum();

    assertThat(spent).isLessThanOrEqualTo(1).isCloseTo(1, Offset.offset(1e-12));
    assertThat(IntStream.range(0, 60).mapToDouble(Looks::weight)).allMatch(weight -> weight > 0);
  }

  @Test
  void tellsTheNextAndTheLastLook() {
    assertThat(Looks.after(0)).isEqualTo(3);
    assertThat(Looks.after(3)).isEqualTo(4);
    assertThat(Looks.after(9)).isEqualTo(12);
    assertThat(Looks.last(3)).isEqualTo(3);
    assertThat(Looks.last(11)).isEqualTo(8);
    assertThat(Looks.last(12)).isEqualTo(12);
  }

  @Test
  void rejectsFewerPairsThanSayAnything() {
    assertThatThrownBy(() -> Looks.last(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pairs (2) must be at least 3");
  }
}
