package dev.ordo.harness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetainedBytesTest {

  private static final ModelShape SHAPE = ModelShape.of("d=32,layers=2,heads=2,state=4,vocab=64");

  private record Holder(float[] own, float[] shared, List<Object> more) {}

  @Test
  void countsWhatIsHeldWithoutWhatIsShared() {
    float[] shared = new float[100_000];
    Holder holder = new Holder(new float[1000], shared, List.of(new int[500]));

    long bytes = RetainedBytes.of(new Object[] {holder}, new Object[] {shared});

    assertThat(bytes).isBetween(4000L + 2000L, 6400L);
  }

  @Test
  void countsAnObjectOnceHoweverOftenItIsHeld() {
    float[] same = new float[1000];

    assertThat(RetainedBytes.of(new Object[] {same, new Object[] {same, same}}, new Object[0]))
        .isBetween(4000L, 4100L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "transformer-kv", "mamba", "s4d", "t5-kv"})
  void isNoLessThanWhatModelsDeclareToKeep(String id) {
    ModelProvider provider = Models.load(getClass().getClassLoader()).get(id);
    Workload decode = Workload.of(provider.create(SHAPE, 1), Phase.DECODE, 64, 1, 1);
    Workload train =
        Workload.of(provider.training(SHAPE, 1, 64), Workload.rows(1, 64, SHAPE.vocabulary(), 1));
    decode.run();
    train.run();

    assertThat(decode.retainedBytes()).isGreaterThanOrEqualTo(decode.stateBytes());
    assertThat(train.retainedBytes()).isGreaterThanOrEqualTo(train.stateBytes());
  }

  @Test
  void growsWithTheRowsOfABatchAndNotWithTheWeights() {
    ModelProvider provider = Models.load(getClass().getClassLoader()).get("rnn");
    long one = Workload.of(provider.create(SHAPE, 1), Phase.PREFILL, 64, 1, 1).retainedBytes();
    long three = Workload.of(provider.create(SHAPE, 1), Phase.PREFILL, 64, 3, 1).retainedBytes();

    assertThat(three).isBetween(3 * one - 100, 3 * one + 100);
  }
}
