package dev.ordo.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FootprintTest {

  private static Optional<Footprint.Bytes> bytes(double... values) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(
          new Series.Point(64 << i, new Sample(List.of(new double[] {values[i]}), Unit.BYTES)));
    }
    Series series = new Series("b", "avgt", Map.of(), 1, "length", points);
    return Optional.of(new Footprint.Bytes(series, Analyst.analyze(series, 1)));
  }

  private static Footprint footprint(
      Optional<Footprint.Bytes> kept, Optional<Footprint.Bytes> held) {
    return new Footprint("rnn", "decode", kept, Optional.empty(), held, Optional.empty());
  }

  @Test
  void agreesWhereTheRestHardlyGrows() {
    Footprint footprint = footprint(bytes(512, 512, 512), bytes(9000, 9100, 9200));

    assertThat(footprint.agreement()).contains(Footprint.Agreement.AGREES);
    assertThat(footprint.heldOverKept().orElseThrow()).isCloseTo(9200.0 / 512, within(1e-9));
  }

  @Test
  void noticesObjectsThatHoldLessThanIsDeclared() {
    assertThat(footprint(bytes(1000, 2000), bytes(900, 2500)).agreement())
        .contains(Footprint.Agreement.HOLDS_LESS);
  }

  @Test
  void noticesRoomThatGrowsWhereTheStateDoesNot() {
    assertThat(footprint(bytes(512, 512), bytes(9000, 18000)).agreement())
        .contains(Footprint.Agreement.HOLDS_MORE);
  }

  @Test
  void comparesTheLargestSizeThatBothHave() {
    assertThat(footprint(bytes(100, 200, 400), bytes(110, 220)).heldOverKept().orElseThrow())
        .isCloseTo(1.1, within(1e-9));
  }

  @Test
  void hasNothingToCompareWithoutBoth() {
    assertThat(footprint(bytes(1), Optional.empty()).agreement()).isEmpty();
    assertThat(footprint(Optional.empty(), bytes(1)).heldOverKept()).isEmpty();
    assertThat(footprint(bytes(0, 0), bytes(10, 10)).agreement()).isEmpty();
  }

  @Test
  void rejectsAFootprintOfNothing() {
    assertThatThrownBy(() -> footprint(Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a footprint must have bytes kept, allocated or held");
  }
}
