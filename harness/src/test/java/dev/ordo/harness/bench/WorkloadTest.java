package dev.ordo.harness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.models.Tokens;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {

  private static final ModelShape SHAPE = ModelShape.of("d=8,layers=1,heads=2,state=4,vocab=16");
  private static final ModelProvider PROVIDER =
      Models.load(WorkloadTest.class.getClassLoader()).get("transformer-kv");

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"TRAIN"},
      mode = EnumSource.Mode.EXCLUDE)
  void doesEachRowOfABatchAsItsOwnSession(Phase phase) {
    Workload batch = Workload.of(PROVIDER.create(SHAPE, 1), phase, 8, 3, 5);
    Object done = batch.run();

    float[] expected = {};
    for (int row = 0; row < 3; row++) {
      Workload alone = Workload.of(PROVIDER.create(SHAPE, 1), phase, 8, 1, 5 + row);
      alone.run();
      float[] results = alone.results();
      int end = expected.length;
      expected = Arrays.copyOf(expected, end + results.length);
      System.arraycopy(results, 0, expected, end, results.length);
    }

    assertThat((Object[]) done).hasSize(3).doesNotContainNull();
    assertThat(batch.results()).containsExactly(expected);
  }

  @Test
  void keepsTheStateOfEachRow() {
    Workload one = Workload.of(PROVIDER.create(SHAPE, 1), Phase.DECODE, 8, 1, 5);
    Workload four = Workload.of(PROVIDER.create(SHAPE, 1), Phase.DECODE, 8, 4, 5);

    assertThat(one.stateBytes()).isPositive();
    assertThat(four.stateBytes()).isEqualTo(4 * one.stateBytes());
  }

  @Test
  void trainsOnAllRowsInOneStep() {
    Workload one =
        Workload.of(PROVIDER.training(SHAPE, 1, 8), Workload.rows(1, 8, SHAPE.vocabulary(), 5));
    Workload four =
        Workload.of(PROVIDER.training(SHAPE, 1, 8), Workload.rows(4, 8, SHAPE.vocabulary(), 5));
    one.run();
    four.run();

    assertThat(four.stateBytes()).isBetween(3 * one.stateBytes(), 5 * one.stateBytes());
    assertThat(four.results()).isNotEqualTo(one.results());
  }

  @Test
  void drawsOtherTokensForEachRow() {
    int[][] rows = Workload.rows(2, 32, 16, 5);

    assertThat(rows[0]).isEqualTo(Tokens.random(32, 16, 5)).isNotEqualTo(rows[1]);
  }
}
