package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {

  private static final ToDoubleFunction<Cell> COST =
      cell -> 1 + cell.length() * cell.model().hashCode() % 7 + cell.threads();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 24, 40})
  void sharesEveryCellOnceAndKeepsSeriesTogether(int count) {
    List<Cell> all = cells();
    Set<Cell> seen = new HashSet<>();
    Set<Cell> series = new HashSet<>();
    for (int index = 1; index <= count; index++) {
      List<Cell> mine = new Shard(index, count).of(all, COST);
      assertThat(mine).isSubsetOf(all);
      mine.forEach(cell -> assertThat(seen.add(cell)).isTrue());
      Set<Cell> keys = mine.stream().map(cell -> cell.at(1)).collect(Collectors.toSet());
      keys.forEach(key -> assertThat(series.add(key)).isTrue());
    }
    assertThat(seen).hasSameSizeAs(all);
  }

  @Test
  void doesNotDependOnTheOrderOfTheCells() {
    List<Cell> shuffled = new ArrayList<>(cells());
    Collections.shuffle(shuffled, new Random(4));

    for (int index = 1; index <= 5; index++) {
      Shard shard = new Shard(index, 5);
      assertThat(shard.of(shuffled, COST))
          .containsExactlyInAnyOrderElementsOf(shard.of(cells(), COST));
    }
  }

  @Test
  void givesEachShareAboutAsMuchToDo() {
    double[] loads = new double[4];
    for (int index = 1; index <= 4; index++) {
      loads[index - 1] = new Shard(index, 4).of(cells(), COST).stream().mapToDouble(COST).sum();
    }
    double total = cells().stream().mapToDouble(COST).sum();
    double dearest =
        cells().stream()
            .collect(
                Collectors.groupingBy(
                    cell -> cell.at(1), Collectors.summingDouble(COST::applyAsDouble)))
            .values()
            .stream()
            .mapToDouble(Double::doubleValue)
            .max()
            .orElseThrow();
    for (double load : loads) {
      assertThat(load).isLessThanOrEqualTo(4 / 3.0 * Math.max(total / 4, dearest));
    }
  }

  @Test
  void leavesSharesEmptyWhereThereAreFewerSeries() {
    List<Cell> one =
        List.of(new Cell("rnn", Phase.DECODE, 8, 1), new Cell("rnn", Phase.DECODE, 16, 1));

    assertThat(new Shard(1, 3).of(one, COST)).isEqualTo(one);
    assertThat(new Shard(2, 3).of(one, COST)).isEmpty();
  }

  @Test
  void readsWhatItWrites() {
    assertThat(Shard.of("3/8")).isEqualTo(new Shard(3, 8)).hasToString("3/8");
  }

  @ParameterizedTest
  @CsvSource({
    "0/8,must be in 1..8",
    "9/8,must be in 1..8",
    "1/0,must be in 1..9999",
    "3,like 3/8",
    "a/b,like 3/8",
    "1/10000,like 3/8",
    "-1/2,like 3/8"
  })
  void rejectsWhatIsNoShare(String text, String rule) {
    assertThatThrownBy(() -> Shard.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shard")
        .hasMessageContaining(rule);
  }

  private static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (int length = 8; length <= 128; length *= 2) {
      for (String model : List.of("rnn", "s4d", "mamba", "transformer")) {
        for (Phase phase : List.of(Phase.PREFILL, Phase.DECODE, Phase.GENERATE)) {
          for (int threads = 1; threads <= 2; threads++) {
            cells.add(new Cell(model, phase, length, threads));
          }
        }
      }
    }
    return cells;
  }
}
