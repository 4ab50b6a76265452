package dev.ordo.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RooflineTest {

  private static Roofline.Roof roof(int threads) {
    return new Roofline.Roof(threads, 100, 10, OptionalDouble.empty(), "");
  }

  @Test
  void rejectsTwoRoofsOfOneNumberOfThreads() {
    assertThatThrownBy(() -> new Roofline(List.of(roof(1), roof(2), roof(1)), List.of()))
        .hasMessage("roofs must be of different numbers of threads");
  }

  @Test
  void rejectsWhatIsNotPositive() {
    assertThatThrownBy(() -> new Roofline.Roof(1, 0, 10, OptionalDouble.empty(), ""))
        .hasMessage("flops (0.0) must be positive and finite");
    assertThatThrownBy(() -> new Roofline.Work(1, Double.NaN))
        .hasMessage("bytes (NaN) must be positive and finite");
  }

  @Test
  void needsAWorkForEachPoint() {
    Series series = Studies.plain("n", Unit.NANOS_PER_OP, 1, 1, 2, 2);
    assertThatThrownBy(
            () -> new Roofline.Load("s", "a", 1, series, List.of(new Roofline.Work(1, 1))))
        .hasMessage("works (1) must be as many as points (2)");
  }

  @Test
  void picksTheLoadsOfANumberOfThreads() {
    Series series = Studies.plain("n", Unit.NANOS_PER_OP, 1, 1);
    List<Roofline.Work> works = List.of(new Roofline.Work(8, 2));
    Roofline.Load one = new Roofline.Load("s", "a", 1, series, works);
    Roofline.Load two = new Roofline.Load("s", "a", 2, series, works);
    Roofline roofline = new Roofline(List.of(roof(1)), List.of(two, one));
    assertThat(roofline.loads(1)).containsExactly(one);
    assertThat(roofline.loads(3)).isEmpty();
    assertThat(works.get(0).intensity()).isEqualTo(4);
  }
}
