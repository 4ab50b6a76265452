package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.NamedProvider;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.reports.paired.PairedOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairedRunTest {

  private static final PairedRun.Side SIDE =
      new PairedRun.Side(
          "x.jar",
          Path.of("x.jar"),
          Models.load(PairedRunTest.class.getClassLoader()).with(List.of(new Untrained())));

  /** A model without training, which is never opened. */
  private static final class Untrained extends NamedProvider {

    Untrained() {
      super("untrained", "a model without training");
    }

    @Override
    public SequenceModel create(ModelShape shape, long seed) {
      throw new IllegalStateException("nothing is to be measured");
    }
  }

  @Test
  void rejectsABudgetThatHoldsNoVerdict() {
    assertThatThrownBy(() -> run("rnn", Phase.DECODE, "5s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("budget (5 s) is too short: 3 pairs of forks of each of 2 cells");
  }

  @Test
  void rejectsAPhaseThatNoModelHas() {
    assertThatThrownBy(() -> run("untrained", Phase.TRAIN, "60s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of the models [untrained] has any of the phases [train]");
  }

  @Test
  void rejectsAModelThatASideLacks() {
    assertThatThrownBy(() -> run("nobody", Phase.DECODE, "60s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown model 'nobody'");
  }

  private static PairedRun run(String model, Phase phase, String budget) {
    Sweep sweep =
        new Sweep(
            List.of(model),
            List.of(phase),
            List.of(64, 128),
            Dimensions.plain(List.of(1), List.of()),
            Sweep.same(ModelShape.DEFAULT, List.of(model)),
            1,
            Duration.parse("PT" + budget),
            16,
            1,
            List.of(),
            Optional.empty());
    return new PairedRun(sweep, PairedOptions.DEFAULT, SIDE, SIDE, List.of());
  }
}
